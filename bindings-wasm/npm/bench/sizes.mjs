// What a page downloads that relays, sends and checks, minified by esbuild: raw, and as servers compress it. `node sizes.mjs` alone, or
// a part of `bench.mjs`.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";

import { build } from "esbuild";

const DIST = fileURLToPath(new URL("../dist/", import.meta.url));

const PAGE = (entry, start) => `
  import { checkUser, init, isEnrollkitError, send, SmileIdRelay } from "${DIST}${entry}";
  ${start}
  const smile = new SmileIdRelay("/api/smile");
  globalThis.check = (user) => checkUser(user, { selfService: true });
  globalThis.deactivate = (userId) => send(smile.deactivate(userId)).catch((error) => isEnrollkitError(error) && error.message);
`;

async function bundled(contents) {
  const stdin = { contents, resolveDir: DIST };
  const { outputFiles } = await build({ stdin, bundle: true, minify: true, format: "esm", target: "es2022", write: false, logLevel: "silent" });
  return outputFiles[0].contents;
}

/** Raw, gzip and brotli of each part, in bytes. */
export async function pageSizes() {
  const parts = {
    "a page's JavaScript, without its WebAssembly": await bundled(PAGE("page_slim.js", 'await init("/page.wasm");')),
    "a page's WebAssembly": readFileSync(`${DIST}page.wasm`),
    "both in one file (enrollkit/page)": await bundled(PAGE("page.js", "")),
    "the same with the default entry": await bundled(PAGE("index.js", "")),
  };
  const sizes = (bytes) => ({ raw: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length, brotli: brotliCompressSync(bytes).length });
  return Object.fromEntries(Object.entries(parts).map(([name, bytes]) => [name, sizes(bytes)]));
}

export async function printSizes() {
  console.log(`\n${"What a page downloads, bytes".padEnd(50)}${["raw", "gzip", "brotli"].map((name) => name.padStart(9)).join("")}`);
  for (const [name, sizes] of Object.entries(await pageSizes())) {
    console.log(`  ${name.padEnd(48)}${Object.values(sizes).map((size) => String(size).padStart(9)).join("")}`);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await printSizes();
