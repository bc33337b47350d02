// Like a page whose policy lacks 'wasm-unsafe-eval', which is then changed: a failed start can be tried again.
import { strict as assert } from "node:assert";

import { smoke } from "./smoke.mjs";

const { Module, instantiate } = WebAssembly;
const forbid = () => {
  throw new WebAssembly.CompileError("Wasm code generation disallowed by embedder");
};
WebAssembly.Module = new Proxy(Module, { construct: forbid });
WebAssembly.instantiate = async () => forbid();

const enrollkit = await import("enrollkit");
assert.throws(() => enrollkit.signature("k", "t", "1"), /disallowed by embedder/);
await assert.rejects(enrollkit.init(), /disallowed by embedder/);
WebAssembly.instantiate = instantiate;
await enrollkit.init();
smoke(enrollkit);
