import assert from "node:assert/strict";
import { before, test } from "node:test";

import { audit, Client } from "./support/client.js";
import { startBackEnd, startSandbox } from "./support/processes.js";

let sandbox, backEnd, person;
before(async () => {
  sandbox = await startSandbox("--keep-bodies");
  backEnd = await startBackEnd(sandbox);
  person = new Client(backEnd);
});

const user = (more) => ({
  name: "jdoe",
  organisationName: "Acme Bank",
  userAppearance: {},
  userAttribute: {},
  userAddress: {},
  userBiometrics: [],
  userIDProofDocuments: {},
  userEnrollmentHistoryList: [],
  ...more,
});
const signUp = (more, rest = {}) => person.post("/api/unifyia", { action: "unifyia.sign_up", user: user(more), ...rest });
const signUps = async () => (await sandbox.control("GET", "sign_ups")).sign_ups;

test("a person signs up, without a session, and the server sets what is its own", async () => {
  const reply = await signUp({ name: "anna", email: "anna@home.example" });
  assert.equal(reply.status, 200);
  assert.equal(reply.json.outcome.operation, "unifyia.sign_up");
  // What the service answers may say more than a stranger should know.
  assert.equal(reply.json.outcome.json, undefined);
  const [made] = await signUps();
  const sent = typeof made.body === "string" ? JSON.parse(made.body) : made.body;
  assert.equal(sent.userStatus, "Active");
  assert.equal(sent.createdBy, "self-service");
  assert.equal(sent.email, "anna@home.example");
});

test("nobody sets what only the organization may", async () => {
  const before = await signUps();
  const reply = await signUp({ name: "mallory", userStatus: "Active", canIssueIdentity: true, groupId: "admins", id: 1, workflowName: "vip" });
  assert.equal(reply.status, 422);
  const set = reply.json.error.violations.filter(({ code }) => code === "set_by_server").map(({ path }) => path);
  assert.deepEqual(set.sort(), ["canIssueIdentity", "groupId", "id", "userStatus", "workflowName"]);
  assert.equal((await signUps()).length, before.length);
});

test("one organization only, and nothing but sign-up and branding", async () => {
  const before = await signUps();
  for (const intent of [
    { action: "unifyia.branding", organization: "Other Bank" },
    { action: "smile_id.enrollee_info", user_id: "user-42" },
    { action: "smile_id.delete_permanently", user_id: "user-42", confirm: "user-42" },
  ]) {
    const reply = await person.post("/api/unifyia", intent);
    assert.equal(reply.status, 403, intent.action);
    assert.equal(reply.json.error.kind, "refused_by_policy");
  }
  for (const [organisationName, organization] of [["Other Bank"], ["Other Bank", "Other Bank"], ["Acme Bank", "Other Bank"], ["Other Bank", "Acme Bank"]]) {
    const reply = await signUp({ organisationName }, { organization });
    assert.equal(reply.status, 422);
    assert.deepEqual(reply.json.error.violations.map(({ path, code }) => `${path} ${code}`), ["organisationName mismatch"]);
  }
  assert.equal((await signUps()).length, before.length);
});

test("a foreign organization is told with all else that is wrong", async () => {
  for (const organization of [undefined, "Other Bank"]) {
    const reply = await signUp({ name: " ", email: "nobody", organisationName: "Other Bank", userStatus: "Active" }, { organization });
    assert.equal(reply.status, 422);
    const told = reply.json.error.violations.map(({ path, code }) => `${path} ${code}`).sort();
    assert.deepEqual(told, ["email bad_email", "name required", "organisationName mismatch", "userStatus set_by_server"]);
  }
  // What only the exact reader sees is told all the same.
  const twice = JSON.stringify({ action: "unifyia.sign_up", user: user() }).replace('"name":"jdoe"', '"name":"jdoe","name":"admin"');
  assert.deepEqual((await person.post("/api/unifyia", twice)).json.error.violations.map(({ code }) => code), ["duplicate_key"]);
});

test("what can't be sent is told as not sent", async () => {
  const unreachable = new Client(await startBackEnd(sandbox, { ENROLLKIT_UNIFYIA_URL: "http://127.0.0.1:9" }));
  const reply = await unreachable.post("/api/unifyia", { action: "unifyia.sign_up", user: user({ name: "hanna" }) });
  assert.deepEqual(reply.json.error, { code: "no_response", operation: "unifyia.sign_up", not_sent: true, outcome_unknown: false });
});

test("what the service wrote in an error is not for a stranger", async () => {
  await sandbox.fault("status", { status: 500, message: "table USERS is full", path_contains: "/signup" });
  const reply = await signUp({ name: "ida" });
  assert.equal(reply.json.error.kind, "server");
  assert.doesNotMatch(reply.text, /USERS/);
});

test("the branding is there for everybody", async () => {
  assert.deepEqual((await person.request("GET", "/api/organization")).json, { organization: "Acme Bank" });
  const reply = await person.post("/api/unifyia", { action: "unifyia.branding", organization: "Acme Bank" });
  assert.equal(reply.status, 200);
  assert.equal(reply.json.outcome.language, "en");
});

test("a name that is taken, a lost answer and bad input are told apart", async () => {
  assert.equal((await signUp({ name: "berta" })).status, 200);
  const again = await signUp({ name: "berta" });
  assert.equal(again.json.error.kind, "conflict");
  await sandbox.fault("drop_after", { path_contains: "/signup" });
  const lost = await signUp({ name: "carla" });
  assert.equal(lost.json.error.outcome_unknown, true);
  const bad = await signUp({ name: " ", email: "not an address", userAddress: 7, nonsense: 1 });
  assert.deepEqual(bad.json.error.violations.map(({ path }) => path).sort(), ["email", "name", "nonsense", "userAddress"]);
});

test("a foreign page, a form, and too large a form are refused", async () => {
  const intent = { action: "unifyia.branding", organization: "Acme Bank" };
  assert.equal((await person.post("/api/unifyia", intent, { origin: "https://evil.example" })).status, 403);
  assert.equal((await person.post("/api/unifyia", intent, { headers: { "Content-Type": "text/plain" } })).status, 415);
  assert.equal((await signUp({ userAttribute: { text: "x".repeat(300_000) } })).status, 413);
});

test("requests are limited per address", async () => {
  const strict = await startBackEnd(sandbox, { SIGN_UPS_PER_MINUTE: "3" });
  const eager = new Client(strict);
  const statuses = [];
  for (let count = 0; count < 4; count += 1) statuses.push((await eager.post("/api/unifyia", { action: "unifyia.branding", organization: "Acme Bank" })).status);
  assert.deepEqual(statuses, [200, 200, 200, 429]);
});

test("the audit file has sign-ups by name, and nothing that the person wrote beside it", () => {
  const lines = audit(backEnd);
  assert.ok(lines.some((line) => line.action === "unifyia.sign_up" && line.user_id === "anna" && line.outcome === "stated"));
  assert.ok(!lines.some((line) => line.action === "unifyia.branding" && line.outcome === "stated"));
  assert.doesNotMatch(JSON.stringify(lines), /anna@home/);
});
