// What a page downloads that relays, sends and checks, minified by esbuild: raw, and as servers compress it. `node sizes.mjs` alone, or
// a part of `bench.mjs`.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";

import { build } from "esbuild";

import { PAGES } from "./pages.mjs";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const DIST = fileURLToPath(new URL("../dist/", import.meta.url));

const PAGE = (entry, start, { names = "", more = "" } = {}) => `
  import { checkUser, init, isEnrollkitError, send, SmileIdRelay${names} } from "${DIST}${entry}";
  ${start}
  const smile = new SmileIdRelay("/api/smile");
  globalThis.check = (user) => checkUser(user, { selfService: true });
  globalThis.deactivate = (userId) => send(smile.deactivate(userId)).catch((error) => isEnrollkitError(error) && error.message);
  ${more}
`;

const CONFIRMS = { names: ", confirmedBy", more: 'globalThis.isDone = (userId) => send(smile.enrolleeInfo(userId)).then((outcome) => confirmedBy("smile_id.deactivate", { outcome }));' };

/** A page's code behind `messageOf`, so that nothing of it goes. */
const used = (code) => `${code}; globalThis.messageOf = messageOf;`;

async function bundled(contents) {
  const stdin = { contents, resolveDir: HERE };
  const { outputFiles } = await build({ stdin, bundle: true, minify: true, format: "esm", target: "es2022", write: false, logLevel: "silent" });
  return outputFiles[0].contents;
}

/** Raw, gzip and brotli of each part, in bytes. */
export async function pageSizes() {
  const parts = {
    "a page's JavaScript, without its WebAssembly": await bundled(PAGE("page_slim.js", 'await init("/page.wasm");')),
    "the same, where it asks confirmedBy, too": await bundled(PAGE("page_slim.js", 'await init("/page.wasm");', CONFIRMS)),
    "a page's WebAssembly": readFileSync(`${DIST}page.wasm`),
    "both in one file (enrollkit/page)": await bundled(PAGE("page.js", "")),
    "the same with the default entry": await bundled(PAGE("index.js", "")),
  };
  for (const [name, code] of Object.entries(PAGES)) parts[`a sign-up form with ${name}`] = await bundled(used(code));
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
