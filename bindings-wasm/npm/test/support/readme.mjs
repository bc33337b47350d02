// The README's code, block by block.

import { readFileSync } from "node:fs";
import { join } from "node:path";

import { PACKAGE } from "./files.mjs";

/** Every block of JavaScript or TypeScript, by the name in the comment before it; one without a name, or two of one, is an error. */
export function blocks() {
  const text = readFileSync(join(PACKAGE, "README.md"), "utf8");
  const found = new Map();
  for (const [, name, code] of text.matchAll(/(?:<!-- test: (\S+) -->\n)?^```(?:js|ts|javascript|typescript|jsx|tsx|mjs)\b.*\n([^]*?)^```$/gm)) {
    if (name === undefined || found.has(name)) throw new Error(`a block that no test runs:\n${code}`);
    found.set(name, code);
  }
  return found;
}

/** A block as a module that gets the package from elsewhere. */
export function moduleOf(code, resolve) {
  return code.replaceAll(/from "(enrollkit[^"]*)"/g, (_, name) => `from ${JSON.stringify(resolve(name))}`);
}

/** A block as a module of Node's; each import is a module of its own. */
export function runInNode(code, extra = "") {
  const text = `${moduleOf(code, (name) => import.meta.resolve(name))}\n${extra}\n// ${Math.random()}`;
  return import(`data:text/javascript;base64,${Buffer.from(text).toString("base64")}`);
}
