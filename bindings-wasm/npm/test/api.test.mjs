// The facade's own shape: shorthand is shorthand, copies share, and slim says what it waits for.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";

import * as enrollkit from "enrollkit";
import * as slim from "enrollkit/slim";

const { init, parseIntent, SmileId, Unifyia } = enrollkit;
const TIME = "2026-11-22T10:00:00.000Z";
const USER = { name: "jdoe", organisationName: "Acme", userAppearance: {}, userAttribute: {}, userAddress: {}, userBiometrics: [], userIDProofDocuments: {}, userEnrollmentHistoryList: [] };

const smile = new SmileId({ partnerId: "085", environment: "sandbox", operator: "ops@bank.example", apiKey: "not-a-real-key" });
const unifyia = new Unifyia({ baseUrl: "https://id.bank.example", token: "not.a.token" });
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
    for (const client of [smile, SmileId.relay("/api/smile")]) {
      const call = method(client);
      for (const form of [intent, JSON.stringify(intent), parseIntent(intent)]) assert.deepEqual(parts(call), parts(client.call(form, TIME)));
      assert.deepEqual([call.operation, call.redirect], [action, "manual"]);
    }
    assert.equal(method(SmileId.relay("/api/smile")).body, JSON.stringify(intent));
  }
  for (const client of [unifyia, Unifyia.relay("/api/unifyia")]) {
    const signUp = { action: "unifyia.sign_up", user: USER };
    for (const form of [client.signUp(USER), client.signUp(JSON.stringify(USER)), client.signUp(USER, "Acme")]) assert.equal(form.url, client.call(signUp).url);
    assert.deepEqual(parts(client.signUp(JSON.stringify(USER))), parts(client.call(signUp)));
    assert.deepEqual(parts(client.branding("Acme")), parts(client.call({ action: "unifyia.branding", organization: "Acme" })));
  }
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
  assert.throws(() => lean.SmileId.relay("/api/smile"), /await init\(\) first/);
  const { readFileSync } = await import("node:fs");
  lean.initSync(readFileSync(new URL(import.meta.resolve("enrollkit/enrollkit.wasm"))));
  assert.equal(lean.SmileId.relay("/api/smile").reEnroll("u").url, "/api/smile");
});
