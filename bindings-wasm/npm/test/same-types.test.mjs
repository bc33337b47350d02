// A page and its server code in one program: what one makes, the other knows, whichever kinds of modules they are.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { describe, test } from "node:test";

import * as pageModule from "enrollkit/page";
import * as serverModule from "enrollkit";

const require = createRequire(import.meta.url);
const [pageCommon, serverCommon] = [require("enrollkit/page"), require("enrollkit")];

const TIME = "2026-11-22T10:00:00.000Z";
const OPTIONS = { partnerId: "085", environment: "sandbox", operator: "ops@bank.example", apiKey: "not-a-real-key" };
const USER = '{"name":"jane","organisationName":"Acme","userAppearance":{},"userAttribute":{"a":1.10,"b":9007199254740993},"userAddress":{},"userBiometrics":[],"userIDProofDocuments":{},"userEnrollmentHistoryList":[]}';
const CLASSES = ["EnrollkitError", "ApiError", "InvalidInput", "NoResponse", "Unreadable", "SignatureRefused"];

const PROGRAMS = [
  ["two ES modules", pageModule, serverModule],
  ["two of CommonJS", pageCommon, serverCommon],
  ["a page of CommonJS", pageCommon, serverModule],
  ["a server of CommonJS", pageModule, serverCommon],
];

const caught = (work) => {
  try {
    work();
  } catch (error) {
    return error;
  }
  return assert.fail("nothing was thrown");
};

function errorsOf(build, client) {
  const call = client.deactivate("u", TIME);
  return {
    InvalidInput: caught(() => build.parseIntent({ action: "smile_id.deactivate" })),
    ApiError: caught(() => call.read(404, '{"error":"no","code":"2204"}')),
    Unreadable: caught(() => call.read(200, "x".repeat(10), {}, 5)),
    NoResponse: call.noResponse(new Error("cut")),
    SignatureRefused: build.EnrollkitError.from({ code: "signature_refused", reason: "stale" }),
  };
}

for (const [name, page, server] of PROGRAMS) {
  describe(name, () => {
    const smile = new server.SmileId(OPTIONS);
    const unifyia = new server.Unifyia({ baseUrl: "https://id.bank.example" });
    const [smileRelay, unifyiaRelay] = [new page.SmileIdRelay("/api/smile"), new page.UnifyiaRelay("/api/unifyia")];

    test("errors, by instanceof, guard and plain form", () => {
      for (const [maker, other, client] of [[page, server, smileRelay], [server, page, smile]]) {
        for (const [kind, error] of Object.entries(errorsOf(maker, client))) {
          for (const each of CLASSES) {
            const expected = each === kind || each === "EnrollkitError";
            assert.equal(error instanceof other[each], expected, `${kind} instanceof ${each}`);
            assert.equal(other[`is${each}`](error), expected, `is${each} of ${kind}`);
          }
          assert.deepEqual(other.EnrollkitError.from(error.toJSON()).toJSON(), error.toJSON());
          assert.equal(JSON.parse(server.relay.answer({ error }).body).error.code, error.code);
        }
      }
    });

    test("intents, to the last digit", () => {
      const intent = page.Intent.signUp(USER);
      assert.match(unifyia.call(intent).body, /"a":1\.10,"b":9007199254740993/);
      assert.match(unifyia.call(server.withUserFields(intent, { userStatus: "Active" })).body, /"a":1\.10,"b":9007199254740993.*"userStatus":"Active"/);
      assert.equal(server.intentText(intent), page.intentText(intent));
      assert.match(unifyiaRelay.call(server.Intent.signUp(USER)).body, /"a":1\.10,"b":9007199254740993/);
      const open = page.parseIntent(`{"action":"unifyia.sign_up","user":${USER.slice(0, -1)},"more":1}}`, { allowExtraKeys: true });
      assert.match(unifyia.call(open).body, /"more":1/);
      assert.throws(() => server.relay.refused({ action: "nothing" }), page.InvalidInput);
      assert.ok(server.relay.refused(page.Intent.reEnroll("u")) instanceof page.ApiError);
    });

    test("calls and what came of them, all the way round", async () => {
      const answered = await server.send(smile.deactivate("u"), async () => new Response('{"message":"done"}'));
      const { body, status } = server.relay.answer({ outcome: answered });
      const call = smileRelay.deactivate("u");
      for (const { send } of [page, server]) {
        const outcome = await send(call, async () => new Response(body, { status }));
        assert.deepEqual(outcome, answered);
        assert.deepEqual([server.outcomeText(outcome), server.isLossy(outcome), server.rawBody(outcome).length], [page.outcomeText(outcome), false, 0]);
        assert.deepEqual(JSON.parse(server.relay.answer({ outcome }).body), JSON.parse(body));
        assert.deepEqual(page.parseOutcome(server.outcomeText(answered)), answered);
      }
      assert.equal(page.outcomeText(answered), server.outcomeText(answered));
      const sent = await page.send(smile.reEnroll("u"), async () => new Response("{}"));
      assert.equal(sent.operation, "smile_id.re_enroll");
      const lookUp = { outcome: await page.send(new page.SmileIdRelay("/r").enrolleeInfo("u"), async () => new Response('{"outcome":{"operation":"smile_id.enrollee_info","status":200,"enrolled_user":{"inactive":true},"history":[]}}')) };
      assert.equal(server.confirmedBy("smile_id.deactivate", lookUp), "in_effect");
    });

    test("a copy is no outcome, for either", async () => {
      const outcome = smile.deactivate("u").read(200, '{"message":"done"}');
      for (const copy of [{ ...outcome }, structuredClone(outcome), JSON.parse(JSON.stringify(outcome))]) {
        for (const { outcomeText } of [page, server]) assert.throws(() => outcomeText(copy), TypeError);
      }
    });
  });
}

test("what only a server's outcome is, a page does not read alone", () => {
  const raw = new serverCommon.SmileId(OPTIONS).raw({ host: "api", method: "GET", path: "/x", auth: "headers" }).read(200, '{"a":1.10}');
  const text = serverCommon.outcomeText(raw);
  assert.deepEqual(serverModule.parseOutcome(text), raw);
  assert.throws(() => pageCommon.parseOutcome(text), TypeError);
});
