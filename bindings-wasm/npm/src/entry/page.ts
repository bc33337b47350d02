// For pages: their WebAssembly is inside, and started by the import.

import packed from "../../generated/page/page.wasm";
import { bytesOf, type Packed } from "../packed.js";
import { glue } from "../page.js";
import { initFrom, instanceOf, tryInitSync } from "../start.js";

export * from "../page_api.js";

const bytes = (): Uint8Array<ArrayBuffer> => bytesOf(packed as Packed);

/**
 * Starts enrollkit where the import could not: engines that compile only in the background (Chrome before 115, old WebViews).
 * Elsewhere there is nothing to wait for. `import` and `init` never fetch anything.
 */
export async function init(): Promise<void> {
  await initFrom(glue, (imports) => instanceOf(bytes(), imports));
}

tryInitSync(glue, bytes);
