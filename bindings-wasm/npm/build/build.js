// generated/ (glue.js, enrollkit_bg.wasm) and src/ become dist/. Called by `cargo xtask package npm`, after the Rust part.

import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
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

// It reads from the file which features of WebAssembly it may use. Flat code, its loops found anew, then all passes twice: each is
// some hundred bytes of the download.
tool("binaryen/bin/wasm-opt", ["--flatten", "--rereloop", "-Oz", "-Oz", "--strip-target-features", "generated/enrollkit_bg.wasm", "-o", "generated/enrollkit.wasm"]);
writeFileSync("dist/enrollkit.wasm", readFileSync("generated/enrollkit.wasm"));

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

// ES modules share one file, and so one instance: `enrollkit` and `enrollkit/slim` in one program are the same enrollkit.
await build({
  ...common,
  format: "esm",
  platform: "neutral",
  splitting: true,
  chunkNames: "core",
  entryPoints: entries("index", "workerd", "slim"),
  plugins: [compiledForWorkerd()],
});
await build({
  ...common,
  format: "cjs",
  // What this adds to "neutral" is the list of names, by which an ES module can import them one by one.
  platform: "node",
  outExtension: { ".js": ".cjs" },
  entryPoints: entries("index", "slim"),
});

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
