// What JavaScript can put where data belongs: a violation that says where, and the instance works on.

import { checkUser, InvalidInput, parseIntent, SmileIdRelay, UnifyiaRelay } from "enrollkit";

import { equal, refusal } from "./check.js";

const USER = { name: "jdoe", organisationName: "Acme Bank", userAppearance: {}, userAttribute: {}, userAddress: {}, userBiometrics: [], userIDProofDocuments: {}, userEnrollmentHistoryList: [] };
const smile = new SmileIdRelay("/api/smile");
const unifyia = new UnifyiaRelay("/api/unifyia");

const trap = () => {
  throw new Error("a trap");
};
const TRAPS = ["get", "getOwnPropertyDescriptor", "getPrototypeOf", "has", "ownKeys"];
const trapped = (target = {}) => new Proxy(target, Object.fromEntries(TRAPS.map((name) => [name, trap])));
function revoked(target = {}) {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

function nested(levels, wrap) {
  let value = {};
  for (let level = 0; level < levels; level++) value = wrap(value);
  return value;
}

class Instance {
  a = 1;
}

const cycle = { a: [] };
cycle.a.push(cycle);

/** No values of JSON, with what is wrong with them, and where. */
const VALUES = [
  [NaN, "wrong_type"],
  [-Infinity, "wrong_type"],
  [2 ** 53, "out_of_range"],
  [1e300, "out_of_range"],
  [Symbol("s"), "wrong_type"],
  [trap, "wrong_type"],
  [new Map([["a", 1]]), "wrong_type"],
  [new Set([1]), "wrong_type"],
  [new Instance(), "wrong_type"],
  [Object.create({ a: 1 }), "wrong_type"],
  [new String("x"), "wrong_type"],
  [new Uint8Array(2), "wrong_type"],
  [Promise.resolve(1), "wrong_type"],
  [/x/, "wrong_type"],
  [new Date(NaN), "bad_timestamp"],
  [Object.create(Date.prototype), "wrong_type"],
  ["\ud800", "not_unicode"],
  [trapped(), "wrong_type"],
  [revoked(), "wrong_type"],
  [[1, , 3], "wrong_type"],
  [Object.assign([1], { a: 1 }), "wrong_type"],
  [cycle, "too_deep", "/a/0"],
  [nested(1000, (inner) => ({ a: inner })), "too_deep", "/a".repeat(126)],
  [{ get x() { return trap(); } }, "wrong_type", "/x"],
  [[undefined], "wrong_type", "/0"],
];

const told = (violations) => violations.map(({ path, code }) => `${path} ${code}`);

export function hostile() {
  const before = smile.reEnroll("user-42").body;
  for (const [at, [value, code, place = ""]] of VALUES.entries()) {
    const user = { ...USER, userAttribute: { x: value } };
    const expected = [`userAttribute/x${place} ${code}`];
    equal(told(checkUser(user)), expected, `value ${at}`);
    equal(told(refusal(InvalidInput, () => unifyia.signUp(user)).violations), expected, `value ${at}`);
    equal(refusal(InvalidInput, () => smile.reEnroll(value)).violations[0].path.split("/")[0], "user_id");
    refusal(InvalidInput, () => parseIntent(value));
    // Whatever it was, the instance answers as before.
    equal(smile.reEnroll("user-42").body, before);
    equal(checkUser(USER), []);
  }
  const text = JSON.stringify(USER).replace('"userAttribute":{}', `"userAttribute":${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}`);
  equal(checkUser(text)[0].code, "too_deep");
  equal(unifyia.signUp({ ...USER, id: 2n ** 63n - 1n }).body.includes('"id":9223372036854775807'), true);
  equal(told(checkUser({ ...USER, id: 2n ** 63n })), ["id out_of_range"]);
  equal(Object.keys(parseIntent({ action: "unifyia.sign_up", user: { ...USER, userAttribute: JSON.parse('{"__proto__":{"x":1}}') } }).user.userAttribute), ["__proto__"]);
  // Large texts make the memory grow; what comes after them is read from the new one.
  for (const size of [1e5, 1e6]) {
    const photo = "é".repeat(size);
    equal(unifyia.signUp({ ...USER, userAttribute: { photo } }).body.length, unifyia.signUp(USER).body.length + '"photo":""'.length + size);
    equal(smile.reEnroll("user-42").body, before);
    equal(told(checkUser({ ...USER, email: "nobody" })), ["email bad_email"]);
  }
  return VALUES.length;
}
