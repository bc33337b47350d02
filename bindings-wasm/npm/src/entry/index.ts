// The default: the servers' WebAssembly is inside, and started by the import.

import base64 from "../../generated/server/enrollkit.wasm";
import { bytesOf } from "../base64.js";
import { glue } from "../server.js";
import { initFrom, instanceOf, tryInitSync } from "../start.js";

export * from "../api.js";

const bytes = (): Uint8Array<ArrayBuffer> => bytesOf(base64 as string);

/**
 * Starts enrollkit where the import could not: engines that compile only in the background (Chrome before 115, old WebViews).
 * Elsewhere there is nothing to wait for. `import` and `init` never fetch anything.
 */
export async function init(): Promise<void> {
  await initFrom(glue, (imports) => instanceOf(bytes(), imports));
}

tryInitSync(glue, bytes);
