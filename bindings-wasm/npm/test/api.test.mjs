// The facade's own shape: shorthand is shorthand, copies share, and slim says what it waits for.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import * as enrollkit from "enrollkit";
import * as slim from "enrollkit/slim";

import { WORKSPACE } from "./support/files.mjs";

const { EnrollkitError, init, Intent, intentText, isInvalidInput, parseIntent, relay, signature, SmileId, SmileIdRelay, Unifyia, UnifyiaRelay, Verifier, withUserFields } = enrollkit;
const TIME = "2026-11-22T10:00:00.000Z";
const USER = { name: "jdoe", organisationName: "Acme", userAppearance: {}, userAttribute: {}, userAddress: {}, userBiometrics: [], userIDProofDocuments: {}, userEnrollmentHistoryList: [] };

const smile = new SmileId({ partnerId: "085", environment: "sandbox", operator: "ops@bank.example", apiKey: "not-a-real-key" });
const unifyia = new Unifyia({ baseUrl: "https://id.bank.example", token: "not.a.token" });
const errorOf = (work) => {
  try {
    work();
  } catch (error) {
    return error;
  }
  return assert.fail("nothing was refused");
};
const parts = ({ operation, method, url, headers, body, redirect }) => ({ operation, method, url, headers, body, redirect });

test("every method is shorthand for the call of its intent, direct or through a relay", () => {
  const smileMethods = {
    "smile_id.re_enroll": (client) => client.reEnroll("u", TIME),
    "smile_id.deactivate": (client) => client.deactivate("u", TIME),
    "smile_id.reactivate": (client) => client.reactivate("u", TIME),
    "smile_id.flag_fraud": (client) => client.flagFraud("u", TIME),
    "smile_id.clear_fraud": (client) => client.clearFraud("u", TIME),
    "smile_id.enrollee_info": (client) => client.enrolleeInfo("u", TIME),
    "smile_id.delete_permanently": (client) => client.deletePermanently("u", "u", TIME),
  };
  for (const [action, method] of Object.entries(smileMethods)) {
    const intent = { action, user_id: "u", ...(action.endsWith("permanently") ? { confirm: "u" } : {}) };
    for (const client of [smile, new SmileIdRelay("/api/smile")]) {
      const call = method(client);
      for (const form of [intent, JSON.stringify(intent), parseIntent(intent)]) assert.deepEqual(parts(call), parts(client.call(form, TIME)));
      assert.deepEqual([call.operation, call.redirect], [action, "manual"]);
    }
    assert.equal(method(new SmileIdRelay("/api/smile")).body, JSON.stringify(intent));
  }
  for (const client of [unifyia, new UnifyiaRelay("/api/unifyia")]) {
    const signUp = { action: "unifyia.sign_up", user: USER };
    for (const form of [client.signUp(USER), client.signUp(JSON.stringify(USER)), client.signUp(USER, "Acme")]) assert.equal(form.url, client.call(signUp).url);
    assert.deepEqual(parts(client.signUp(JSON.stringify(USER))), parts(client.call(signUp)));
    assert.deepEqual(parts(client.branding("Acme")), parts(client.call({ action: "unifyia.branding", organization: "Acme" })));
  }
});

test("every action has a method of both clients and a factory, and its intents are one", () => {
  const { items } = JSON.parse(readFileSync(join(WORKSPACE, "core/catalogue/slugs.json"), "utf8"));
  const actions = items.find(({ set }) => set === "Action").slugs;
  const nameOf = (action) => action.split(".")[1].replace(/_(.)/g, (_, letter) => letter.toUpperCase());
  assert.deepEqual(Object.keys(Intent), actions.map(nameOf));
  const given = { user_id: "u", confirm: "u", user: USER, organization: "Acme" };
  for (const action of actions) {
    const keys = { "smile_id.delete_permanently": ["user_id", "confirm"], "unifyia.sign_up": ["user", "organization"], "unifyia.branding": ["organization"] }[action] ?? ["user_id"];
    const intent = { action, ...Object.fromEntries(keys.map((key) => [key, given[key]])) };
    const args = keys.map((key) => given[key]);
    const own = Intent[nameOf(action)](...args);
    assert.ok(Object.isFrozen(own));
    assert.deepEqual([own, intentText(own)], [parseIntent(intent), intentText(parseIntent(intent))]);
    for (const client of action.startsWith("smile_id.") ? [smile, new SmileIdRelay("/r")] : [unifyia, new UnifyiaRelay("/r")]) {
      assert.deepEqual(parts(client[nameOf(action)](...args, ...(client === smile ? [TIME] : []))), parts(client.call(own, TIME)));
    }
  }
  assert.equal(intentText(Intent.signUp(JSON.stringify(USER).replace("{}", '{"a":1.10}'))).includes('{"a":1.10}'), true);
  const refusals = [() => Intent.reEnroll(""), () => Intent.deletePermanently("u", "U"), () => Intent.signUp({ ...USER, email: "nobody" }, 5), () => Intent.signUp('{},"organization":"Acme"')];
  assert.deepEqual(refusals.map((work) => errorOf(work)).map((error) => isInvalidInput(error) && error.violations.map(({ path, code }) => `${path} ${code}`)), [
    ["user_id required"],
    ["confirm mismatch"],
    ["email bad_email", "organization wrong_type"],
    [" bad_json"],
  ]);
});

