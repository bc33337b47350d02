// esbuild puts these in the place of the globals, where React Native's engine may have none, or an app's polyfill stands for them that
// knows no options.

import { Utf8Decoder, Utf8Encoder } from "../utf8.js";

const scope = globalThis as { TextDecoder?: typeof TextDecoder; TextEncoder?: typeof TextEncoder };

function isWhole(Decoder: typeof TextDecoder): boolean {
  try {
    const { fatal, ignoreBOM } = new Decoder("utf-8", { fatal: true, ignoreBOM: true });
    return fatal && ignoreBOM;
  } catch {
    return false;
  }
}

const decoder = scope.TextDecoder !== undefined && isWhole(scope.TextDecoder) ? scope.TextDecoder : Utf8Decoder;
const encoder = scope.TextEncoder?.prototype.encodeInto !== undefined ? scope.TextEncoder : Utf8Encoder;

export { decoder as TextDecoder, encoder as TextEncoder };
