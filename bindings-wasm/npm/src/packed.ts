/** A WebAssembly as text, as `build/packed.js` wrote it. */
export interface Packed {
  /** Which bytes are one letter each: a hexadecimal digit for each four. */
  readonly singles: string;
  readonly text: string;
}

/** Its bytes. */
export function bytesOf({ singles, text }: Packed): Uint8Array<ArrayBuffer> {
  const kinds: [singles: number[], pairs: number[]] = [[], []];
  for (let byte = 0; byte < 256; byte++) kinds[(parseInt(singles[byte >> 2]!, 16) >> (byte & 3)) & 1 ? 0 : 1].push(byte);
  const bytes = kinds.flat();
  const count = kinds[0].length;
  const out = new Uint8Array(text.length);
  let [at, length] = [0, 0];
  const next = (): number => {
    const letter = text.charCodeAt(at++);
    // From `#` to `~`, but for `<` and `\`.
    return letter - 35 - (letter > 60 ? 1 : 0) - (letter > 92 ? 1 : 0);
  };
  while (at < text.length) {
    let code = next();
    // The letters behind those begin a pair.
    if (code >= count) code = count * (code - count + 1) + next();
    out[length++] = bytes[code]!;
  }
  return out.subarray(0, length);
}
