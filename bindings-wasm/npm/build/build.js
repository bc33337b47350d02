// generated/ (glue.js, enrollkit_bg.wasm) and src/ become dist/. Called by `cargo xtask package npm`, after the Rust part.

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

import { declarations } from "./declarations.js";

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

// It reads from the file which features of WebAssembly it may use. Flat code, its loops found anew, then all passes twice, and offsets
// of addresses put into the instructions, since the lowest memory is the stack's end: each is some hundred bytes of the download.
const passes = ["--flatten", "--rereloop", "-Oz", "-Oz", "--low-memory-unused", "--strip-target-features"];
tool("binaryen/bin/wasm-opt", [...passes, "generated/enrollkit_bg.wasm", "-o", "generated/enrollkit.wasm"]);
writeFileSync("dist/enrollkit.wasm", readFileSync("generated/enrollkit.wasm"));

// What the WebAssembly imports, for whoever imports it as a module of the language's own: by its name and under its names.
const imports = WebAssembly.Module.imports(new WebAssembly.Module(readFileSync("generated/enrollkit.wasm")));
const [from, ...others] = new Set(imports.map(({ module }) => module));
if (from !== "./enrollkit_bg.js" || others.length > 0) throw new Error(`the WebAssembly imports ${[from, ...others]}`);
const names = imports.map(({ name }) => name).join(", ");
writeFileSync("generated/enrollkit_bg.js", `import { imports } from "./glue.js";\nexport const { ${names} } = imports()["${from}"];\n`);

// The strict check of everything, and the declarations.
rmSync("generated/types", { recursive: true, force: true });
tool("typescript/bin/tsc", ["--project", "tsconfig.json"]);
declarations({ from: "generated/types", to: "dist", entries: ["index", "slim"] });

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

// ES modules share their files, and so one instance: `enrollkit` and `enrollkit/slim` in one program are the same enrollkit.
const { metafile } = await build({
  ...common,
  format: "esm",
  platform: "neutral",
  splitting: true,
  chunkNames: "[hash]",
  metafile: true,
  entryPoints: [...entries("index", "workerd", "slim"), { in: "generated/enrollkit_bg.js", out: "enrollkit_bg" }],
  plugins: [compiledForWorkerd(), openGlue()],
});
for (const [path, { entryPoint, inputs }] of Object.entries(metafile.outputs)) {
  if (entryPoint === undefined) rename(basename(path), "generated/glue.js" in inputs ? "glue.js" : "core.js");
}
await build({
  ...common,
  format: "cjs",
  // What this adds to "neutral" is the list of names, by which an ES module can import them one by one.
  platform: "node",
  outExtension: { ".js": ".cjs" },
  entryPoints: entries("index", "slim"),
  plugins: [openGlue()],
});

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
      build.onResolve({ filter: /\/enrollkit\.wasm$/ }, ({ importer }) =>
        importer.endsWith("workerd.ts") ? { path: "./enrollkit.wasm", external: true } : undefined,
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
      build.onLoad({ filter: /generated\/glue\.js$/ }, ({ path }) => ({ contents: `${readFileSync(path, "utf8")}\n${more}` }));
    },
  };
}
