// The servers' short ways: plain users written in one go, pairs read from the memory, what calls have in common told once. Each gives
// what the long way gives.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { checkUser, InvalidInput, SmileId, Unifyia } from "enrollkit";

const TIME = "2026-11-22T10:00:00.000Z";
const OPTIONS = { partnerId: "085", environment: "sandbox", operator: "ops@bank.example", apiKey: "not-a-real-key" };
const USER = {
  name: "jdoe",
  organisationName: "Acme Bank",
  userAppearance: {},
  userAttribute: {},
  userAddress: {},
  userBiometrics: [],
  userIDProofDocuments: {},
  userEnrollmentHistoryList: [],
};
const unifyia = new Unifyia({ baseUrl: "https://id.bank.example" });

/** Longer than what is written character by character, and than the buffer. */
const LENGTHS = [0, 1, 127, 128, 129, 5000, 16_383, 16_384, 40_000];

describe("a plain user is written as JSON.stringify writes it", () => {
  for (const piece of ["x", '"', "\\", "\n", "\u0000", "\u001f", "\u007f", "\u00e9", "\u2028", "\ufeff", "\u{1f600}"]) {
    test(JSON.stringify(piece), () => {
      for (const length of LENGTHS) {
        for (const text of [piece.repeat(length), `${"x".repeat(length)}${piece}`, `${piece}${"x".repeat(length)}`]) {
          const user = { ...USER, userAttribute: { [text]: text }, userBiometrics: [{ data: text }, { after: length }] };
          const json = JSON.stringify(user);
          assert.equal(unifyia.signUp(user).body, json);
          assert.deepEqual(checkUser(user), []);
          assert.deepEqual(checkUser({ ...user, name: " ", more: text }), checkUser(JSON.stringify({ ...user, name: " ", more: text })));
        }
      }
    });
  }

  test("values of every kind", () => {
    const values = [null, true, false, 0, -0, -1, 1.5, 1e-7, 2 ** 53 - 1, -(2 ** 53) + 1, "", [], {}, [[], {}, [[1, [2]]]], { a: undefined, b: [null], c: undefined }, Object.assign(Object.create(null), { a: 1 })];
    const user = { ...USER, userAttribute: Object.fromEntries(values.map((value, at) => [`v${at}`, value])), userAddress: { values }, country: undefined };
    assert.equal(unifyia.signUp(user).body, JSON.stringify(user));
    assert.equal(unifyia.signUp({ ...USER, userAttribute: { big: 2n ** 70n } }).body, JSON.stringify({ ...USER, userAttribute: { big: 0 } }).replace('"big":0', `"big":${2n ** 70n}`));
  });

  test("nested deeply and widely", () => {
    const nested = (levels) => Array.from({ length: levels }).reduce((inner) => [inner], []);
    const wide = Array.from({ length: 30_000 }, () => []);
    const user = { ...USER, userAttribute: { deep: nested(120), wide } };
    assert.equal(unifyia.signUp(user).body, JSON.stringify(user));
    assert.deepEqual(checkUser({ ...USER, userAttribute: { deep: nested(130) } }).map(({ code }) => code), ["too_deep"]);
  });

  test("where a trap of the user's own signs others up", () => {
    const bodies = [];
    const inner = () => bodies.push(unifyia.signUp({ ...USER, country: "Germany" }).body);
    const trapped = new Proxy({ a: 1 }, { ownKeys: (target) => (inner(), Reflect.ownKeys(target)) });
    const user = { ...USER, userAttribute: trapped };
    assert.equal(unifyia.signUp(user).body, JSON.stringify({ ...USER, userAttribute: { a: 1 } }));
    assert.ok(bodies.length > 0);
    for (const body of bodies) assert.equal(body, JSON.stringify({ ...USER, country: "Germany" }));
  });

  test("an organization beside it", () => {
    assert.match(unifyia.signUp(USER, "Acme Bank").url, /Acme%20Bank/);
    for (const organization of ["", 7, "\ud800", null]) assert.throws(() => unifyia.signUp(USER, organization), InvalidInput);
    assert.throws(() => unifyia.signUp(USER, "Other"), ({ violations }) => violations[0].code === "mismatch");
  });
});

