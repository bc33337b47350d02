// Without the WebAssembly: whoever imports this brings `enrollkit/enrollkit.wasm`, and starts it.

import * as wasm from "../wasm.js";

export * from "../api.js";

/** The bytes of `enrollkit/enrollkit.wasm`, or what `WebAssembly.compile` made of them. (Node's own types know no `WebAssembly`.) */
export type Module = ArrayBuffer | ArrayBufferView | object;

/** Where the WebAssembly comes from: its address, a response, its bytes, or the compiled module. */
export type Source = string | URL | Response | Module;

/** Starts enrollkit, once: later calls wait for the same start. A response that is `application/wasm` compiles as it comes in. */
export async function init(source: Source | PromiseLike<Source>): Promise<void> {
  await wasm.initFrom(source);
}

/** Starts enrollkit at once, from bytes or a compiled module. */
export function initSync(source: Module): void {
  wasm.initSync(source as BufferSource | WebAssembly.Module);
}
