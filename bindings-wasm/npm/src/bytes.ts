import { invalid } from "./errors.js";
import { violation } from "./violation.js";

/** A response body. */
export type Body = ArrayBuffer | SharedArrayBuffer | ArrayBufferView | string;

export const encoder = new TextEncoder();

/** The bytes of a body, without a copy where there is one already. */
export function toBytes(body: Body): Uint8Array {
  if (typeof body === "string") return encoder.encode(body);
  try {
    if (ArrayBuffer.isView(body)) return new Uint8Array(body.buffer, body.byteOffset, body.byteLength);
    if (isBytes(body)) return new Uint8Array(body);
  } catch {
    // Its buffer was handed over to somebody else.
  }
  throw invalid([violation("body", "wrong_type", "ArrayBuffer, typed array or string")]);
}

/** Whether these are bytes, of this realm or another: what they say of themselves is not asked, nor is a proxy. */
export function isBytes(value: unknown): boolean {
  return ArrayBuffer.isView(value) || LENGTHS.some((length) => has(length, value));
}

const LENGTHS = [globalThis.ArrayBuffer, globalThis.SharedArrayBuffer as SharedArrayBufferConstructor | undefined].map(
  (type) => type && Object.getOwnPropertyDescriptor(type.prototype, "byteLength")?.get,
);

function has(getter: (() => unknown) | undefined, value: unknown): boolean {
  if (getter === undefined || typeof value !== "object") return false;
  try {
    getter.call(value);
    return true;
  } catch {
    return false;
  }
}
