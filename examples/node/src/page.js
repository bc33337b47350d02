// The built page, and the headers that keep it ours.

import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";

import { Refusal } from "./http.js";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
};

export const SECURITY_HEADERS = {
  "Content-Security-Policy": [
    "default-src 'none'",
    // enrollkit is WebAssembly, inside its script: this lets it compile, and lets no text become script.
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    // The organization's logo comes as base64.
    "img-src 'self' data:",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; "),
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
};

export function pageRoute({ config }) {
  return async (request, response, pathname) => {
    // One address only: the cookie and the `Origin` check belong to it, and no foreign name can be pointed at us.
    if (request.headers.host !== new URL(config.origin).host) {
      response.writeHead(308, { Location: `${config.origin}${pathname}` });
      return response.end();
    }
    const file = fileOf(pathname);
    const type = TYPES[extname(file)];
    const content = type && (await readFile(join(config.pageDir, file)).catch(() => undefined));
    if (content === undefined) {
      throw new Refusal(404, file === "index.html" ? "the page is not built: run `npm run build` in examples/web" : "there is no such page");
    }
    // Files under assets/ have their content's hash in their names.
    const cache = pathname.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache";
    response.writeHead(200, { "Content-Type": type, "Content-Length": content.length, "Cache-Control": cache });
    response.end(request.method === "HEAD" ? undefined : content);
  };
}

/** Names of one or two plain steps, none of which begins with a dot: nothing leads out of the folder. */
function fileOf(pathname) {
  if (pathname === "/") return "index.html";
  if (pathname === "/sign-up") return "sign-up.html";
  if (/^(\/assets)?\/[\w-][\w.-]*$/.test(pathname)) return pathname.slice(1);
  throw new Refusal(404, "there is no such page");
}
