// A page's entry: every vector that is a page's, and the same answers as a server's relay.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { describe, test } from "node:test";
import { inspect } from "node:util";

import * as page from "enrollkit/page";

import { parseExact, show } from "./support/exact.mjs";
import { filesOf } from "./support/files.mjs";
import { runPage } from "./support/page_vectors.mjs";
import { bodyOf, shown } from "./support/vectors.mjs";

const require = createRequire(import.meta.url);
// Another file, and so an instance of its own: as an ES module it would be one with the page's.
const server = require("enrollkit");

describe("every page's vector", () => {
  for (const [name, build] of [["an ES module", page], ["CommonJS", require("enrollkit/page")]]) {
    test(name, (t) => {
      const { counts, failures } = runPage(build, filesOf("vectors"));
      t.diagnostic(show(counts));
      assert.deepEqual(failures, []);
      assert.ok(["call", "check", "intent", "json", "no_response", "read", "value"].every((kind) => counts[kind] > 0));
    });
  }
});

test("whatever answer comes, a page reads it as a server's relay does: outcome or error, raw body, limit", () => {
  const USER = { name: "n", organisationName: "o", userAppearance: {}, userAttribute: {}, userAddress: {}, userBiometrics: [], userIDProofDocuments: {}, userEnrollmentHistoryList: [] };
  const intents = {
    ...Object.fromEntries(["re_enroll", "deactivate", "reactivate", "flag_fraud", "clear_fraud", "enrollee_info"].map((name) => [`smile_id.${name}`, { user_id: "u" }])),
    "smile_id.delete_permanently": { user_id: "u", confirm: "u" },
    "unifyia.sign_up": { user: USER },
    "unifyia.branding": { organization: "o" },
  };
  const seen = (build, { operation, status, headers, limit }, body) => {
    const Relay = operation.startsWith("smile_id.") ? build.SmileIdRelay : build.UnifyiaRelay;
    const call = new Relay("/relay").call({ action: operation, ...intents[operation] });
    try {
      const outcome = call.read(status, body, headers, limit);
      return show([shown(build, { outcome }), build.outcomeText(outcome)]);
    } catch (error) {
      return show(shown(build, { error }));
    }
  };
  let count = 0;
  for (const { text } of filesOf("vectors")) {
    for (const { input, expect } of parseExact(text).cases) {
      if (intents[input.operation] === undefined || input.status === undefined) continue;
      const [status, operation] = [Number(input.status.text), input.operation];
      const answers = [bodyOf(input), expect.body, JSON.stringify({ outcome: JSON.parse(show(expect.outcome ?? null)) }), JSON.stringify({ error: JSON.parse(show(expect.error ?? null)) })];
      for (const body of answers.filter((each) => each !== undefined)) {
        for (const limit of [undefined, 40]) {
          const asked = { operation, status, headers: input.headers, limit };
          assert.equal(seen(page, asked, body), seen(server, asked, body));
          count += 1;
        }
      }
    }
  }
  assert.ok(count > 500, String(count));
});

