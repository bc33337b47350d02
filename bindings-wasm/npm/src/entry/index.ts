// The default: the WebAssembly is inside, and started by the import.

import base64 from "../../generated/enrollkit.wasm";
import { initFrom, tryInitSync } from "../wasm.js";

export * from "../api.js";

/**
 * Starts enrollkit where the import could not: engines that compile only in the background (Chrome before 115, old WebViews).
 * Elsewhere there is nothing to wait for. `import` and `init` never fetch anything.
 */
export async function init(): Promise<void> {
  // A promise would decode at once, also where that is for nothing.
  await initFrom({ then: (use: (module: BufferSource) => void) => use(bytes()) });
}

function bytes(): Uint8Array<ArrayBuffer> {
  const text = base64 as string;
  const known = Uint8Array as { fromBase64?: (text: string) => Uint8Array<ArrayBuffer> };
  if (known.fromBase64 !== undefined) return known.fromBase64(text);
  const binary = atob(text);
  const out = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at++) out[at] = binary.charCodeAt(at);
  return out;
}

tryInitSync(bytes);
