import { strict as assert } from "node:assert";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";

import { chromium } from "playwright-core";

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm" };
const STRICT = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'; img-src 'self'; base-uri 'none'";
const WITHOUT_WASM = STRICT.replace(" 'wasm-unsafe-eval'", "");

const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url, "http://localhost");
  // A browser's own question: no part of the page, and no error in its console.
  if (pathname === "/favicon.ico") return response.writeHead(204).end();
  try {
    const body = readFileSync(join(import.meta.dirname, normalize(pathname)));
    response.setHeader("Content-Security-Policy", searchParams.has("without-wasm") ? WITHOUT_WASM : STRICT);
    response.setHeader("Content-Type", TYPES[extname(pathname)] ?? "application/octet-stream");
    response.end(body);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
const origin = `http://127.0.0.1:${server.address().port}`;

const profile = mkdtempSync(join(tmpdir(), "enrollkit-chromium-"));
const browser = await chromium.launchPersistentContext(profile, {
  executablePath: process.env.CHROMIUM,
  headless: true,
  // Nothing here leaves this machine, and a container has no user namespaces.
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
});
try {
  const errors = [];
  const open = async (address) => {
    const page = await browser.newPage();
    page.on("pageerror", (error) => errors.push(String(error)));
    page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
    await page.goto(`${origin}/${address}`);
    await page.waitForFunction(() => globalThis.acceptance !== undefined);
    return page.evaluate(() => globalThis.acceptance);
  };
  const ran = { page: "ran", worker: "ran" };
  assert.deepEqual(await open("page.html"), ran);
  assert.deepEqual(await open("slim.html"), { page: "ran" });
  assert.deepEqual(errors, []);

  // Where the policy forbids WebAssembly the import works, and the first use says why it can't.
  assert.match((await open("page.html?without-wasm")).page, /could not start.*(unsafe-eval|Content Security Policy)/is);
} finally {
  await browser.close();
  rmSync(profile, { recursive: true, force: true });
  server.close();
}
