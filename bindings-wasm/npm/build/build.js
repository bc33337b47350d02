// generated/ (of each library its glue.js and its WebAssembly) and src/ become dist/. Called by `cargo xtask package npm`, after the Rust part.

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

import { declarations } from "./declarations.js";
import { packed } from "./packed.js";
import { plainFiles, plainJs, plainOutside } from "./plain_js.js";
import { importsOf, withShortImport } from "./short_import.js";
import { twins } from "./twins.js";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const require = createRequire(import.meta.url);
process.chdir(root);

/** Runs a program of a devDependency with this Node: no shell, no `.cmd` files. */
function tool(file, args) {
  const [name] = file.startsWith("@") ? file.match(/^[^/]+\/[^/]+/) : file.split("/");
  const folder = dirname(require.resolve(`${name}/package.json`));
  const { status } = spawnSync(process.execPath, [join(folder, file.slice(name.length + 1)), ...args], { stdio: "inherit" });
  // It has said what is wrong; a stack trace of this file says no more.
  if (status !== 0) process.exit(1);
}

rmSync("dist", { recursive: true, force: true });
mkdirSync("dist");

// wasm-opt reads from the file which features of WebAssembly it may use. A page's is made small: flat code, its loops found anew, then
// all passes twice, and offsets of addresses put into the instructions, since the lowest memory is the stack's end: each is some
// hundred bytes of the download. A server's is made fast.
const SMALL = ["--flatten", "--rereloop", "-Oz", "-Oz", "--low-memory-unused"];
const libraries = [
  { folder: "generated/server", name: "enrollkit", glue: "./glue.js", passes: ["-O3", "--low-memory-unused"] },
  { folder: "generated/page", name: "page", glue: "../../src/page.js", passes: SMALL },
];
for (const { folder, name, glue, passes } of libraries) {
  const file = `${folder}/${name}.wasm`;
  tool("binaryen/bin/wasm-opt", [...passes, "--strip-target-features", `${folder}/${name}_bg.wasm`, "-o", file]);
  if (name === "page") writeFileSync(file, withShortImport(readFileSync(file)));
  writeFileSync(`dist/${name}.wasm`, readFileSync(file));
  // What the WebAssembly imports, for whoever imports it as a module of the language's own: by its name and under its names.
  const imports = importsOf(readFileSync(file));
  const [from, ...others] = new Set(imports.map(({ module }) => module));
  if (from !== `./${name}_bg.js` || others.length > 0) throw new Error(`the WebAssembly imports ${[from, ...others]}`);
  const names = imports.map(({ name }) => name);
  writeFileSync(`${folder}/${name}_bg.js`, `import * as glue from "${glue}";\nexport const { ${names.join(", ")} } = glue.imports()["${from}"];\n`);
  if (name === "page") pageImport(folder, imports[0]);
}

/** What `src/page.ts` gives a page's WebAssembly: it asks for nothing but a function that throws. */
function pageImport(folder, { module, name }) {
  writeFileSync(`${folder}/imports.js`, `export const from = ${JSON.stringify(module)};\nexport const name = ${JSON.stringify(name)};\n`);
  writeFileSync(`${folder}/imports.d.ts`, "export declare const from: string;\nexport declare const name: string;\n");
}

plainJs(tool, libraries[1]);
twins();

// The strict check of everything, and the declarations.
rmSync("generated/types", { recursive: true, force: true });
tool("typescript/bin/tsc", ["--project", "tsconfig.json"]);
declarations({ from: "generated/types", to: "dist", entries: ["index", "slim", "page", "page_slim"] });

const common = {
  absWorkingDir: root,
  bundle: true,
  outdir: "dist",
  target: "es2022",
  charset: "utf8",
  // Dead branches go and names stay: a stack trace should be readable, and whoever bundles for a page minifies all of it.
  minifySyntax: true,
  inject: ["src/entry/text.ts"],
  loader: { ".wasm": "base64" },
  logLevel: "warning",
};
const entries = (...names) => names.map((name) => ({ in: `src/entry/${name}.ts`, out: name }));

// ES modules share their files, and so types and instances: `enrollkit`, `enrollkit/slim` and `enrollkit/page` in one program are the
// same enrollkit. A file that several entries share is named by what is in it.
const SHARED = {
  "generated/server/glue.js": "glue.js",
  "src/errors.ts": "core.js",
  "src/smile_id.ts": "clients.js",
  "src/page.ts": "page_core.js",
  "src/loaded.ts": "loaded.js",
  "src/entry/text.ts": "text.js",
};
const { metafile } = await build({
  ...common,
  format: "esm",
  platform: "neutral",
  splitting: true,
  chunkNames: "[hash]",
  metafile: true,
  entryPoints: [
    ...entries("index", "workerd", "slim", "page", "page_workerd", "page_slim", "page_js"),
    ...libraries.map(({ folder, name }) => ({ in: `${folder}/${name}_bg.js`, out: `${name}_bg` })),
  ],
  plugins: [compiledForWorkerd(), packed(), openGlue(), plainOutside()],
});
for (const [path, { entryPoint, inputs }] of Object.entries(metafile.outputs)) {
  if (entryPoint !== undefined) continue;
  const name = Object.keys(SHARED).find((file) => file in inputs);
  if (name === undefined) throw new Error(`no name for the file of ${Object.keys(inputs)}`);
  rename(basename(path), SHARED[name]);
}
await build({
  ...common,
  format: "cjs",
  // What this adds to "neutral" is the list of names, by which an ES module can import them one by one.
  platform: "node",
  outExtension: { ".js": ".cjs" },
  entryPoints: entries("index", "slim", "page", "page_slim"),
  plugins: [packed(), openGlue()],
});
await plainFiles({ ...common, plugins: [openGlue()] });

/** A name that does not change with what is in the file. */
function rename(from, to) {
  if (existsSync(join("dist", to))) throw new Error(`two files are ${to}`);
  renameSync(join("dist", from), join("dist", to));
  for (const file of readdirSync("dist").filter((name) => name.endsWith(".js"))) {
    writeFileSync(join("dist", file), readFileSync(join("dist", file), "utf8").replaceAll(`"./${from}"`, `"./${to}"`));
  }
}

/** Only workerd takes an import of WebAssembly for a compiled module; for the others the file becomes text. */
function compiledForWorkerd() {
  return {
    name: "compiled for workerd",
    setup(build) {
      build.onResolve({ filter: /\.wasm$/ }, ({ path, importer }) =>
        importer.endsWith("workerd.ts") ? { path: `./${basename(path)}`, external: true } : undefined,
      );
    },
  };
}

/** The glue makes its instance itself; here it also takes one that the platform has made, and tells what such a one imports. */
function openGlue() {
  const more = "export { __wbg_get_imports as imports };\nexport function adopt(exports) {\n  __wbg_finalize_init({ exports });\n}\n";
  return {
    name: "open glue",
    setup(build) {
      build.onLoad({ filter: /generated\/\w+\/glue\.js$/ }, ({ path }) => ({ contents: `${readFileSync(path, "utf8")}\n${more}` }));
    },
  };
}
