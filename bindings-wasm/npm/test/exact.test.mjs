// No digit is lost on the way through a queue, and `JSON.stringify` neither throws nor changes a number.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { describe, test } from "node:test";
import { inspect } from "node:util";

import enrollkit from "./support/entry.mjs";

const { confirmedBy, EnrollkitError, intentText, isApiError, isInvalidInput, parseIntent, parseOutcome, outcomeText, rawBody, relay, send, SmileId, Unifyia, UnifyiaRelay, Verifier, signature, withUserFields } = enrollkit;
const other = createRequire(import.meta.url)("enrollkit");

const TIME = "2026-11-22T10:00:00.000Z";
const smile = new SmileId({ partnerId: "085", environment: "sandbox", operator: "ops@bank.example", apiKey: "not-a-real-key" });
const unifyia = new Unifyia({ baseUrl: "https://id.bank.example" });

const NUMBERS = '"a":1.10,"b":1E400,"c":[9007199254740993,-0,0.1234567890123456789],"d":{"e":1e-400,"f":12345678901234567890123},"g":1.5,"h":7';
const SHOWN = { a: "1.10", b: "1E400", c: ["9007199254740993", "-0", "0.1234567890123456789"], d: { e: "1e-400", f: "12345678901234567890123" }, g: 1.5, h: 7 };
const user = (more) =>
  `{"name":"jane","organisationName":"Acme Bank","userAppearance":{},"userAttribute":{${more}},"userAddress":{},` +
  `"userBiometrics":[],"userIDProofDocuments":{},"userEnrollmentHistoryList":[],"id":9007199254740993}`;
const signUp = (more = NUMBERS) => `{"action":"unifyia.sign_up","user":${user(more)},"organization":"Acme Bank"}`;

describe("an intent", () => {
  const parsed = parseIntent(signUp());
  const withFields = withUserFields(parseIntent(signUp()), '{"userStatus":"Active"}');

  test("its text is what was parsed, to the last digit, and is parsed again", () => {
    assert.equal(intentText(parsed), signUp());
    assert.equal(intentText(parseIntent(intentText(parsed))), signUp());
    assert.equal(unifyia.call(parseIntent(intentText(withFields))).body, unifyia.call(withFields).body);
    assert.match(unifyia.call(intentText(parsed)).body, /"a":1\.10,"b":1E400/);
    for (const bytes of [new TextEncoder().encode(signUp()), Buffer.from(signUp())]) assert.equal(intentText(parseIntent(bytes)), signUp());
  });

  test("one that nobody parsed is checked, and written the same in every language", () => {
    assert.equal(intentText({ user_id: "u", action: "smile_id.re_enroll" }), '{"action":"smile_id.re_enroll","user_id":"u"}');
    const plain = { action: "unifyia.sign_up", user: { ...JSON.parse(user("")), id: 9007199254740993n } };
    assert.match(intentText(plain), /"id":9007199254740993\}/);
    assert.throws(() => intentText({ action: "smile_id.re_enroll" }), { code: "invalid_input" });
    assert.throws(() => intentText({ ...parsed, extra: 1 }), { code: "invalid_input" });
    for (const nothing of [undefined, null, 5, {}, []]) assert.throws(() => intentText(nothing), isInvalidInput);
  });

  test("extra keys stay, where they are allowed again", () => {
    const open = parseIntent(signUp().replace('"name"', '"newField":1.10,"name"'), { allowExtraKeys: true });
    assert.match(intentText(open), /"newField":1\.10/);
    assert.throws(() => parseIntent(intentText(open)), { code: "invalid_input" });
    assert.equal(intentText(parseIntent(intentText(open), { allowExtraKeys: true })), intentText(open));
  });

  test("JSON.stringify keeps every digit, of the whole and of each part", () => {
    for (const intent of [parsed, withFields, other.parseIntent(signUp())]) {
      const shown = JSON.parse(JSON.stringify(intent));
      assert.deepEqual([shown.user.id, shown.user.userAttribute], ["9007199254740993", SHOWN]);
      assert.deepEqual(JSON.parse(JSON.stringify(intent.user)), shown.user);
      assert.deepEqual(JSON.parse(JSON.stringify(intent.user.userAttribute)), SHOWN);
      assert.deepEqual(JSON.parse(JSON.stringify({ ...intent, at: 1 })), { ...shown, at: 1 });
      assert.deepEqual(JSON.parse(JSON.stringify([{ job: intent }])), [{ job: shown }]);
    }
  });

  test("what JavaScript writes as it came stays a number, and nothing is added", () => {
    const text = signUp('"a":1.5,"b":[0,-7,9007199254740991],"c":"1.10 9007199254740993","d":"\\\\\\"1.10"').replace(',"id":9007199254740993', "");
    const intent = parseIntent(text);
    assert.equal(JSON.stringify(intent), text);
    assert.equal(intentText(intent), text);
    assert.equal(Object.getOwnPropertyDescriptor(intent.user, "toJSON"), undefined);
  });

  test("listing, copying, cloning and showing see only the data", () => {
    const { userAttribute } = parsed.user;
    assert.deepEqual(Object.keys(userAttribute), ["a", "b", "c", "d", "g", "h"]);
    assert.deepEqual([userAttribute.a, userAttribute.b, userAttribute.c, userAttribute.d.f], [1.1, Infinity, [9007199254740993n, -0, 0.12345678901234568], 12345678901234567890123n]);
    assert.deepEqual(structuredClone(parsed), parsed);
    assert.deepEqual({ ...parsed.user }, parsed.user);
    assert.equal(Object.getPrototypeOf(parsed.user), Object.prototype);
    assert.ok(Array.isArray(userAttribute.c) && Object.isFrozen(userAttribute));
    for (const shown of [inspect(parsed, { depth: 9 }), Object.entries(userAttribute).join()]) assert.doesNotMatch(shown, /toJSON|\[Function/);
    // A copy is a plain object again, and is taken as one.
    assert.match(unifyia.signUp({ ...structuredClone(parsed.user), userAttribute: {} }).body, /"id":9007199254740993/);
  });

  test("data that are called toJSON or __proto__ stay data", () => {
    const intent = parseIntent(signUp('"toJSON":"x","n":1.10,"in":{"__proto__":1.10,"m":9007199254740993}'));
    assert.match(JSON.stringify(intent), /"toJSON":"x","n":"1\.10","in":\{"__proto__":"1\.10","m":"9007199254740993"\}/);
    assert.match(intentText(intent), /"toJSON":"x","n":1\.10,"in":\{"__proto__":1\.10,"m":9007199254740993\}/);
  });
});

