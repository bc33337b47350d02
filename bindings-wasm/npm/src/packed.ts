/** A WebAssembly as text, as `build/packed.js` wrote it. */
export interface Packed {
  readonly alphabet: string;
  /** The bytes that are one letter each, in hexadecimal. */
  readonly singles: string;
  readonly text: string;
}

/** Its bytes. */
export function bytesOf({ alphabet, singles, text }: Packed): Uint8Array<ArrayBuffer> {
  const bytes = singles.match(/../g)!.map((digits) => parseInt(digits, 16));
  const count = bytes.length;
  for (let byte = 0; byte < 256; byte++) if (!bytes.includes(byte)) bytes.push(byte);
  const codes: number[] = [];
  for (let code = 0; code < alphabet.length; code++) codes[alphabet.charCodeAt(code)] = code;
  const out = new Uint8Array(text.length);
  let length = 0;
  for (let at = 0; at < text.length; at++) {
    let code = codes[text.charCodeAt(at)]!;
    // The letters behind those begin a pair.
    if (code >= count) code = count * (code - count + 1) + codes[text.charCodeAt(++at)]!;
    out[length++] = bytes[code]!;
  }
  return out.subarray(0, length);
}
