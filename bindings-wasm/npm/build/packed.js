// A page's WebAssembly as text, for the entry that has it inside: the most frequent bytes are one letter each, the others two. It
// compresses as well as the bytes themselves; base64, which tears bytes apart, is a quarter larger to download.

import { readFileSync } from "node:fs";

/** What stands in a quoted text, in an HTML page too, as it is, whatever the character set: from `#` to `~`, but for `<` and `\`. */
const LETTERS = [...Array(92).keys()].map((place) => String.fromCharCode(35 + place)).filter((letter) => letter !== "<" && letter !== "\\");

/** The last ones begin a pair. `src/packed.ts` reads it. */
const PAIRS = 2;
const SINGLES = LETTERS.length - PAIRS;

/** For imports of a page's WebAssembly where it is inside; what else imports it has it as a file. */
export function packed() {
  return {
    name: "packed",
    setup(build) {
      build.onLoad({ filter: /\/page\.wasm$/ }, ({ path }) => ({ contents: JSON.stringify(pack(readFileSync(path))), loader: "json" }));
    },
  };
}

function pack(bytes) {
  const counts = Array(256).fill(0);
  for (const byte of bytes) counts[byte] += 1;
  const all = [...counts.keys()];
  const singles = new Set([...all].sort((one, other) => counts[other] - counts[one]).slice(0, SINGLES));
  const texts = [];
  [...all.filter((byte) => singles.has(byte)), ...all.filter((byte) => !singles.has(byte))].forEach((byte, code) => {
    const pair = LETTERS[SINGLES + Math.floor(code / SINGLES) - 1] + LETTERS[code % SINGLES];
    texts[byte] = code < SINGLES ? LETTERS[code] : pair;
  });
  // A digit for each four bytes.
  const bit = (byte) => (singles.has(byte) ? 1 << (byte % 4) : 0);
  const digit = (_, place) => [0, 1, 2, 3].reduce((sum, more) => sum + bit(4 * place + more), 0).toString(16);
  return { singles: Array.from({ length: 64 }, digit).join(""), text: Array.from(bytes, (byte) => texts[byte]).join("") };
}
