// What JavaScript can put where data belongs: a typed error that says where, never a crash, and the instance works on.

import assert from "node:assert/strict";
import { createServer, request } from "node:http";
import { createRequire } from "node:module";
import { afterEach, describe, test } from "node:test";
import { inspect } from "node:util";
import vm from "node:vm";

import enrollkit from "./support/entry.mjs";

const {
  ApiError, checkUser, confirmedBy, EnrollkitError, InvalidInput, isApiError, isEnrollkitError, isInvalidInput, isNoResponse,
  isSignatureRefused, isUnreadable, NoResponse, parseIntent, relay, send, signature, SignatureRefused, SmileId, SmileIdRelay, Unifyia, UnifyiaRelay,
  Unreadable, Verifier, withUserFields,
} = enrollkit;
const other = createRequire(import.meta.url)("enrollkit");

const KEY = "not-a-real-key";
const TIME = "2026-11-22T10:00:00.000Z";
const OPTIONS = { partnerId: "085", environment: "sandbox", operator: "ops@bank.example", apiKey: KEY };
const smile = new SmileId(OPTIONS);
const unifyia = new Unifyia({ baseUrl: "https://id.bank.example" });
const verifier = new Verifier({ partnerId: "085", keys: [KEY] });

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

// Whatever a test did, the instance answers as before.
const before = smile.reEnroll("user-42", TIME).body;
afterEach(() => {
  assert.equal(smile.reEnroll("user-42", TIME).body, before);
  assert.deepEqual(checkUser(USER), []);
  assert.equal(JSON.parse(unifyia.signUp({ ...USER, id: 2n ** 63n - 1n }).body.replace(/"id":(\d+)/, '"id":"$1"')).id, "9223372036854775807");
});

/** The error of `work`, which must be one of ours. */
function errorOf(work) {
  try {
    work();
  } catch (error) {
    assert.ok(isEnrollkitError(error), `not one of enrollkit's: ${String(error?.stack ?? error)}`);
    return error;
  }
  return assert.fail("nothing was refused");
}

/** `work` is refused with these violations, `path code` each, and no more. */
function refuses(work, ...expected) {
  const error = errorOf(work);
  assert.ok(isInvalidInput(error), error.stack);
  // Copied, since those of another realm have other prototypes.
  assert.deepEqual([...error.violations.map(({ path, code }) => `${path} ${code}`)], expected);
  for (const { message } of error.violations) assert.match(message, /^[a-z].*[^.]$/);
  return error;
}

const throwing = () => assert.fail("this must not run");