test("a relay can do what needs no credentials, and no more", () => {
  for (const [client, relay] of [[smile, new SmileIdRelay("/api/smile")], [unifyia, new UnifyiaRelay("/api/unifyia")]]) {
    for (const name of ["sign", "raw", "withOperator", "withToken"]) assert.equal(relay[name], undefined);
    assert.equal(client.relay ?? client.constructor.relay, undefined);
  }
  assert.deepEqual(new UnifyiaRelay("/api/unifyia").check({ ...USER, newField: 1 }).map(({ path }) => path), ["newField"]);
});

test("a back end sets fields of a parsed sign-up; what was typed stays, to the last digit", () => {
  const typed = JSON.stringify({ action: "unifyia.sign_up", user: USER }).replace('"userAttribute":{}', '"userAttribute":{"a":1.10,"b":1e400}');
  const form = parseIntent(typed, { selfService: true });
  for (const fields of [{ userStatus: "Active", id: 9007199254740993n }, '{"userStatus":"Active","id":9007199254740993}']) {
    const intent = withUserFields(form, fields);
    assert.deepEqual([intent.user.userStatus, intent.user.id, form.user.userStatus], ["Active", 9007199254740993n, undefined]);
    assert.throws(() => (intent.user.userStatus = "Admin"), TypeError);
    const { body } = unifyia.call(intent);
    assert.match(body, /"userAttribute":\{"a":1\.10,"b":1e400\}.*"userStatus":"Active","id":9007199254740993\}$/);
  }
  const open = parseIntent({ action: "unifyia.sign_up", user: { ...USER, newField: 1 } }, { allowExtraKeys: true });
  assert.match(unifyia.call(withUserFields(open, { another: 2 })).body, /"newField":1.*"another":2/);
});

test("a back end's own no is told from the service's", () => {
  const refused = (client, status, body) => {
    try {
      client.deactivate("u", TIME).read(status, body);
    } catch (error) {
      return [error.kind, error.byRelay, error.causes.length > 0, EnrollkitError.from(error.toJSON()).byRelay];
    }
  };
  const page = new SmileIdRelay("/api/smile");
  assert.deepEqual(refused(smile, 401, "{}"), ["unauthorized", false, true, false]);
  assert.deepEqual(refused(page, 401, "{}"), ["unauthorized", true, false, true]);
  const said = (error) => relay.answer({ error });
  const ofService = errorOf(() => smile.deactivate("u", TIME).read(401, "{}"));
  assert.deepEqual(refused(page, said(ofService).status, said(ofService).body), ["unauthorized", false, true, false]);
  const ofPolicy = relay.refused({ action: "smile_id.deactivate" });
  assert.deepEqual(refused(page, said(ofPolicy).status, said(ofPolicy).body), ["refused_by_policy", true, false, true]);
});

test("a raw call's reply can't be relayed, and that is said", () => {
  const outcome = smile.raw({ host: "api", method: "GET", path: "/v1/services", auth: "headers" }, TIME).read(200, "{}");
  assert.throws(() => relay.answer({ outcome }), TypeError);
});

test("ids in headers are UTF-8, whether the host shows octets or text", () => {
  const verifier = new Verifier({ partnerId: "085", keys: ["not-a-real-key"] });
  const signed = { "Response-Timestamp": TIME, "Response-Signature": signature("not-a-real-key", TIME, "085") };
  for (const id of ["josé", Buffer.from("josé").toString("latin1")]) {
    assert.equal(verifier.webhook({ ...signed, "User-ID": id }, "{}", TIME).userId, "josé");
  }
  const genuine = new Headers({ ...signed, "User-ID": Buffer.from("użytkownik").toString("latin1") });
  assert.equal(verifier.webhook(genuine, "{}", TIME).userId, "użytkownik");
});

test("copies for another operator or token leave the first as it was", () => {
  const emailOf = (client) => JSON.parse(client.reEnroll("u").body).email;
  assert.deepEqual([emailOf(smile.withOperator("other@bank.example")), emailOf(smile)], ["other@bank.example", "ops@bank.example"]);
  const tokenOf = (client) => client.branding("Acme").headers.Authorization;
  assert.deepEqual([tokenOf(unifyia.withToken("another")), tokenOf(unifyia)], ["Bearer another", "Bearer not.a.token"]);
});

test("allowExtraKeys holds for calls, checks and copies", () => {
  const open = new Unifyia({ baseUrl: "https://id.bank.example", allowExtraKeys: true });
  const user = { ...USER, newField: 1 };
  for (const client of [open, open.withToken("t")]) {
    assert.match(client.signUp(user).body, /"newField":1/);
    assert.deepEqual(client.check(user), []);
    assert.equal(client.check(user, { allowExtraKeys: false }).length, 1);
  }
  assert.equal(unifyia.check(user).length, 1);
});

test("the time is the machine's clock, to the millisecond", () => {
  const [from, at, to] = [Date.now(), Date.parse(smile.sign().timestamp), Date.now()];
  assert.ok(from <= at && at <= to);
});

test("the same names, from every door", () => {
  const names = (module) => Object.keys(module).filter((name) => !["default", "module.exports", "init", "initSync"].includes(name)).sort();
  const require = createRequire(import.meta.url);
  for (const other of [slim, require("enrollkit"), require("enrollkit/slim")]) assert.deepEqual(names(other), names(enrollkit));
});

test("init has nothing to wait for; slim in CommonJS does, and says so", async () => {
  await init();
  const lean = createRequire(import.meta.url)("enrollkit/slim");
  assert.throws(() => new lean.SmileIdRelay("/api/smile"), /await init\(\) first/);
  const { readFileSync } = await import("node:fs");
  lean.initSync(readFileSync(new URL(import.meta.resolve("enrollkit/enrollkit.wasm"))));
  assert.equal(new lean.SmileIdRelay("/api/smile").reEnroll("u").url, "/api/smile");
});
