// Where classes are compiled to functions (Metro's default profile, set-ups for ES5), everything holds as well.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { before, describe, test } from "node:test";
import vm from "node:vm";

import { transformAsync } from "@babel/core";
import presetEnv from "@babel/preset-env";

import * as modern from "enrollkit";

const TIME = "2026-11-22T10:00:00.000Z";
const OPTIONS = { partnerId: "085", environment: "sandbox", operator: "ops@bank.example", apiKey: "not-a-real-key" };

describe("compiled to functions", { timeout: 120_000 }, () => {
  let old;
  let code;

  before(async () => {
    const require = createRequire(import.meta.url);
    const file = require.resolve("enrollkit");
    const compiled = await transformAsync(readFileSync(file, "utf8"), {
      babelrc: false,
      configFile: false,
      compact: false,
      sourceType: "script",
      // What the engine must have anyway is no matter of syntax: `bigint` and WebAssembly.
      presets: [[presetEnv, { targets: { ie: "11" }, modules: false }]],
    });
    code = compiled.code;
    const module = { exports: {} };
    vm.runInThisContext(`(function (module, exports, require) {${code}\n})`, { filename: file })(module, module.exports, require);
    old = module.exports;
  });

  /** One error of each class. */
  function errors() {
    const smile = new old.SmileId(OPTIONS);
    const call = smile.deactivate("u", TIME);
    const thrown = (work) => {
      try {
        work();
      } catch (error) {
        return error;
      }
      return assert.fail("nothing was thrown");
    };
    return {
      InvalidInput: thrown(() => smile.deactivate("")),
      ApiError: thrown(() => call.read(400, '{"code":"2210"}')),
      Unreadable: thrown(() => smile.enrolleeInfo("u", TIME).read(200, "x")),
      NoResponse: call.noResponse(new Error("cut")),
      SignatureRefused: thrown(() => new old.Verifier({ partnerId: "085", keys: ["k"] }).callback("{}", TIME)),
    };
  }

  test("no class is left", () => {
    assert.doesNotMatch(code.replaceAll(/"(?:[^"\\]|\\.)*"|\/\/.*|\/\*[^]*?\*\//g, ""), /\bclass\s+\w+\s*(extends\b|\{)|=>/);
  });

  test("each error is made, and each class knows its own, and no other's", () => {
    const made = errors();
    for (const [name, error] of Object.entries(made)) {
      for (const other of Object.keys(made)) {
        assert.equal(error instanceof old[other], name === other, `${name} instanceof ${other}`);
        assert.equal(error instanceof modern[other], name === other, `${name} instanceof another build's ${other}`);
        assert.equal(old[`is${other}`](error), name === other);
      }
      assert.ok(error instanceof old.EnrollkitError && error instanceof modern.EnrollkitError && error instanceof Error);
      assert.equal(error.name, name);
      assert.deepEqual(old.EnrollkitError.from(error.toJSON()).toJSON(), error.toJSON());
      assert.ok(modern.EnrollkitError.from(error.toJSON()) instanceof old[name]);
    }
    assert.deepEqual([made.NoResponse.outcomeUnknown, made.NoResponse.cause.message, made.ApiError.kind], [true, "cut", "user_not_found"]);
    for (const value of [new Error("x"), {}, null, undefined, 5, Object.create(null)]) assert.equal(value instanceof old.EnrollkitError, false);
  });

  test("calls, intents and outcomes", async () => {
    const smile = new old.SmileId(OPTIONS);
    assert.equal(smile.deactivate("u", TIME).body, new modern.SmileId(OPTIONS).deactivate("u", TIME).body);
    const outcome = await old.send(smile.deactivate("u"), async () => new Response('{"message":"done"}'));
    assert.equal(outcome.message, "done");
    await assert.rejects(old.send(smile.deactivate("u"), async () => new Response("x".repeat(10)), { maxBytes: 5 }), old.Unreadable);
    assert.equal(old.intentText(old.parseIntent(old.intentText({ action: "smile_id.re_enroll", user_id: "u" }))), '{"action":"smile_id.re_enroll","user_id":"u"}');
    assert.deepEqual(old.parseOutcome(old.outcomeText(outcome)), outcome);
    assert.match(JSON.stringify(new old.Unifyia({ baseUrl: "https://id.bank.example" }).raw({ method: "GET", path: "/x" }).read(200, '{"a":1.10}')), /"a":"1\.10"/);
    assert.throws(() => JSON.stringify(smile.deactivate("u")), /queue the intent/);
  });
});
