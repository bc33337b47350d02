// A page's WebAssembly as text, for the entry that has it inside: the most frequent bytes are one character each, the others two. It
// compresses as well as the bytes themselves; base64, which tears bytes apart, is a quarter larger to download.

import { readFileSync } from "node:fs";

/** What stands in a string, in an HTML page too, as it is, whatever the character set. */
const ALPHABET = [...Array(95).keys()].map((code) => String.fromCharCode(32 + code)).filter((letter) => !"\"'`\\$<".includes(letter)).join("");

/** The last ones begin a pair. `src/packed.ts` reads it. */
const PAIRS = 2;
const SINGLES = ALPHABET.length - PAIRS;

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
  const order = [...counts.keys()].sort((one, other) => counts[other] - counts[one]);
  const singles = order.slice(0, SINGLES);
  // The others by their values: they need not be listed.
  const codes = [...singles, ...order.slice(SINGLES).sort((one, other) => one - other)];
  const texts = [];
  codes.forEach((byte, code) => {
    const pair = ALPHABET[SINGLES + Math.floor(code / SINGLES) - 1] + ALPHABET[code % SINGLES];
    texts[byte] = code < SINGLES ? ALPHABET[code] : pair;
  });
  return { alphabet: ALPHABET, singles: Buffer.from(singles).toString("hex"), text: Array.from(bytes, (byte) => texts[byte]).join("") };
}
