// wasm-bindgen ends an import's name with a hash, which a page downloads twice and which compresses to nothing less.

const SHORT = "raise";

const HEADER = 8;
const IMPORTS = 2;

export const importsOf = (bytes) => WebAssembly.Module.imports(new WebAssembly.Module(bytes));

/** A page's WebAssembly, whose one import, the function that throws, has a short name. */
export function withShortImport(bytes) {
  const imports = importsOf(bytes);
  const [{ name }] = imports;
  if (imports.length !== 1 || !name.includes("__wbindgen_throw")) throw new Error(`a page's WebAssembly imports ${imports.map(({ name }) => name)}`);
  let at = HEADER;
  // A section: its kind, its length, and what is in it.
  for (let more = read(bytes, at + 1); bytes[at] !== IMPORTS; more = read(bytes, at + 1)) at = more.after + more.value;
  const { value, after } = read(bytes, at + 1);
  const section = bytes.subarray(after, after + value);
  // A name: its length, and its letters.
  const place = section.indexOf(name) - 1;
  if (section[place] !== name.length) throw new Error("the import is not where it was looked for");
  const written = Buffer.concat([section.subarray(0, place), Buffer.from([SHORT.length]), Buffer.from(SHORT), section.subarray(place + 1 + name.length)]);
  return Buffer.concat([bytes.subarray(0, at), Buffer.from([IMPORTS, ...lengthOf(written)]), written, bytes.subarray(after + value)]);
}

/** An unsigned LEB128 number. */
function read(bytes, at) {
  let [value, shift] = [0, 0];
  for (;;) {
    const byte = bytes[at++];
    value |= (byte & 0x7f) << shift;
    if (byte < 0x80) return { value, after: at };
    shift += 7;
  }
}

function lengthOf({ length }) {
  if (length >= 0x80) throw new Error("the imports are longer than expected");
  return [length];
}