describe("what a look-up says of a change, by a page's table as by the core's rule", () => {
  const ACTIONS = ["smile_id.re_enroll", "smile_id.deactivate", "smile_id.reactivate", "smile_id.flag_fraud", "smile_id.clear_fraud", "smile_id.delete_permanently", "smile_id.enrollee_info", "unifyia.sign_up", "unifyia.branding"];
  const smile = new server.SmileId({ partnerId: "085", environment: "sandbox", operator: "ops@bank.example", apiKey: "not-a-real-key" });
  const came = (work) => {
    try {
      return { outcome: work() };
    } catch (error) {
      return { error };
    }
  };
  /** A word, or what was thrown: its kind, its text and what it says of an input. */
  const said = (build, action, lookUp) => {
    const { outcome, error } = came(() => build.confirmedBy(action, lookUp));
    return outcome ?? [error.name, error.message, error.violations];
  };
  const agreed = (lookUp, actions = ACTIONS) =>
    actions.map((action) => {
      const ofServer = said(server, action, lookUp);
      assert.deepEqual(said(page, action, lookUp), ofServer, `${String(action)} ${inspect(lookUp)}`);
      return ofServer;
    });

  test("every answer of the vectors, read by a server's call and through a relay", () => {
    const words = new Set();
    let count = 0;
    for (const { text } of filesOf("vectors")) {
      for (const { input, expect } of parseExact(text).cases) {
        if (!input.operation?.startsWith("smile_id.") || input.operation.endsWith(".raw") || input.status === undefined) continue;
        const intent = { action: input.operation, user_id: "u", ...(input.operation.endsWith("permanently") ? { confirm: "u" } : {}) };
        const relayed = JSON.stringify(JSON.parse(show(expect.error === undefined ? { outcome: expect.outcome ?? null } : { error: expect.error })));
        const status = Number(input.status.text);
        const answers = [
          came(() => smile.call(intent).read(status, bodyOf(input), input.headers)),
          came(() => new page.SmileIdRelay("/relay").call(intent).read(status, bodyOf(input), input.headers)),
          came(() => new page.SmileIdRelay("/relay").call(intent).read(expect.error === undefined ? 200 : 502, relayed)),
        ];
        for (const lookUp of answers) for (const word of agreed(lookUp)) words.add(Array.isArray(word) ? word[0] : word);
        count += answers.length;
      }
    }
    assert.ok(count > 300, String(count));
    assert.deepEqual([...words].sort(), ["TypeError", "in_effect", "not_in_effect", "unknown"]);
  });

  test("every flag, true, false, missing, and no flag at all", () => {
    const FLAGS = ["allow_new_enroll", "complete", "deleted", "inactive", "is_fraudulent", "pending", "provisional"];
    const users = [undefined, null, [], {}, "x", ...FLAGS.flatMap((flag) => [true, false, null, 1, 0, "true", "false", {}].map((value) => ({ [flag]: value })))];
    const read = (user) => came(() => smile.enrolleeInfo("u").read(200, JSON.stringify({ enrolled_user: user, history: [] })));
    const inEffect = users.map((user) => agreed(read(user)).filter((word) => word === "in_effect").length);
    assert.equal(Math.max(...inEffect), 1);
    for (const all of [true, false]) agreed(read(Object.fromEntries(FLAGS.map((flag) => [flag, all]))));
    agreed(read({ ["__proto__"]: { inactive: true } }));
  });

  test("a prototype that somebody has changed says nothing", () => {
    const lookUp = came(() => smile.enrolleeInfo("u").read(200, "{}"));
    Object.assign(Object.prototype, { enrolled_user: { inactive: true }, inactive: true });
    try {
      assert.equal(page.confirmedBy("smile_id.deactivate", lookUp), "unknown");
    } finally {
      for (const key of ["enrolled_user", "inactive"]) delete Object.prototype[key];
    }
  });

  test("what an outcome has been made into counts no more than its copy", () => {
    const lookUp = came(() => new page.SmileIdRelay("/relay").enrolleeInfo("u").read(200, '{"outcome":{"operation":"smile_id.enrollee_info","enrolled_user":{"inactive":true},"history":[]}}'));
    lookUp.outcome.enrolledUser.inactive = false;
    assert.deepEqual(agreed(lookUp, ["smile_id.deactivate"]), ["in_effect"]);
    for (const copy of [{ ...lookUp.outcome }, undefined, null, 5]) assert.equal(agreed({ outcome: copy }, ["smile_id.deactivate"])[0][0], "TypeError");
  });

  test("misuse is refused alike", () => {
    const lookUp = came(() => smile.enrolleeInfo("u").read(200, "{}"));
    const nothing = ["smile_id.raw", "smile_id.nonsense", "", "__proto__", "toString", "\ud800", undefined, null, 5, {}, Symbol("s")];
    for (const each of agreed(lookUp, nothing)) assert.deepEqual([each[0], each[2].map(({ path, code }) => `${path} ${code}`)], ["InvalidInput", ["action unknown_value"]]);
    for (const none of [undefined, null, {}, 5, [], { outcome: {} }, Object.create({ outcome: lookUp.outcome })]) assert.equal(agreed(none, ["smile_id.deactivate"])[0][0], "TypeError");
    assert.deepEqual(agreed({ error: new Error("a bug") }, ["smile_id.deactivate", "nonsense"]), ["unknown", "unknown"]);
    const branding = came(() => new page.UnifyiaRelay("/r").branding("o").read(200, '{"outcome":{"operation":"unifyia.branding"}}'));
    assert.equal(agreed(branding, ["smile_id.deactivate"])[0][1], "not a look-up");
  });
});
