// Without the WebAssembly: whoever imports this brings `enrollkit/enrollkit.wasm`, and starts it.

import { initOf } from "../loaded.js";
import { glue } from "../server.js";
import type { Module, Source } from "../sources.js";
import * as start from "../start.js";

export * from "../api.js";
export type { Module, Source } from "../sources.js";

/** Starts enrollkit, once: later calls wait for the same start. A response that is `application/wasm` compiles as it comes in. */
export async function init(source: Source | PromiseLike<Source>): Promise<void> {
  await initOf(glue, source);
}

/** Starts enrollkit at once, from bytes or a compiled module. */
export function initSync(source: Module): void {
  start.initSync(glue, source as BufferSource | WebAssembly.Module);
}
