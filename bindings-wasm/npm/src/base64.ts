/** The bytes of the WebAssembly that the build put into an entry as text. */
export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const known = Uint8Array as { fromBase64?: (text: string) => Uint8Array<ArrayBuffer> };
  if (known.fromBase64 !== undefined) return known.fromBase64(text);
  const binary = atob(text);
  const out = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at++) out[at] = binary.charCodeAt(at);
  return out;
}
