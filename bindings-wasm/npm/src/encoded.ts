import { encoder } from "./bytes.js";

/** A new array of bytes costs more than their copy. */
const buffer = new Uint8Array(0x4000);
let taken = false;

/**
 * Gives `use`, which must not keep them, the bytes of a text that may be long: the platform's encoder is many times faster than
 * the glue's own.
 */
export function withBytes<T>(text: string, use: (bytes: Uint8Array) => T): T {
  // A code unit becomes three bytes at most.
  if (taken || text.length * 3 > buffer.length) return use(encoder.encode(text));
  taken = true;
  const { written } = encoder.encodeInto(text, buffer);
  const bytes = buffer.subarray(0, written);
  try {
    return use(bytes);
  } finally {
    // What was in it is somebody's data.
    bytes.fill(0);
    taken = false;
  }
}
