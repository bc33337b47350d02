// The code of the package's pages, block by block: what a reader would copy.

import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

import { PACKAGE } from "./files.mjs";

/** What a recipe imports and says to be the reader's own: `session.js`, `jobs.js`. */
export const YOURS = join(PACKAGE, "test/support/yours");

const BLOCK = /(?:<!-- test: (\S+?)(?: \((page|app)\))? -->\n)?^```(?:js|ts|javascript|typescript|jsx|tsx|mjs)\b.*\n([^]*?)^```$/gm;

/** Every block of a page's JavaScript by the name in the comment before it, with where it runs; one that has none is an error. */
export function blocksOf(page) {
  const text = readFileSync(join(PACKAGE, page), "utf8");
  const found = new Map();
  for (const [, name, scope = "server", code] of text.matchAll(BLOCK)) {
    if (name === undefined || found.has(name)) throw new Error(`a block that no test runs:\n${code}`);
    found.set(name, { code, scope });
  }
  return found;
}

/** A page's blocks, each of which a test must take: `left` names the others. */
export function taken(page) {
  const all = blocksOf(page);
  const run = new Set();
  const block = (name) => {
    run.add(name);
    if (!all.has(name)) throw new Error(`${page} has no block ${name}`);
    return all.get(name).code;
  };
  return { block, left: () => [...all.keys()].filter((name) => !run.has(name)) };
}

/**
 * A folder with the blocks as the files that they are called after, and beside them what is the reader's own. It lies in the
 * package, where `enrollkit` is the package itself.
 */
export function project(files) {
  mkdirSync(join(PACKAGE, "generated"), { recursive: true });
  const folder = mkdtempSync(join(PACKAGE, "generated/pages-"));
  cpSync(YOURS, folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return {
    folder,
    load: (name) => import(pathToFileURL(join(folder, name)).href),
    remove: () => rmSync(folder, { recursive: true }),
  };
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
