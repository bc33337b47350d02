// What tsc wrote, for both kinds of modules, without what no entry leads to.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

const IMPORT = /(\bfrom\s+|\bimport\(\s*)"(\.[^"]*)\.js"/g;

/** By name, or all of a file. */
const NAMES = /\b(?:import|export)\s+(?:type\s+)?(\{[^}]*\}|\*)[^"]*"(\.[^"]*)\.js"/g;

/** A function or a value, with its comment. */
const VALUE = /^(?:\/\*\*(?:(?!\*\/)[^])*\*\/\n)?export declare (?:function|const) (\w+)[^]*?;\n(?=\/\*\*|export |import |interface |type |declare |abstract |(?![^]))/gm;

export function declarations({ from, to, entries }) {
  const files = reachable(from, entries);
  const isUsed = usedIn(files);
  for (const [file, whole] of files) {
    const text = entries.includes(file.slice("entry/".length)) ? whole : whole.replace(VALUE, (value, name) => (isUsed(file, name) ? value : ""));
    const types = join(to, "types", file);
    mkdirSync(dirname(types), { recursive: true });
    writeFileSync(`${types}.d.ts`, text);
    // A CommonJS program must not be told that it imports an ES module.
    writeFileSync(`${types}.d.cts`, text.replace(IMPORT, '$1"$2.cjs"'));
  }
  for (const entry of entries) {
    writeFileSync(join(to, `${entry}.d.ts`), `export * from "./types/entry/${entry}.js";\n`);
    writeFileSync(join(to, `${entry}.d.cts`), `export * from "./types/entry/${entry}.cjs";\n`);
  }
}

function reachable(from, entries) {
  const files = new Map();
  const open = entries.map((entry) => join("entry", entry));
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (files.has(file)) continue;
    const text = readFileSync(join(from, `${file}.d.ts`), "utf8");
    // No user of a strict program gets an unchecked value from us.
    const code = text.replace(/\/\*[^]*?\*\/|\/\/.*/g, "").replace(/"[^"]*"|'[^']*'/g, '""');
    if (/\bany\b/.test(code)) throw new Error(`the declarations of ${file}.ts hold \`any\``);
    // It takes the types of a page to be there, which a server's program has not.
    if (["server", "page", "start"].includes(file)) throw new Error("the declarations lead to the glue's");
    files.set(file, text);
    for (const [, , path] of text.matchAll(IMPORT)) {
      const next = target(file, path);
      if (next.startsWith("..")) throw new Error(`the declarations of ${file}.ts lead to a file that is not packed`);
      open.push(next);
    }
  }
  return files;
}

const target = (file, path) => relative(".", join(dirname(file), path));

/** Whether a file's name is used by another. */
function usedIn(files) {
  const used = new Set();
  for (const [file, text] of files) {
    for (const [, names, path] of text.matchAll(NAMES)) {
      const each = names === "*" ? ["*"] : names.slice(1, -1).split(",").map((name) => name.trim().replace(/^type /, "").split(" as ")[0]);
      for (const name of each) used.add(`${target(file, path)} ${name}`);
    }
  }
  return (file, name) => used.has(`${file} ${name}`) || used.has(`${file} *`);
}
