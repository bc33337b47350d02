// The page's WebAssembly as plain JavaScript, for engines that have none. Called by `build.js`.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { build } from "esbuild";

/** What is in the file, as `xtask` has it linked; wasm2js says each in plain JavaScript. */
const FEATURES = ["bulk-memory", "bulk-memory-opt", "mutable-globals", "nontrapping-float-to-int", "sign-ext"];

/** Of a library's WebAssembly: writes `plain.js`, which exports a function of the imports that gives the exports. */
export function plainJs(tool, { folder, name }) {
  const translated = join(folder, "translated.js");
  // For emscripten it is such a function, else a module that asks for its imports by their names.
  const features = FEATURES.map((feature) => `--enable-${feature}`);
  tool("binaryen/bin/wasm2js", [...features, "-Oz", "--emscripten", join(folder, `${name}.wasm`), "-o", translated]);
  writeFileSync(join(folder, "plain.js"), `export ${withTexts(withoutCasts(readFileSync(translated, "utf8")))}`);
  writeFileSync(join(folder, "plain.d.ts"), "export function instantiate(imports: object): object;\n");
}

/** Data are texts for the most part: as such they compress better than as base64. What a file could lose on its way is spelled out. */
function withTexts(code) {
  const helper = /  var base64ReverseLookup = [^]*?(?=\nfunction initActiveSegments)/;
  const segment = /base64DecodeToExistingUint8Array\(bufferView, (\d+), "([\w+/=]*)"\)/g;
  const put = `  function put(at, text) {
    for (var i = 0; i < text.length; i++) bufferView[at++] = text[i] === "%" ? parseInt(text[++i] + text[++i], 16) : text.charCodeAt(i);
  }`;
  const spelled = (byte) => `%${byte.charCodeAt(0).toString(16).padStart(2, "0")}`;
  const text = (base64) => atob(base64).replaceAll(/[^ !#$&-[\]-~]/g, spelled);
  return replaced(replaced(code, segment, (_, at, base64) => `put(${at}, "${text(base64)}")`), helper, () => put);
}

/** For wasm2js, what is beyond an integer is 0, where Rust's cast of it saturates: the page's library has none. */
function withoutCasts(code) {
  if (code.includes("~~")) throw new Error("the page's library casts a number with a fraction to an integer");
  return code;
}

/** What another version of wasm2js writes otherwise must not go unseen. */
function replaced(code, part, by) {
  const out = code.replace(part, by);
  if (out === code) throw new Error(`wasm2js has changed: no ${part}`);
  return out;
}

/** The files of it: nobody reads what was translated, and white space would double it. */
export async function plainFiles(common) {
  const small = { ...common, minify: true };
  await build({ ...small, format: "esm", platform: "neutral", inject: [], entryPoints: ["generated/page/plain.js"] });
  await build({
    ...small,
    format: "cjs",
    platform: "node",
    inject: ["src/entry/text_plain.ts"],
    entryPoints: [{ in: "src/entry/page_js.ts", out: "react-native" }],
    outExtension: { ".js": ".cjs" },
  });
}

/** For the ES modules, which share all the rest of a page. */
export function plainOutside() {
  return {
    name: "plain JavaScript outside",
    setup(build) {
      build.onResolve({ filter: /\/generated\/page\/plain\.js$/ }, () => ({ path: "./plain.js", external: true }));
    },
  };
}
