// A page's entries that are a server's with other words: written before the build, so that there is one text of each.

import { readFileSync, writeFileSync } from "node:fs";

const ENTRIES = { slim: "page_slim", workerd: "page_workerd" };

const WORDS = [
  ['"../api.js"', '"../page_api.js"'],
  ['"../server.js"', '"../page.js"'],
  ["generated/server/enrollkit.wasm", "generated/page/page.wasm"],
  ["enrollkit/enrollkit.wasm", "enrollkit/page.wasm"],
];

/** `src/entry/page_slim.ts` of `slim.ts`, and so on. */
export function twins() {
  for (const [server, page] of Object.entries(ENTRIES)) {
    const text = WORDS.reduce((text, [word, other]) => text.replaceAll(word, other), readFileSync(`src/entry/${server}.ts`, "utf8"));
    if (/\/server|enrollkit\.wasm/.test(text)) throw new Error(`src/entry/${page}.ts would still be a server's`);
    writeFileSync(`src/entry/${page}.ts`, `// Written by build/twins.js of ${server}.ts.\n${text}`);
  }
}