const READ = {
  "smile_id.deactivate": () => smile.deactivate("u", TIME).read(200, '{"message":"User updated"}'),
  "smile_id.delete_permanently": () => smile.deletePermanently("u", "u", TIME).read(200, ""),
  "smile_id.enrollee_info": () =>
    smile.enrolleeInfo("u", TIME).read(200, `{"enrolled_user":{"inactive":true},"history":[{"job_id":"7","partner_params":{"job_type":"1"},"id_check":{"name":"Ada","full_data":{"snake_case":1,${NUMBERS}}}}]}`),
  "unifyia.sign_up": () => unifyia.signUp(user("")).read(201, `{"user_id":9007199254740993,${NUMBERS}}`),
  "unifyia.branding": () => unifyia.branding("Acme").read(200, '{"language":"en","logo":"data"}'),
  "smile_id.raw": () => smile.raw({ host: "api", method: "GET", path: "/x", auth: "headers" }, TIME).read(200, `{"operation":"no","json":{"json":[1.10]},${NUMBERS}}`),
  "unifyia.raw": () => unifyia.raw({ method: "GET", path: "/x" }).read(202, `[${"[".repeat(126)}1.10${"]".repeat(126)}]`),
  "unifyia.raw without JSON": () => unifyia.raw({ method: "GET", path: "/x" }).read(200, "<html>"),
  "unifyia.raw of one text": () => unifyia.raw({ method: "GET", path: "/x" }).read(200, '"a \\"json\\": } text"'),
};

