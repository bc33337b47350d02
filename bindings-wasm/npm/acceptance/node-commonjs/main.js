const { readFileSync } = require("node:fs");
const { strict: assert } = require("node:assert");

const { smoke } = require("./smoke.cjs");
const slim = require("enrollkit/slim");

// Nothing started it yet: the sentence says what to do.
assert.throws(() => slim.signature("k", "t", "1"), /await init\(\) first/);
slim.initSync(readFileSync(require.resolve("enrollkit/enrollkit.wasm")));
smoke(slim);

smoke(require("enrollkit"));

// An ES module that is made to load the CommonJS build finds its names.
import(require.resolve("enrollkit")).then(({ SmileId }) => assert.equal(typeof SmileId, "function"));