test("what calls have in common is each call's own", () => {
  const calls = Array.from({ length: 100 }, (_, at) => unifyia.signUp({ ...USER, organisationName: `Bank ${at % 70}` }));
  calls.forEach(({ url }, at) => assert.match(url, new RegExp(`/Bank%20${at % 70}/`)));
  const [first, second] = [unifyia.signUp(USER), unifyia.signUp(USER)];
  first.headers.More = "mine";
  assert.equal(second.headers.More, undefined);
  assert.equal(unifyia.signUp(USER).headers.More, undefined);
  const [one, other] = [unifyia.withToken("token-of-one"), unifyia.withToken("token-of-another")];
  for (let round = 0; round < 2; round += 1) {
    assert.equal(one.signUp(USER).headers.Authorization, "Bearer token-of-one");
    assert.equal(other.branding("Acme").headers.Authorization, "Bearer token-of-another");
  }
});

test("calls and pairs of clients by turns", () => {
  const smile = new SmileId(OPTIONS);
  const live = new SmileId({ ...OPTIONS, partnerId: "7", environment: "production" }).withOperator("else@bank.example");
  for (let round = 0; round < 3; round += 1) {
    const [flagged, looked] = [smile.flagFraud("user-1", TIME), live.enrolleeInfo("user-2", TIME)];
    assert.equal(flagged.operation, "smile_id.flag_fraud");
    assert.match(flagged.url, /portal/);
    assert.match(flagged.body, /"email":"ops@bank.example".*"partner_id":"085".*"user_id":"user-1"/);
    assert.equal(looked.operation, "smile_id.enrollee_info");
    assert.match(looked.url, /prod\./);
    const [pair, livePair] = [smile.sign(TIME), live.sign(TIME)];
    assert.deepEqual([pair.partner_id, pair.environment, pair.timestamp, pair.expires_in], ["085", "sandbox", TIME, 300]);
    assert.deepEqual([livePair.partner_id, livePair.environment], ["7", "production"]);
    assert.ok(flagged.body.includes(JSON.stringify(pair.signature)) && pair.signature !== livePair.signature);
    // The memory grows, and what was seen of it before is gone.
    const large = { ...USER, userBiometrics: [{ data: "x".repeat(3_000_000 * (round + 1)) }] };
    assert.equal(unifyia.signUp(large).body.length, JSON.stringify(large).length);
    assert.deepEqual(smile.sign(TIME), pair);
  }
  const holder = new SmileId({ ...OPTIONS, apiKey: undefined, pair: smile.sign(TIME), pairReceivedAt: TIME });
  assert.equal(holder.sign("2026-11-22T10:00:10.000Z").expires_in, 290);
  assert.equal(holder.sign("2026-11-22T10:00:20.000Z").expires_in, 280);
  assert.throws(() => holder.sign("2026-11-22T10:10:00.000Z"), ({ violations }) => violations[0].code === "expired");
  assert.throws(() => smile.sign(new Date(-1)), InvalidInput);
  assert.deepEqual(smile.sign(TIME).partner_id, "085");
});

test("a call that is cut off where the stack ends leaves its client whole", () => {
  const smile = new SmileId(OPTIONS);
  const body = smile.reEnroll("user-42", TIME).body;
  const down = () => {
    try {
      smile.reEnroll("user-42", TIME);
      unifyia.signUp(USER);
      smile.sign(TIME);
    } catch {}
    down();
  };
  for (let round = 0; round < 20; round += 1) assert.throws(down, RangeError);
  assert.equal(smile.reEnroll("user-42", TIME).body, body);
  assert.equal(smile.sign(TIME).timestamp, TIME);
  assert.equal(unifyia.signUp(USER).body, JSON.stringify(USER));
});
