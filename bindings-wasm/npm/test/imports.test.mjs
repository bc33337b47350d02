// No file of the sources leads back to itself, by types neither.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { test } from "node:test";

import { PACKAGE } from "./support/files.mjs";

const SOURCES = join(PACKAGE, "src");

/** For each file, those that it imports, by their paths below `src`. */
function imports() {
  const names = readdirSync(SOURCES, { recursive: true }).filter((name) => name.endsWith(".ts"));
  const importsOf = (name) => [...readFileSync(join(SOURCES, name), "utf8").matchAll(/\bfrom "(\.[^"]+)"|^import "(\.[^"]+)"/gm)].map(([, from, whole]) => {
    return relative(SOURCES, join(SOURCES, name, "..", from ?? whole)).replace(/\.js$/, ".ts");
  });
  return new Map(names.map((name) => [name, importsOf(name)]));
}

/** The way from a file back to itself; nothing where there is none. */
function circle(files) {
  const done = new Set();
  const from = (name, way) => {
    if (way.includes(name)) return [...way.slice(way.indexOf(name)), name];
    if (done.has(name)) return undefined;
    const found = (files.get(name) ?? []).map((next) => from(next, [...way, name])).find((each) => each !== undefined);
    done.add(name);
    return found;
  };
  return [...files.keys()].map((name) => from(name, [])).find((way) => way !== undefined);
}

test("no circle of imports", () => {
  const files = imports();
  const ofOthers = [...files.values()].flat();
  assert.ok(files.size > 20 && ["errors.ts", "json_text.ts", "generated/words.ts"].every((name) => ofOthers.includes(name)));
  assert.equal(circle(files)?.join(" -> "), undefined);
});

test("a circle is found", () => {
  assert.deepEqual(circle(new Map([["a", ["b"]], ["b", ["c", "d"]], ["c", []], ["d", ["b"]]])), ["b", "d", "b"]);
});
