// Cloudflare's workerd: compiling is forbidden at run time, so the module comes compiled.

import module from "../../generated/enrollkit.wasm";
import { tryInitSync } from "../wasm.js";

export * from "../api.js";

/** Started by the import: there is nothing to wait for. */
export async function init(): Promise<void> {}

tryInitSync(() => module as WebAssembly.Module);
