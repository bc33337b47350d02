// Every case of tests/vectors, through the public API.

import assert from "node:assert/strict";
import { test } from "node:test";

import * as enrollkit from "enrollkit";

import { difference, parseExact } from "./support/exact.mjs";
import { filesOf } from "./support/files.mjs";
import { run, runAll, SKIPPED } from "./support/vectors.mjs";

test("every vector holds", (t) => {
  const { counts, failures, skipped } = runAll(enrollkit, filesOf("vectors"));
  for (const [kind, count] of Object.entries(counts)) t.diagnostic(`${kind}: ${count}`);
  for (const id of skipped) t.diagnostic(`skipped ${id}: ${SKIPPED[id]}`);
  assert.deepEqual(failures, []);
});

test("what is skipped exists", () => {
  const ids = filesOf("vectors").flatMap(({ text }) => parseExact(text).cases.map(({ id }) => id));
  assert.deepEqual(Object.keys(SKIPPED).filter((id) => !ids.includes(id)), []);
});

test("a wrong expectation is found", () => {
  const input = { key: "k", timestamp: "t", partner_id: "p" };
  assert.notEqual(difference({ signature: "not this" }, run(enrollkit, "signature", input)), undefined);
  for (const [expected, actual] of [
    ["9007199254740993", 9007199254740992],
    ["9007199254740993", 9007199254740992n],
    ["1", "1"],
    ["[1]", [1, 2]],
    ['{"a":1}', {}],
    ['{"a":null}', { a: 0 }],
    ["{}", []],
  ]) {
    assert.notEqual(difference(parseExact(expected), actual), undefined, expected);
  }
  assert.equal(difference(parseExact('{"a":9007199254740993,"b":null,"__proto__":5}'), JSON.parse('{"a":0,"__proto__":5}', (key, value) => (key === "a" ? 9007199254740993n : value))), undefined);
});