/** Throws from every trap; a revoked one throws by itself. */
const TRAPS = ["apply", "construct", "defineProperty", "deleteProperty", "get", "getOwnPropertyDescriptor", "getPrototypeOf", "has", "isExtensible", "ownKeys", "preventExtensions", "set", "setPrototypeOf"];
const trap = () => {
  throw new Error("a trap");
};
const trapped = (target = {}) => new Proxy(target, Object.fromEntries(TRAPS.map((name) => [name, trap])));
function revoked(target = {}) {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

function cyclic() {
  const object = { a: [] };
  object.a.push(object);
  return object;
}

function deep(levels, wrap = (inner) => ({ a: inner })) {
  let value = {};
  for (let level = 0; level < levels; level += 1) value = wrap(value);
  return value;
}

class Instance {
  a = 1;
}

/** No value of JSON: each as `[name, value, code]`. */
const NOT_JSON = [
  ["NaN", NaN, "wrong_type"],
  ["Infinity", -Infinity, "wrong_type"],
  ["an unsafe integer", 2 ** 53, "out_of_range"],
  ["a huge number", 1e300, "out_of_range"],
  ["a symbol", Symbol("s"), "wrong_type"],
  ["a function", throwing, "wrong_type"],
  ["a Map", new Map([["a", 1]]), "wrong_type"],
  ["a Set", new Set([1]), "wrong_type"],
  ["a class instance", new Instance(), "wrong_type"],
  ["an object with a prototype of its own", Object.create({ a: 1 }), "wrong_type"],
  ["a boxed string", new String("x"), "wrong_type"],
  ["a boxed number", new Number(1), "wrong_type"],
  ["bytes", new Uint8Array(2), "wrong_type"],
  ["a promise", Promise.resolve(1), "wrong_type"],
  ["a regular expression", /x/, "wrong_type"],
  ["an invalid date", new Date(NaN), "bad_timestamp"],
  ["no real date", Object.create(Date.prototype), "wrong_type"],
  ["a lone surrogate", "\ud800", "not_unicode"],
  ["a proxy that throws", trapped(), "wrong_type"],
  ["an array proxy that throws", trapped([]), "wrong_type"],
  ["a revoked proxy", revoked(), "wrong_type"],
  ["a revoked array proxy", revoked([]), "wrong_type"],
  ["a sparse array", [1, , 3], "wrong_type"],
  ["a huge empty array", new Array(2 ** 32 - 1), "wrong_type"],
  ["an array with another member", Object.assign([1], { a: 1 }), "wrong_type"],
  ["a match", "x".match(/x/), "wrong_type"],
];

describe("values inside a user", () => {
  for (const [name, value, code] of NOT_JSON) {
    test(name, () => {
      const user = { ...USER, userAttribute: { x: { y: value } } };
      refuses(() => unifyia.signUp(user), `userAttribute/x/y ${code}`);
      assert.deepEqual(checkUser(user).map((one) => `${one.path} ${one.code}`), [`userAttribute/x/y ${code}`]);
    });
  }

  test("a getter, which does not run", () => {
    const userAttribute = { get x() { return throwing(); } };
    refuses(() => unifyia.signUp({ ...USER, userAttribute }), "userAttribute/x wrong_type");
    const userBiometrics = Object.defineProperty([{}], 0, { get: throwing, enumerable: true });
    refuses(() => unifyia.signUp({ ...USER, userBiometrics }), "userBiometrics/0 wrong_type");
  });

  test("undefined: left out of an object, refused in an array", () => {
    assert.equal(unifyia.signUp({ ...USER, country: undefined }).body, unifyia.signUp(USER).body);
    refuses(() => unifyia.signUp({ ...USER, userBiometrics: [undefined] }), "userBiometrics/0 wrong_type");
  });

  test("a cycle", () => {
    refuses(() => unifyia.signUp({ ...USER, userAttribute: cyclic() }), "userAttribute/a/0 too_deep");
    const shared = { a: 1 };
    assert.match(unifyia.signUp({ ...USER, userAttribute: { x: shared, y: shared } }).body, /"x":\{"a":1\},"y":\{"a":1\}/);
  });

  test("200,000 levels, of objects and of arrays, as values and as text", () => {
    for (const wrap of [(inner) => ({ a: inner }), (inner) => [inner]]) {
      const error = errorOf(() => unifyia.signUp({ ...USER, userAttribute: { x: deep(200_000, wrap) } }));
      assert.deepEqual(error.violations.map(({ code, limit }) => [code, limit]), [["too_deep", 128]]);
    }
    const text = JSON.stringify(USER).replace('"userAttribute":{}', `"userAttribute":${'{"a":'.repeat(200_000)}1${"}".repeat(200_000)}`);
    for (const work of [() => unifyia.signUp(text), () => parseIntent(`{"action":"unifyia.sign_up","user":${text}}`)]) {
      assert.equal(errorOf(work).violations[0].code, "too_deep");
    }
    assert.equal(checkUser(text)[0].code, "too_deep");
  });

  test("a raw body of 128 levels, as a value and as text, and one of 129", () => {
    for (const [levels, refused] of [[126, false], [127, true]]) {
      const body = { x: deep(levels, (inner) => [inner]) };
      for (const request of [{ method: "POST", path: "/x", body }, JSON.stringify({ method: "POST", path: "/x", body })]) {
        if (refused) refuses(() => unifyia.raw(request), `body/x${"/0".repeat(127)} too_deep`);
        else assert.equal(unifyia.raw(request).body, JSON.stringify(body));
      }
      const request = { host: "api", method: "POST", path: "/x", auth: "headers", body };
      for (const one of [request, JSON.stringify(request)]) {
        if (refused) refuses(() => smile.raw(one), `body/x${"/0".repeat(127)} too_deep`);
        else assert.equal(smile.raw(one).body, JSON.stringify(body));
      }
    }
  });

  test("what is no user, wherever a user is taken", () => {
    const answer = (violations) => violations.map(({ path, code, expected }) => [path, code, expected]);
    for (const user of [null, undefined, [], [USER], 5, true, "[]", "null", "5", '"jane"']) {
      for (const client of [unifyia, new UnifyiaRelay("/api/unifyia")]) {
        const { violations } = errorOf(() => client.signUp(user, "Acme Bank"));
        assert.deepEqual(violations, checkUser(user, { organization: "Acme Bank" }));
        assert.deepEqual(answer(violations), [["", "wrong_type", "object"]]);
      }
    }
    for (const user of [new Map(), new Date(0), () => 1, Symbol("x")]) {
      assert.deepEqual(errorOf(() => unifyia.signUp(user)).violations, checkUser(user));
    }
    // What follows a user never becomes a member of anything.
    refuses(() => unifyia.signUp('{},"organization":"Other Bank"'), " bad_json");
    refuses(() => unifyia.signUp({ ...USER, name: 5 }, 5), "name wrong_type", "organization wrong_type");
  });

  test("a lone surrogate in a key", () => {
    refuses(() => unifyia.signUp({ ...USER, userAttribute: { "a\ud800": 1 } }), "userAttribute not_unicode");
  });

  test("an own __proto__ key is data", () => {
    const userAttribute = JSON.parse('{"__proto__":{"polluted":true},"constructor":1}');
    const { body } = unifyia.signUp({ ...USER, userAttribute });
    assert.match(body, /"userAttribute":\{"__proto__":\{"polluted":true\},"constructor":1\}/);
    const user = JSON.parse(`${JSON.stringify(USER).slice(0, -1)},"__proto__":{"name":"x"}}`);
    refuses(() => unifyia.signUp(user), "__proto__ unknown_key");
    const intent = parseIntent({ action: "unifyia.sign_up", user: { ...USER, userAttribute } });
    assert.deepEqual(Object.keys(intent.user.userAttribute), ["__proto__", "constructor"]);
    assert.equal(intent.user.userAttribute.polluted, undefined);
    assert.equal(unifyia.call(intent).body, body);
  });

  test("16 MB of text", () => {
    const photo = "é".repeat(8 * 1024 * 1024);
    assert.equal(JSON.parse(unifyia.signUp({ ...USER, userAttribute: { photo } }).body).userAttribute.photo, photo);
    assert.deepEqual(refuses(() => smile.reEnroll("u".repeat(16 * 1024 * 1024) + "\n", TIME), "user_id control_character").message.length < 200, true);
  });

  test("objects of another realm, and of none", () => {
    const elsewhere = vm.runInNewContext('({ a: [1, { b: "c" }], when: new Date(0) })');
    assert.match(unifyia.signUp({ ...USER, userAttribute: elsewhere }).body, /\{"a":\[1,\{"b":"c"\}\],"when":"1970-01-01T00:00:00.000Z"\}/);
    const bare = Object.assign(Object.create(null), { a: 1 });
    assert.match(unifyia.signUp({ ...USER, userAttribute: bare }).body, /"userAttribute":\{"a":1\}/);
    refuses(() => unifyia.signUp({ ...USER, userAttribute: { x: vm.runInNewContext("new Map()") } }), "userAttribute/x wrong_type");
  });

  test("what a framework wraps in a well-behaved proxy is taken", () => {
    assert.equal(unifyia.signUp(new Proxy(USER, {})).body, unifyia.signUp(USER).body);
  });

  test("bigints: 64 bits where an id is, any size in open objects", () => {
    assert.match(unifyia.signUp({ ...USER, id: -(2n ** 63n) }).body, /"id":-9223372036854775808/);
    assert.deepEqual(checkUser({ ...USER, id: 2n ** 63n, organisationId: 2n ** 200n }).map(({ path }) => path), ["id", "organisationId"]);
    const big = 10n ** 50n;
    assert.match(unifyia.signUp({ ...USER, userAttribute: { big } }).body, new RegExp(`"big":${big}`));
    assert.equal(parseIntent({ action: "unifyia.sign_up", user: { ...USER, userAttribute: { big } } }).user.userAttribute.big, big);
  });

  test("a text that is more than one value brings nothing into the intent", () => {
    const smuggled = `${JSON.stringify(USER)},"organization":"Other Bank"`;
    refuses(() => unifyia.signUp(smuggled), " bad_json");
    refuses(() => unifyia.signUp(""), " bad_json");
    refuses(() => unifyia.signUp("\ud800"), " not_unicode");
    assert.deepEqual(checkUser('"\ud800"').map(({ code }) => code), ["not_unicode"]);
  });

  test("everything at once, in one list", () => {
    const user = { ...USER, name: NaN, email: "nobody", userAttribute: new Map(), nick: 1 };
    const found = checkUser(user).map(({ path, code }) => `${path} ${code}`);
    assert.deepEqual(found.sort(), ["email bad_email", "name wrong_type", "nick unknown_key", "userAttribute wrong_type"]);
    assert.deepEqual(errorOf(() => unifyia.signUp(user)).violations.map(({ path, code }) => `${path} ${code}`).sort(), found);
  });
});

describe("ids, intents and times", () => {
  const NOT_TEXT = [...NOT_JSON.filter(([name]) => !name.includes("surrogate")), ["a number", 42], ["a bigint", 42n], ["true", true], ["an array", ["u"]]];
  for (const [name, value] of NOT_TEXT) {
    test(`${name} as an id`, () => {
      const { violations } = errorOf(() => smile.reEnroll(value, TIME));
      assert.deepEqual([violations.length, violations[0].path], [1, "user_id"]);
    });
  }

  test("no id, and a lone surrogate", () => {
    for (const nothing of [undefined, null, ""]) refuses(() => smile.reEnroll(nothing, TIME), "user_id required");
    refuses(() => smile.reEnroll("a\udc00", TIME), "user_id not_unicode");
    refuses(() => smile.deletePermanently("u", "U", TIME), "confirm mismatch");
  });

  for (const [name, value] of [...NOT_JSON, ["undefined", undefined], ["null", null], ["a number", 1], ["an array", []], ["a cycle", cyclic()]]) {
    test(`${name} as an intent`, () => {
      for (const work of [() => smile.call(value, TIME), () => unifyia.call(value), () => parseIntent(value)]) {
        // Bytes are a body to `parseIntent`; everywhere a text is JSON, or none.
        assert.ok(isInvalidInput(errorOf(work)));
      }
    });
  }

  test("an intent of the other service, also through a relay", () => {
    const foreign = { action: "unifyia.branding", organization: "Acme" };
    for (const client of [smile, new SmileIdRelay("/api/smile")]) refuses(() => client.call(foreign, TIME), "action unknown_value");
    const own = { action: "smile_id.re_enroll", user_id: "u" };
    for (const client of [unifyia, new UnifyiaRelay("/api/unifyia")]) refuses(() => client.call(own), "action unknown_value");
  });

  test("keys that were allowed once stay allowed, and only then", () => {
    const user = { ...USER, newField: 1 };
    const intent = parseIntent({ action: "unifyia.sign_up", user }, { allowExtraKeys: true });
    for (const client of [unifyia, new UnifyiaRelay("/api/unifyia")]) assert.match(client.call(intent).body, /"newField":1/);
    refuses(() => unifyia.call({ action: "unifyia.sign_up", user }), "newField unknown_key");
    refuses(() => unifyia.call({ ...intent }), "newField unknown_key");
  });

  test("fields that the back end sets: what is wrong with them, and with the intent", () => {
    const intent = parseIntent({ action: "unifyia.sign_up", user: USER }, { selfService: true });
    refuses(() => withUserFields(intent, { userStatus: 1, id: NaN }), "id wrong_type", "userStatus wrong_type");
    refuses(() => withUserFields(intent, { roles: [] }), "roles unknown_key");
    refuses(() => withUserFields(intent, '{"id":1,"id":2}'), "id duplicate_key");
    refuses(() => withUserFields(intent, { get userStatus() { throw new Error("trap"); } }), "userStatus wrong_type");
    refuses(() => withUserFields({ action: "smile_id.re_enroll", user_id: "u" }, { userStatus: "Active" }), "action unknown_value");
    for (const nothing of [undefined, null, 1, [], "x"]) assert.ok(isInvalidInput(errorOf(() => withUserFields(intent, nothing))));
    for (const nothing of [undefined, null, 1, "x", {}]) assert.ok(isInvalidInput(errorOf(() => withUserFields(nothing, {}))));
  });

  test("a fault inside a user begins at the user, whoever finds it", () => {
    const twice = JSON.stringify({ action: "unifyia.sign_up", user: USER }).replace('"name":"jdoe"', '"name":"jdoe","name":"x"');
    for (const work of [() => parseIntent(twice), () => unifyia.call(twice), () => unifyia.call({ action: "unifyia.sign_up", user: { ...USER, name: cyclic() } })]) {
      assert.match(errorOf(work).violations[0].path, /^name/);
    }
  });

  test("an intent that was parsed is frozen", () => {
    const intent = parseIntent('{"action":"smile_id.re_enroll","user_id":"u"}');
    assert.throws(() => (intent.user_id = "v"), TypeError);
  });

  for (const [name, time] of [["a number", 0], ["NaN", NaN], ["null", null], ["an invalid date", new Date(NaN)], ["a bigint", 0n], ["an object", {}], ["a proxy", trapped(new Date())], ["a revoked proxy", revoked(new Date())], ["a text without a zone", "2026-11-22T10:00:00"], ["16 MB", "2".repeat(1 << 24)], ["a symbol", Symbol("s")]]) {
    test(`${name} as a time`, () => {
      refuses(() => smile.reEnroll("u", time), "now bad_timestamp");
      refuses(() => verifier.callback("{}", time), "now bad_timestamp");
      refuses(() => verifier.webhookRefusal({}, "{}", time), "now bad_timestamp");
    });
  }

  test("times that are taken", () => {
    for (const time of [new Date(TIME), vm.runInNewContext(`new Date("${TIME}")`), TIME]) assert.equal(smile.sign(time).timestamp, TIME);
    refuses(() => smile.sign(new Date(-1)), "now out_of_range");
  });
});

describe("options", () => {
  const made = {
    SmileId: (options) => new SmileId(options),
    Unifyia: (options) => new Unifyia(options),
    Verifier: (options) => new Verifier(options),
  };
  for (const [name, make] of Object.entries(made)) {
    test(`${name}: no options at all`, () => {
      refuses(() => make(undefined), " required");
      for (const nothing of [null, 1, "085", throwing, trapped(), revoked()]) refuses(() => make(nothing), " wrong_type");
      assert.ok(errorOf(() => make({})).violations.every(({ code }) => code === "required"));
    });

    test(`${name}: getters, which do not run`, () => {
      const options = { get partnerId() { return throwing(); }, get keys() { return throwing(); }, get baseUrl() { return throwing(); } };
      refuses(() => make(options), "partnerId wrong_type", "keys wrong_type", "baseUrl wrong_type");
    });

    test(`${name}: a polluted Object.prototype sets nothing`, () => {
      const without = errorOf(() => make({})).toJSON();
      const pollution = { partnerId: "085", environment: "production", operator: "o@evil.example", baseUrl: "https://evil.example", apiKey: "k", token: "t", keys: ["k"], partner_id: "085", base_url: "https://evil.example", unknown: 1 };
      polluted(pollution, () => assert.deepEqual(errorOf(() => make({})).toJSON(), without));
    });
  }

  test("wrong values: every one by its own name", () => {
    refuses(
      () => new SmileId({ partnerId: 85, environment: "live", operator: NaN, baseUrl: "http://x.example", allowHttp: "no", apiKey: 5, typo: 1 }),
      "operator wrong_type", "apiKey wrong_type", "typo unknown_key", "partnerId wrong_type", "environment unknown_value", "allowHttp wrong_type", "baseUrl insecure_url",
    );
    refuses(() => new SmileId({ ...OPTIONS, apiKey: "\ud800" }), "apiKey not_unicode");
    refuses(() => new SmileId({ ...OPTIONS, apiKey: undefined }), "apiKey required");
    refuses(() => new SmileId({ ...OPTIONS, apiKey: undefined, pair: {}, pairReceivedAt: 5 }), "pairReceivedAt bad_timestamp");
    refuses(() => new Unifyia({ baseUrl: "https://id.bank.example", token: 5 }), "token wrong_type");
    refuses(() => new Unifyia({ baseUrl: "https://id.bank.example", token: "\ud800" }), "token not_unicode");
    refuses(() => unifyia.withToken(5), "token wrong_type");
    refuses(() => smile.withOperator("\ud800@bank.example"), "operator not_unicode");
    for (const Relay of [SmileIdRelay, UnifyiaRelay]) {
      refuses(() => new Relay(undefined), "url required");
      refuses(() => new Relay(5), "url wrong_type");
      refuses(() => new Relay("/\ud800"), "url not_unicode");
      refuses(() => new Relay("//evil.example"), "url bad_path");
    }
    refuses(() => signature(KEY, 5, "085"), "timestamp wrong_type");
    refuses(() => signature("\ud800", TIME, "085"), "apiKey not_unicode");
  });

  test("the wire's spelling is refused with ours", () => {
    const { violations } = refuses(() => new SmileId({ ...OPTIONS, base_url: "https://gateway.example" }), "base_url unknown_key");
    assert.equal(violations[0].expected, "baseUrl");
    assert.equal(violations[0].message, "is not a known field; did you mean `baseUrl`?");
    refuses(() => new Verifier({ partnerId: "085", keys: [KEY], max_age_seconds: 9 }), "max_age_seconds unknown_key");
    refuses(() => new Verifier({ partnerId: "085", keys: [KEY], partner_id_without_zeros: true }), "partner_id_without_zeros unknown_key");
    assert.equal(refuses(() => checkUser(USER, { self_service: true, allow_extra_keys: true }), "self_service unknown_key", "allow_extra_keys unknown_key").violations[0].expected, "selfService");
    refuses(() => relay.routeRefusal({ method: "POST", headers: {} }, { allow_no_origin: true }), "allow_no_origin unknown_key", "origins required");
  });

  test("what is no action is told as for an intent, wherever an action is asked for", () => {
    const expected = errorOf(() => parseIntent({ action: "smile_id.raw" })).violations;
    assert.deepEqual(expected.map(({ path, code }) => [path, code]), [["action", "unknown_value"]]);
    assert.ok(expected[0].expected.startsWith("smile_id.re_enroll, ") && expected[0].expected.endsWith(", unifyia.branding"));
    const lookUp = { outcome: smile.enrolleeInfo("u", TIME).read(200, "{}") };
    for (const work of [() => relay.refused({ action: "smile_id.raw" }), () => confirmedBy("smile_id.raw", lookUp), () => smile.call({ action: "smile_id.raw" }, TIME)]) {
      assert.deepEqual(errorOf(work).violations, expected);
    }
    for (const action of [undefined, null, 5, "", "smile_id.nonsense"]) refuses(() => relay.refused({ action }), "action unknown_value");
    assert.equal(relay.refused({ action: "unifyia.branding" }).operation, "unifyia.branding");
  });

  test("an own __proto__ key in options is an unknown one", () => {
    const options = JSON.parse('{"baseUrl":"https://id.bank.example","__proto__":{"token":"t"}}');
    refuses(() => new Unifyia(options), "__proto__ unknown_key");
  });

  test("a verifier's keys", () => {
    const verifierOf = (keys) => () => new Verifier({ partnerId: "085", keys });
    for (const keys of [KEY, {}, [5], [null], [KEY, 5], true]) refuses(verifierOf(keys), "keys wrong_type");
    refuses(verifierOf([KEY, "\ud800"]), "keys/1 not_unicode");
    refuses(verifierOf([, KEY]), "keys wrong_type");
    refuses(verifierOf(Object.defineProperty([KEY], 0, { get: throwing, enumerable: true })), "keys/0 wrong_type");
    for (const keys of [trapped([]), revoked([])]) refuses(verifierOf(keys), "keys wrong_type");
    refuses(verifierOf([]), "keys required");
    refuses(verifierOf([""]), "keys/0 required");
    refuses(verifierOf([KEY, " x"]), "keys/1 outer_white_space");
    refuses(verifierOf([undefined]), "keys/0 wrong_type");
    for (const maxAgeSeconds of [NaN, Infinity, -1, 86_401]) assert.equal(errorOf(() => new Verifier({ partnerId: "085", keys: [KEY], maxAgeSeconds })).violations[0].path, "maxAgeSeconds");
    for (const maxAgeSeconds of ["300", 300n, null]) refuses(() => new Verifier({ partnerId: "085", keys: [KEY], maxAgeSeconds }), "maxAgeSeconds wrong_type");
  });

  test("rules and switches are read from own properties, and must be booleans", () => {
    const server = { ...USER, groupId: "admins" };
    assert.deepEqual(checkUser(server, { selfService: true }).map(({ path }) => path), ["groupId"]);
    for (const rules of [{ selfService: "true" }, { selfService: 1 }, { self_service: true }, null, trapped()]) assert.ok(isInvalidInput(errorOf(() => checkUser(server, rules))));
    const extra = { ...USER, newField: 1 };
    const lookUp = smile.enrolleeInfo("u", TIME).read(200, '{"enrolled_user":{},"history":[{"id_check":{"name":"Ada"}}]}');
    const withheld = relay.answer({ outcome: lookUp }).body;
    assert.ok(!withheld.includes("Ada"));
    polluted({ allowExtraKeys: true, details: true, error: new Error("x"), timeoutMs: 0, selfService: true }, () => {
      assert.deepEqual(checkUser(extra).map(({ code }) => code), ["unknown_key"]);
      assert.deepEqual(checkUser(server), []);
      assert.ok(isInvalidInput(errorOf(() => parseIntent({ action: "unifyia.sign_up", user: extra }))));
      assert.equal(relay.answer({ outcome: lookUp }).body, withheld);
      assert.equal(confirmedBy("smile_id.deactivate", { outcome: lookUp }), "unknown");
    });
  });

  test("a relay's route", () => {
    const rules = { origins: ["https://app.bank.example"] };
    const page = { Origin: "https://app.bank.example", "Content-Type": "application/json; charset=utf-8" };
    assert.equal(relay.routeRefusal(new Request("https://bank.example/api", { method: "POST", headers: page }), rules), undefined);
    assert.equal(relay.routeRefusal({ method: "POST", headers: page }, rules), undefined);
    const { status, body } = relay.routeRefusal({ method: "POST", headers: { ...page, origin: "https://evil.example" } }, rules);
    assert.deepEqual([status, typeof JSON.parse(body).message], [403, "string"]);
    for (const request of [undefined, null, 5, {}, trapped(), revoked()]) refuses(() => relay.routeRefusal(request, rules), "method required");
    for (const method of [null, 5, Symbol("s"), trapped()]) refuses(() => relay.routeRefusal({ method, headers: page }, rules), "method wrong_type");
    refuses(() => relay.routeRefusal({ method: "POST" }, rules), "headers required");
    for (const headers of [5, throwing, trapped(), revoked(), { get: trap }]) refuses(() => relay.routeRefusal({ method: "POST", headers }, rules), "headers wrong_type");
    for (const [wrong, ...expected] of [
      [undefined, " required"],
      [{}, "origins required"],
      [{ origins: [] }, "origins required"],
      [{ origins: "https://app.bank.example" }, "origins wrong_type"],
      [{ origins: ["https://app.bank.example/"] }, "origins/0 bad_url"],
      [{ origins: [NaN] }, "origins/0 wrong_type"],
      [{ ...rules, allowNoOrigin: "yes" }, "allowNoOrigin wrong_type"],
      [{ ...rules, origin: "x" }, "origin unknown_key"],
    ]) refuses(() => relay.routeRefusal({ method: "POST", headers: page }, wrong), ...expected);
    // What is polluted opens nothing.
    polluted({ allowNoOrigin: true, origin: "https://app.bank.example" }, () => assert.equal(relay.routeRefusal({ method: "POST", headers: { "Content-Type": "application/json" } }, rules).status, 403));
  });

  test("a check's organization", () => {
    assert.deepEqual(checkUser(USER, { organization: "Acme Bank" }), []);
    assert.deepEqual(unifyia.check({ ...USER, email: "nobody" }, { organization: "Other Bank", selfService: true }).map(({ path, code }) => `${path} ${code}`), ["email bad_email", "organisationName mismatch"]);
    for (const organization of [5, {}, null, trapped()]) refuses(() => checkUser(USER, { organization }), "organization wrong_type");
    refuses(() => checkUser(USER, { organization: "\ud800" }), "organization not_unicode");
  });

  test("a query", () => {
    const raw = (query) => smile.raw({ host: "api", method: "GET", path: "/a", auth: "headers", query }, TIME);
    assert.match(raw({ q: "a b&c", role: ["1", "2"] }).url, /\/a\?q=a%20b%26c&role=1&role=2$/);
    assert.match(raw(undefined).url, /\/a$/);
    assert.match(raw(JSON.parse('{"__proto__":"x"}')).url, /\?__proto__=x$/);
    for (const [query, expected] of [[{ n: 5 }, "query/n wrong_type"], [{ n: [5] }, "query/n wrong_type"], ["a=b", "query wrong_type"], [{ n: NaN }, "query/n wrong_type"], [{ n: "\ud800" }, "query/n not_unicode"]]) refuses(() => raw(query), expected);
  });

  test("a raw request", () => {
    refuses(() => smile.raw(undefined, TIME), " wrong_type");
    refuses(() => smile.raw({ host: "api", method: "GET", path: ["a", ".."], auth: "headers" }, TIME), "path/1 bad_path");
    refuses(() => smile.raw({ host: "api", method: "POST", path: "/a", auth: "body", body: { n: NaN } }, TIME), "body/n wrong_type");
    assert.match(smile.raw('{"host":"api","method":"POST","path":"/a","auth":"body","body":{"n":1E400}}', TIME).body, /"n":1E400/);
    const { headers } = unifyia.raw({ method: "GET", path: "/a", headers: JSON.parse('{"__proto__":"x"}') });
    assert.deepEqual(Object.entries(headers).at(-1), ["__proto__", "x"]);
  });
});

/** Runs `work` while every object inherits these. */
function polluted(members, work) {
  for (const [key, value] of Object.entries(members)) Object.defineProperty(Object.prototype, key, { value, configurable: true, enumerable: true, writable: true });
  try {
    work();
  } finally {
    for (const key of Object.keys(members)) delete Object.prototype[key];
  }
}

describe("answers", () => {
  const call = smile.deactivate("user-42", TIME);
  const TEXT = '{"message":"Updated é"}';
  const BYTES = new TextEncoder().encode(TEXT);
  const padded = (Type) => {
    const around = new Uint8Array(BYTES.length + 16);
    around.set(BYTES, 8);
    return new Type(around.buffer, 8, BYTES.length / Type.BYTES_PER_ELEMENT || BYTES.length);
  };

  const shared = new Uint8Array(new SharedArrayBuffer(BYTES.length));
  shared.set(BYTES);
  const bodies = [
    ["a string", TEXT],
    ["an ArrayBuffer", BYTES.buffer.slice(0)],
    ["bytes", BYTES],
    ["a view inside a larger buffer", padded(Uint8Array)],
    ["a DataView inside one", padded(DataView)],
    ["Node's Buffer", Buffer.from(TEXT)],
    ["a SharedArrayBuffer", shared.buffer],
    ["a view of one", shared],
    ["an ArrayBuffer of another realm", vm.runInNewContext(`new Uint8Array([${BYTES}]).buffer`)],
    ["bytes of another realm", vm.runInNewContext(`new Uint8Array([${BYTES}])`)],
  ];
  for (const [name, body] of bodies) {
    test(`${name} as a body`, () => assert.equal(call.read(200, body).message, "Updated é"));
  }

  const detached = new ArrayBuffer(8);
  structuredClone(detached, { transfer: [detached] });
  const wrong = [undefined, null, 5, 5n, {}, [], [123, 125], new Blob([TEXT]), new Response(TEXT), Promise.resolve(BYTES), { [Symbol.toStringTag]: "ArrayBuffer" }, trapped(BYTES), revoked(BYTES), Symbol("s"), throwing, new Date()];
  test("what is no body", () => {
    for (const body of wrong) {
      refuses(() => call.read(200, body), "body wrong_type");
      refuses(() => verifier.callback(body), "body wrong_type");
    }
    assert.ok(isEnrollkitError(errorOf(() => smile.enrolleeInfo("u", TIME).read(200, detached))));
  });

  test("what is no status", () => {
    for (const status of [undefined, null, "200", NaN, -1, 200.5, 65_536, 200n, {}, trapped()]) refuses(() => call.read(status, TEXT), "status out_of_range");
    assert.equal(errorOf(() => call.read(65_535, TEXT)).kind, "unknown");
  });

  const DATE = "Sun, 22 Nov 2026 10:00:09 GMT";
  const skewOf = (headers) => errorOf(() => call.read(401, "{}", headers)).clockSkewSeconds;
  for (const [name, headers] of [
    ["Headers", new Headers({ Date: DATE })],
    ["a Map", new Map([["date", DATE]])],
    ["pairs", [["DATE", DATE]]],
    ["an object", { Date: DATE }],
    ["an object of arrays, as Node's IncomingHttpHeaders", { date: [DATE], "set-cookie": ["a=1", "b=2"], "x-none": undefined, "content-length": 2 }],
    ["an object of no prototype", Object.assign(Object.create(null), { date: DATE })],
  ]) {
    test(`${name} as headers`, () => assert.equal(skewOf(headers), 9));
  }

  test("no headers, and what is none", () => {
    for (const headers of [undefined, null, {}, []]) assert.equal(skewOf(headers), undefined);
    for (const headers of [5, "Date", [null], [5], throwing, { get date() { throw new Error("a getter"); } }, trapped(), revoked(), new Map([[1, { toString: trap }]])]) {
      refuses(() => call.read(401, "{}", headers), "headers wrong_type");
      refuses(() => verifier.webhook(headers, "{}"), "headers wrong_type");
    }
  });

  test("a header given twice is malformed, in every form; a line break makes no further header", () => {
    const sign = signature(KEY, TIME, "085");
    const pairs = [["Response-Timestamp", TIME], ["Response-Signature", sign]];
    assert.equal(verifier.webhookRefusal(pairs, "{}", TIME), undefined);
    assert.equal(verifier.webhookRefusal([...pairs, pairs[1]], "{}", TIME), "malformed");
    assert.equal(verifier.webhookRefusal({ "response-timestamp": TIME, "Response-Timestamp": TIME, "response-signature": sign }, "{}", TIME), "malformed");
    assert.equal(verifier.webhookRefusal({ "response-timestamp": TIME, "response-signature": [sign, sign] }, "{}", TIME), "malformed");
    assert.equal(verifier.webhookRefusal({ "x\nResponse-Timestamp": TIME, "x": `y\nResponse-Signature\n${sign}` }, "{}", TIME), "malformed");
  });

  test("own __proto__ keys in an answer are data", () => {
    const { json } = unifyia.raw({ method: "GET", path: "/x" }).read(200, '{"__proto__":{"admin":true},"a":{"__proto__":null}}');
    assert.deepEqual([Object.keys(json), json.admin, Object.getPrototypeOf(json)], [["__proto__", "a"], undefined, Object.prototype]);
    assert.deepEqual(Object.keys(json.a), ["__proto__"]);
  });

  test("integers of any size, and a relay that passes them on to the last digit", () => {
    const body = '{"id":9007199254740993,"more":123456789012345678901234567890,"price":1.10,"minus":-0}';
    const outcome = unifyia.signUp(USER).read(200, body);
    assert.deepEqual(outcome.json, { id: 9007199254740993n, more: 123456789012345678901234567890n, price: 1.1, minus: -0 });
    assert.match(relay.answer({ outcome }, { details: true }).body, /\{"id":"9007199254740993","more":"123456789012345678901234567890","price":1.10,"minus":-0\}/);
  });

  test("an answer of 200,000 levels", () => {
    const deepest = '{"a":'.repeat(200_000);
    for (const one of [call, unifyia.raw({ method: "GET", path: "/x" }), smile.enrolleeInfo("u", TIME)]) assert.equal(errorOf(() => one.read(200, deepest)).reason, "too_deep");
  });

  test("more than the limit", () => {
    assert.equal(errorOf(() => call.read(200, TEXT, undefined, 5)).reason, "too_large");
    assert.equal(errorOf(() => call.read(200, new Uint8Array(enrollkit.MAX_RESPONSE_BYTES + 1))).reason, "too_large");
    assert.equal(call.read(200, new Uint8Array(enrollkit.MAX_RESPONSE_BYTES)).acknowledgement, "unstated");
  });

  test("Node's own request and response", async (t) => {
    const server = createServer((_, response) => response.writeHead(429, { "Retry-After": "7", "Set-Cookie": ["a=1", "b=2"] }).end());
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    t.after(() => server.close());
    const reply = await new Promise((resolve) => request({ port: server.address().port, host: "127.0.0.1" }, resolve).end());
    reply.resume();
    assert.equal(errorOf(() => call.read(reply.statusCode, "", reply.headers)).retryAfterSeconds, 7);
  });
});

describe("a call", () => {
  const call = smile.deactivate("user-42", TIME);
  const secret = JSON.parse(call.body).signature;
  const withToken = new Unifyia({ baseUrl: "https://id.bank.example", token: "not.a.token" }).branding("Acme");

  test("its own members are what fetch takes", () => {
    const { url, method, headers, body, redirect } = { ...call };
    const made = new Request(url, { ...call, signal: AbortSignal.timeout(1000) });
    assert.deepEqual([made.method, made.redirect, made.headers.get("content-type")], [method, redirect, headers["Content-Type"]]);
    assert.equal(new Request(withToken.url, { ...withToken }).headers.get("authorization"), "Bearer not.a.token");
    assert.deepEqual([body === undefined, withToken.body], [false, undefined]);
  });

  test("it does not serialise, and cannot be cloned", () => {
    assert.throws(() => JSON.stringify(call), /queue the intent/);
    assert.throws(() => JSON.stringify({ job: [call] }), /queue the intent/);
    assert.throws(() => structuredClone(call), { name: "DataCloneError" });
  });

  test("no way of showing it shows what it was signed with", () => {
    for (const [one, hidden] of [[call, secret], [withToken, "not.a.token"]]) {
      const shown = [inspect(one), inspect({ deep: [one] }, { depth: 9, showHidden: true }), String(one), `${one}`, one.read.toString(), Object.prototype.toString.call(one)].join("\n");
      assert.ok(!shown.includes(hidden), shown);
      assert.match(shown, new RegExp(`Call\\(${one.operation}: (GET|POST) https://`));
    }
    const shown = inspect([smile, unifyia, verifier], { depth: 9, showHidden: true });
    assert.ok(!shown.includes(KEY) && !JSON.stringify([smile, unifyia, verifier]).includes(KEY), shown);
  });

  test("send refuses options before it sends", async () => {
    const never = () => assert.fail("it was sent");
    for (const options of [{ timeoutMs: NaN }, { timeoutMs: "5" }, { timeoutMs: -1 }, { maxBytes: "5" }, { timeout: 5 }, 5, trapped()]) {
      await assert.rejects(send(call, never, options), { code: "invalid_input" });
    }
    await assert.rejects(send(call, 5), TypeError);
    const waits = (_, { signal }) => new Promise((resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    await assert.rejects(send(call, waits, { timeoutMs: 5 }), { code: "no_response", outcomeUnknown: true });
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 5);
    await assert.rejects(send(call, waits, { signal: controller.signal, timeoutMs: Infinity }), { code: "no_response" });
    const replies = async () => new Response("x".repeat(100));
    await assert.rejects(send(smile.enrolleeInfo("u"), replies, { maxBytes: 99 }), { code: "unreadable", reason: "too_large" });
    const broken = async () => new Response(new ReadableStream({ pull: (stream) => stream.error(new Error("cut")) }));
    await assert.rejects(send(call, broken), { code: "no_response" });
  });
});

/** One of each, with a secret in everything that the service or the network wrote. */
function everyError(kit) {
  const client = new kit.SmileId(OPTIONS);
  const call = client.deactivate("user-42", TIME);
  const secret = JSON.parse(call.body).signature;
  const of = (work) => {
    try {
      work();
    } catch (error) {
      return error;
    }
    return assert.fail();
  };
  return {
    secret,
    errors: {
      InvalidInput: of(() => client.deletePermanently("", "x", TIME)),
      ApiError: of(() => call.read(401, `{"code":"2205","error":"bad signature ${secret}"}`, { Date: "Sun, 22 Nov 2026 10:00:09 GMT" })),
      Unreadable: of(() => client.enrolleeInfo("u", TIME).read(200, `<html>${secret}</html>`)),
      NoResponse: call.noResponse(new Error("socket hang up")),
      SignatureRefused: of(() => new kit.Verifier({ partnerId: "085", keys: [KEY] }).webhook({ "Response-Timestamp": TIME, "Response-Signature": secret }, "{}")),
    },
  };
}

describe("errors", () => {
  const classes = { InvalidInput, ApiError, Unreadable, NoResponse, SignatureRefused };
  const guards = { InvalidInput: isInvalidInput, ApiError: isApiError, Unreadable: isUnreadable, NoResponse: isNoResponse, SignatureRefused: isSignatureRefused };
  assert.notEqual(other.ApiError, ApiError);

  for (const [build, kit] of [["ESM", enrollkit], ["CommonJS", other]]) {
    const { errors, secret } = everyError(kit);
    for (const [name, error] of Object.entries(errors)) {
      test(`${build} ${name}: instanceof and guards, across both builds`, () => {
        for (const [each, type] of Object.entries(classes)) {
          assert.deepEqual([error instanceof type, error instanceof other[each], guards[each](error)], Array(3).fill(each === name), each);
        }
        assert.ok(error instanceof EnrollkitError && error instanceof other.EnrollkitError && error instanceof Error && isEnrollkitError(error));
        assert.deepEqual([error.name, error.constructor.name], [name, name]);
        assert.match(error.stack, new RegExp(`^${name}: ${error.code}`));
      });

      test(`${build} ${name}: there and back, also as text and cloned`, () => {
        const plain = error.toJSON();
        assert.equal(plain.code, error.code);
        for (const kit of [enrollkit, other]) {
          for (const form of [plain, JSON.parse(JSON.stringify(error)), structuredClone(plain)]) {
            const again = kit.EnrollkitError.from(form);
            assert.deepEqual(again.toJSON(), plain);
            // Which account was in use is no part of the plain form.
            assert.deepEqual([again.message, again.name, again instanceof classes[name]], [error.message.replace(/ in use: [^;]*;/, ""), name, true]);
            const own = (one) => Object.fromEntries(Object.keys(one).map((key) => [key, one[key]]));
            assert.deepEqual(own(again), own(error));
            assert.equal(again.serviceMessage, undefined);
          }
        }
      });

      test(`${build} ${name}: no secret in any form`, () => {
        const shown = [error.message, error.stack, String(error), inspect(error, { depth: 9, showHidden: true }), JSON.stringify(error), error.serviceMessage ?? "", new TextDecoder().decode(error.raw?.())];
        for (const text of shown) for (const hidden of [secret, KEY]) assert.ok(!text.includes(hidden), text);
      });
    }

    test(`${build}: what an error says`, () => {
      const { ApiError: api, NoResponse: none, Unreadable: unread, SignatureRefused: bad } = errors;
      assert.deepEqual([api.kind, api.status, api.serviceCode, api.retry, api.clockSkewSeconds, api.outcomeUnknown, api.operation], ["unauthorized", 401, "2205", "never", 9, false, "smile_id.deactivate"]);
      assert.ok(api.causes.includes("key_of_other_environment"));
      assert.ok(!Object.keys(api).includes("serviceMessage"));
      // What the service wrote may repeat personal data: it is in no plain form, and in a relay's answer only when asked for.
      assert.match(api.serviceMessage, /^bad signature/);
      const shown = [JSON.stringify(api), inspect(api), api.message, relay.answer({ error: api }).body];
      assert.deepEqual(shown.filter((text) => text.includes("bad signature")), []);
      assert.match(relay.answer({ error: api }, { details: true }).body, /bad signature/);
      assert.deepEqual([none.outcomeUnknown, none.cause.message, unread.reason, bad.reason], [true, "socket hang up", "not_json", "stale"]);
    });
  }

  test("guards take anything", () => {
    for (const value of [undefined, null, 5, "x", {}, new Error("x"), trapped(), revoked(), throwing, Object.create(null)]) {
      for (const guard of [isEnrollkitError, ...Object.values(guards)]) assert.equal(guard(value), false);
      assert.equal(value instanceof EnrollkitError, false);
    }
  });

  test("what is no plain form", () => {
    for (const json of [undefined, null, 5, "api_error", {}, { code: "nonsense" }, { code: "api_error" }, { code: "invalid_input" }, { code: "invalid_input", violations: [5] }, { code: "invalid_input", violations: "x" }, trapped(), revoked(), cyclic()]) {
      assert.throws(() => EnrollkitError.from(json), TypeError, inspect(json));
    }
  });

  test("an error of the facade's own goes there and back as well", () => {
    const error = errorOf(() => inBrowser((kit) => new kit.SmileId(OPTIONS)));
    assert.deepEqual(EnrollkitError.from(JSON.parse(JSON.stringify(error))).toJSON(), JSON.parse(JSON.stringify(error)));
  });

  test("a relay's answer needs one of ours", () => {
    assert.throws(() => relay.answer({ error: new Error("a bug") }), TypeError);
    assert.throws(() => relay.answer({}), TypeError);
    assert.throws(() => relay.answer({ outcome: { operation: "smile_id.deactivate" } }), TypeError);
    assert.throws(() => relay.answer(undefined), TypeError);
    assert.equal(relay.answer({ error: everyError(other).errors.ApiError }).status, 502);
    assert.equal(confirmedBy("smile_id.deactivate", { error: new Error("a bug") }), "unknown");
  });
});

/** Runs `work` with a copy of the package's CommonJS build whose globals are these. */
function inScope(globals, work) {
  const file = createRequire(import.meta.url).resolve("enrollkit");
  const { readFileSync } = process.getBuiltinModule?.("node:fs") ?? createRequire(import.meta.url)("node:fs");
  const context = vm.createContext({ WebAssembly, TextDecoder, TextEncoder, atob, module: { exports: {} }, console, ...globals });
  context.globalThis = context;
  context.exports = context.module.exports;
  vm.runInContext(readFileSync(file, "utf8"), context, { filename: file });
  return work(context.module.exports);
}

const inBrowser = (work) => inScope({ window: {}, document: {} }, work);

describe("an API key", () => {
  for (const [name, globals, refused] of [
    ["a page", { window: {}, document: {} }, true],
    ["a page with a polyfilled process", { window: {}, document: {}, process: { versions: { node: "20.0.0" } } }, true],
    ["jsdom in Node", { window: {}, document: {}, process }, true],
    ["a worker", { importScripts: () => {} }, true],
    ["a service worker", { importScripts: () => {}, clients: {} }, true],
    ["React Native, where window is there", { window: {} }, true],
    ["Node", { process }, false],
    ["Deno", { Deno: {}, window: {} }, false],
    ["workerd", {}, false],
  ]) {
    test(`${refused ? "is refused" : "is taken"} in ${name}`, () => {
      inScope(globals, (kit) => {
        if (refused) {
          const { violations } = refuses(() => new kit.SmileId(OPTIONS), "apiKey api_key_in_browser");
          // What was taken for a page, and what to do where it is none.
          assert.equal(violations[0].expected, Object.hasOwn(globals, "window") ? "window" : "importScripts");
          assert.ok(violations[0].message.includes(`since there is "${Object.hasOwn(globals, "window") ? "window" : "importScripts"}"`.replaceAll('"', "`")));
          assert.match(violations[0].message, /On a server.* set dangerouslyAllowBrowser$/);
        }
        assert.equal(new kit.SmileId(refused ? { ...OPTIONS, dangerouslyAllowBrowser: true } : OPTIONS).reEnroll("u", TIME).operation, "smile_id.re_enroll");
        if (refused) for (const almost of ["true", 1, {}]) refuses(() => new kit.SmileId({ ...OPTIONS, dangerouslyAllowBrowser: almost }), "apiKey api_key_in_browser");
        assert.equal(new kit.SmileIdRelay("/api/smile").reEnroll("u").url, "/api/smile");
      });
    });
  }
});
