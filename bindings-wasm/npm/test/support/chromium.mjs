// A headless Chromium, and a local server that it is given pages by.

import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { delimiter, join, normalize, sep } from "node:path";

import { PACKAGE } from "./files.mjs";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** The flags keep a browser that no network answers from asking for one. */
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Lets a page load the package and nothing from elsewhere. */
export const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'; style-src 'self'";

/** The browser; or `undefined`, after the test was skipped. Where `CI` is true, a missing browser is a failure. */
export async function startChromium(t) {
  const program = process.env.CHROMIUM ?? find();
  if (program === undefined) return missing(t, "no Chromium here: install one (`chromium` on Debian), or say where it is in CHROMIUM");
  const playwright = await import("playwright-core").catch(() => undefined);
  if (playwright === undefined) return missing(t, "no playwright-core here: `npm install` in bindings-wasm/npm");
  const browser = await playwright.chromium.launch({ executablePath: program, args: FLAGS });
  t.after(() => browser.close());
  return browser;
}

function find() {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find((file) => existsSync(file));
}

function missing(t, what) {
  if (process.env.CI === "true") throw new Error(what);
  t.skip(what);
  return undefined;
}

/**
 * Serves the package's own files, and what `routes` answers: `(request) => ({ status?, type?, headers?, body })` by path. A
 * route is a function, or the body itself.
 */
export async function serve(t, routes) {
  const server = createServer((request, response) => {
    const chunks = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", async () => {
      const path = new URL(request.url, "http://localhost").pathname;
      const route = routes[path] ?? file(path);
      const answer = typeof route === "function" ? await route({ method: request.method, headers: request.headers, body: Buffer.concat(chunks) }) : route;
      const { status = 200, type = typeOf(path), headers = {}, body } = answer ?? { status: 404, type: "text/plain", body: "" };
      response.writeHead(status, { "Content-Type": type, "Content-Security-Policy": POLICY, "Cache-Control": "no-store", ...headers });
      response.end(body);
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${server.address().port}`;
}

/** `/dist/…` and `/test/support/…`, and nothing that lies elsewhere. */
function file(path) {
  const full = normalize(join(PACKAGE, path));
  const served = ["dist", join("test", "support")].some((folder) => full.startsWith(join(PACKAGE, folder) + sep));
  return served && existsSync(full) ? { body: readFileSync(full) } : undefined;
}

function typeOf(path) {
  if (path.endsWith(".wasm")) return "application/wasm";
  if (path.endsWith(".js") || path.endsWith(".mjs")) return "text/javascript";
  return path.endsWith(".json") ? "application/json" : "text/html";
}
