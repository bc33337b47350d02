import { strict as assert } from "node:assert";
import { spawn } from "node:child_process";
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";

import { build } from "esbuild";
import workerd from "workerd";

// What wrangler does: esbuild with these conditions, and WebAssembly beside the bundle.
mkdirSync("out", { recursive: true });
const common = { entryPoints: ["worker.js"], bundle: true, format: "esm", external: ["*.wasm"], logLevel: "warning" };
await build({ ...common, conditions: ["workerd", "worker", "browser"], outfile: "out/compiled.js" });
await build({ ...common, conditions: ["worker", "browser"], outfile: "out/inlined.js" });
copyFileSync("node_modules/enrollkit/dist/enrollkit.wasm", "out/enrollkit.wasm");

const modules = {
  compiled: '(name = "compiled.js", esModule = embed "out/compiled.js"), (name = "./enrollkit.wasm", wasm = embed "out/enrollkit.wasm")',
  inlined: '(name = "inlined.js", esModule = embed "out/inlined.js")',
};
for (const [name, list, date] of [
  ["compiled", modules.compiled, "2024-01-01"],
  ["compiled", modules.compiled, "2026-01-01"],
  ["inlined", modules.inlined, "2026-01-01"],
]) {
  const port = await freePort();
  writeFileSync(
    "config.capnp",
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = (modules = [${list}], compatibilityDate = "${date}"))],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")],
);
`,
  );
  // The program itself: its wrapper, when killed, would leave it running.
  const server = spawn(workerd.default, ["serve", "config.capnp"], { stdio: "inherit" });
  try {
    assert.equal(await answer(`http://127.0.0.1:${port}/`), "ran", `${name}, ${date}`);
  } finally {
    server.kill();
  }
}

async function answer(address) {
  for (const end = Date.now() + 20_000; ; await new Promise((later) => setTimeout(later, 100))) {
    try {
      return await (await fetch(address)).text();
    } catch (error) {
      if (Date.now() > end) throw error;
    }
  }
}

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