describe("an outcome", () => {
  for (const [name, read] of Object.entries(READ)) {
    test(`${name}: its text is read again, by either build, to the last digit`, () => {
      const outcome = read();
      const text = outcomeText(outcome);
      for (const kit of [enrollkit, other]) {
        const again = kit.parseOutcome(text);
        assert.deepEqual(again, outcome);
        assert.equal(kit.outcomeText(again), text);
        assert.equal(kit.outcomeText(kit.parseOutcome(new TextEncoder().encode(` ${text}\n`))), text);
        assert.equal(kit.rawBody(again).length, 0);
      }
    });

    test(`${name}: JSON.stringify writes it, to the last digit`, () => {
      const outcome = read();
      const shown = JSON.parse(JSON.stringify({ outcome })).outcome;
      assert.deepEqual(Object.keys(shown), Object.keys(outcome));
      assert.deepEqual(structuredClone(outcome), outcome);
      assert.doesNotMatch(inspect(outcome, { depth: 200 }), /toJSON|\[Function/);
      for (const digits of ["9007199254740993", "1E400", "1.10"]) {
        if (outcomeText(outcome).includes(digits)) assert.ok(JSON.stringify(outcome).includes(`"${digits}"`), digits);
      }
    });
  }

  test("the numbers stand where they were", () => {
    const { idCheck } = READ["smile_id.enrollee_info"]().history[0];
    assert.deepEqual(JSON.parse(JSON.stringify(idCheck)), { name: "Ada", fullData: { snake_case: 1, ...SHOWN } });
    assert.deepEqual(JSON.parse(JSON.stringify(READ["unifyia.sign_up"]().json)), { user_id: "9007199254740993", ...SHOWN });
  });

  test("what was taken out, put in or changed since is what JSON.stringify writes", () => {
    const outcome = READ["unifyia.sign_up"]();
    delete outcome.json.c;
    Object.assign(outcome.json, { a: 2, d: 5n, more: "x" });
    assert.deepEqual(JSON.parse(JSON.stringify(outcome.json)), { user_id: "9007199254740993", a: 2, b: "1E400", d: "5", g: 1.5, h: 7, more: "x" });
    delete outcome.json;
    assert.deepEqual(JSON.parse(JSON.stringify(outcome)), { operation: "unifyia.sign_up", status: 201, acknowledgement: "stated" });
  });

  test("one that was read again goes through a relay, and confirms", () => {
    const outcome = parseOutcome(outcomeText(READ["smile_id.enrollee_info"]()));
    assert.equal(confirmedBy("smile_id.deactivate", { outcome }), "in_effect");
    const direct = READ["unifyia.sign_up"]();
    assert.deepEqual(relay.answer({ outcome: parseOutcome(outcomeText(direct)) }, { details: true }), relay.answer({ outcome: direct }, { details: true }));
  });

  test("what is no outcome of ours has no text; what is no such text is no outcome", () => {
    for (const nothing of [undefined, null, 5, "x", {}, { ...READ["smile_id.deactivate"]() }]) assert.throws(() => outcomeText(nothing), TypeError);
    const text = outcomeText(READ["smile_id.deactivate"]());
    // JavaScript's own spelling would lose what is spelled otherwise in the plain form.
    assert.throws(() => parseOutcome(JSON.stringify(READ["smile_id.enrollee_info"]())), TypeError);
    const wrong = [undefined, null, 5, {}, "", "{}", "null", "[]", `${text}x`, `${text},"error":{}`, '{"operation":"nonsense"}', '{"operation":"smile_id.deactivate"}', '{"operation":"smile_id.raw"}', '{"operation":"smile_id.raw","status":500,"json":{}}', '{"operation":"nonsense.raw","status":200}', '{"operation":5}', "\ud800", new Date()];
    for (const one of wrong) assert.throws(() => parseOutcome(one), TypeError, inspect(one));
    assert.ok(rawBody(READ["smile_id.deactivate"]()).length > 0);
  });
});

describe("elsewhere", () => {
  test("a wait longer than any number is a number all the same", () => {
    let error;
    try {
      smile.deactivate("u", TIME).read(429, "{}", { "Retry-After": "9223372036854775807" });
    } catch (thrown) {
      error = thrown;
    }
    assert.ok(isApiError(error) && typeof error.retryAfterSeconds === "number", String(error));
    assert.deepEqual(EnrollkitError.from(JSON.parse(JSON.stringify(error))).toJSON(), error.toJSON());
  });

  test("a verified body", () => {
    const verifier = new Verifier({ partnerId: "085", keys: ["not-a-real-key"] });
    const body = `{"timestamp":"${TIME}","signature":"${signature("not-a-real-key", TIME, "085")}",${NUMBERS}}`;
    const { timestamp, signature: _, ...shown } = JSON.parse(JSON.stringify(verifier.callback(body, TIME).json));
    assert.deepEqual([timestamp, shown], [TIME, SHOWN]);
  });

  test("a page reads a sign-up's ids as text, as a relay's answer has them", async () => {
    const page = new UnifyiaRelay("/api/unifyia");
    const { body } = relay.answer({ outcome: READ["unifyia.sign_up"]() }, { details: true });
    const outcome = await send(page.signUp(user("")), async () => new Response(body));
    assert.equal(outcome.json.user_id, "9007199254740993");
    assert.match(JSON.stringify(outcome), /"user_id":"9007199254740993","a":"1\.10"/);
  });
});
