import assert from "node:assert/strict";
import { existsSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";

import { audit, Client } from "./support/client.js";
import { SANDBOX_KEY, startBackEnd, startSandbox, temporaryFolder } from "./support/processes.js";

let sandbox, backEnd, operator, admin;
before(async () => {
  sandbox = await startSandbox("--user", "user-42", "--user", "staff-1", "--user", "user-7");
  backEnd = await startBackEnd(sandbox);
  [operator, admin] = [new Client(backEnd), new Client(backEnd)];
  await operator.logIn("operator");
  await admin.logIn("admin");
});

const requests = async () => (await sandbox.control("GET", "requests")).requests;

test("a user's whole life", async () => {
  await sandbox.control("POST", "jobs", { user_id: "user-99", environment: "test", id_check: true });
  const flags = async () => (await operator.smile("enrollee_info", "user-99")).json.outcome.enrolled_user;
  for (const [action, flag, value] of [
    ["re_enroll", "allow_new_enroll", true],
    ["deactivate", "inactive", true],
    ["reactivate", "inactive", false],
    ["flag_fraud", "is_fraudulent", true],
    ["clear_fraud", "is_fraudulent", false],
  ]) {
    const reply = await operator.smile(action, "user-99");
    assert.equal(reply.status, 200, action);
    assert.equal(reply.headers.get("cache-control"), "no-store");
    assert.equal(reply.json.outcome.operation, `smile_id.${action}`);
    assert.equal(reply.json.outcome.acknowledgement, "stated");
    assert.equal((await flags())[flag], value, action);
  }
  const gone = await admin.smile("delete_permanently", "user-99", { confirm: "user-99" });
  assert.equal(gone.status, 200);
  const late = await operator.smile("re_enroll", "user-99");
  assert.equal(late.status, 502);
  assert.equal(late.json.error.kind, "user_deleted");
});

test("a look-up comes without identity documents, and no answer has a signature or the key", async () => {
  await sandbox.control("POST", "jobs", { user_id: "user-88", environment: "test", id_check: true });
  const reply = await operator.smile("enrollee_info", "user-88");
  assert.equal(reply.json.outcome.history.length, 1);
  assert.doesNotMatch(reply.text, /FICTIONAL|id_check|signature/);
  await sandbox.fault("echo");
  const echoed = await operator.smile("deactivate", "user-88");
  assert.equal(echoed.json.error.code, "api_error");
  assert.doesNotMatch(echoed.text, new RegExp(`[A-Za-z0-9+/]{43}=|${SANDBOX_KEY}`));
});

test("without a session, nothing is sent", async () => {
  const before = await requests();
  const nobody = new Client(backEnd);
  assert.equal((await nobody.smile("enrollee_info", "user-42")).status, 401);
  nobody.cookie = "session=made-up";
  assert.equal((await nobody.smile("enrollee_info", "user-42")).status, 401);
  nobody.cookie = "session=";
  assert.equal((await nobody.smile("enrollee_info", "user-42")).status, 401);
  assert.equal((await requests()).length, before.length);
});

test("from a foreign page, or as a form, nothing is sent, session or not", async () => {
  const before = await requests();
  const intent = { action: "smile_id.deactivate", user_id: "user-42" };
  for (const origin of ["https://evil.example", `${backEnd.url}.evil.example`, "null", null, backEnd.url.replace("http:", "https:")]) {
    assert.equal((await operator.post("/api/smile", intent, { origin })).status, 403, String(origin));
  }
  for (const type of ["text/plain", "application/x-www-form-urlencoded", "application/jsonp"]) {
    assert.equal((await operator.post("/api/smile", intent, { headers: { "Content-Type": type } })).status, 415, type);
  }
  assert.equal((await operator.request("GET", "/api/smile")).status, 404);
  assert.equal((await requests()).length, before.length);
});

test("the policy refuses what it does not name", async () => {
  const before = await requests();
  for (const [client, intent] of [
    [operator, { action: "smile_id.delete_permanently", user_id: "user-42", confirm: "user-42" }],
    [operator, { action: "smile_id.enrollee_info", user_id: "staff-1" }],
    [operator, { action: "smile_id.deactivate", user_id: "staff-1" }],
    [admin, { action: "unifyia.branding", organization: "Acme Bank" }],
  ]) {
    const reply = await client.post("/api/smile", intent);
    assert.equal(reply.status, 403, intent.action);
    assert.equal(reply.json.error.kind, "refused_by_policy");
    assert.equal(reply.json.error.operation, intent.action);
  }
  assert.equal((await requests()).length, before.length);
  assert.equal((await admin.smile("enrollee_info", "staff-1")).status, 200);
});

test("what is no intent is refused with all that is wrong, and nothing is sent", async () => {
  const before = await requests();
  const codes = async (body) => {
    const reply = await operator.post("/api/smile", body);
    assert.equal(reply.status, 422, body);
    return reply.json.error.violations.map(({ path, code }) => `${path} ${code}`).sort();
  };
  assert.deepEqual(await codes("{"), [" bad_json"]);
  assert.deepEqual(await codes(""), [" bad_json"]);
  assert.deepEqual(await codes('{"action":"smile_id.deactivate","user_id":"user-42","user_id":"user-7"}'), ["user_id duplicate_key"]);
  assert.deepEqual(await codes('{"action":"smile_id.deactivate","user_id":"user-42","email":"boss@bank.example"}'), ["email unknown_key"]);
  assert.deepEqual(await codes('{"action":"smile_id.delete_permanently","user_id":"user-42","confirm":"user-4"}'), ["confirm mismatch"]);
  assert.deepEqual(await codes('{"action":"smile_id.obliterate","user_id":42}'), ["action unknown_value"]);
  assert.equal((await operator.post("/api/smile", { action: "smile_id.deactivate", user_id: "x".repeat(20_000) })).status, 413);
  assert.equal((await requests()).length, before.length);
  assert.equal((await operator.smile("enrollee_info", "user-42")).status, 200);
});

test("a lost answer is told as such, and the look-up tells what became of it", async () => {
  await sandbox.fault("drop_after", { path_contains: "/enrollee" });
  const reply = await operator.smile("deactivate", "user-7");
  assert.equal(reply.status, 504);
  assert.deepEqual(reply.json.error, { code: "no_response", operation: "smile_id.deactivate", not_sent: false, outcome_unknown: true });
  assert.equal((await operator.smile("enrollee_info", "user-7")).json.outcome.enrolled_user.inactive, true);
});

test("what never left is told as not sent", async () => {
  const unreachable = new Client(await startBackEnd(sandbox, { ENROLLKIT_BASE_URL: "http://127.0.0.1:9" }));
  await unreachable.logIn("operator");
  const reply = await unreachable.smile("deactivate", "user-7");
  assert.deepEqual(reply.json.error, { code: "no_response", operation: "smile_id.deactivate", not_sent: true, outcome_unknown: false });
  assert.equal(audit(unreachable.backEnd).at(-1).outcome, "no_response not_sent");
});

test("an operator reads what the service wrote", async () => {
  await sandbox.fault("status", { status: 500, message: "Maintenance until noon", path_contains: "/enrollee" });
  assert.equal((await operator.smile("reactivate", "user-7")).json.error.service_message, "Maintenance until noon");
});

test("an app, which has no origin, may call if it is allowed, and a page from elsewhere still may not", async () => {
  const url = await startBackEnd(sandbox, { APPS_WITHOUT_ORIGIN: "yes" });
  const app = new Client(url);
  const body = { email: "operator@bank.example", password: "demo-operator" };
  assert.equal((await app.post("/api/login", body, { origin: null })).status, 200);
  const intent = { action: "smile_id.enrollee_info", user_id: "user-42" };
  for (const type of ["application/json", "application/json; charset=utf-8", "Application/JSON ;charset=UTF-8"]) {
    assert.equal((await app.post("/api/smile", intent, { origin: null, headers: { "Content-Type": type } })).status, 200, type);
  }
  assert.equal((await app.post("/api/smile", intent)).status, 200);
  for (const origin of ["https://evil.example", "null"]) assert.equal((await app.post("/api/smile", intent, { origin })).status, 403, origin);
  assert.equal((await app.post("/api/smile", intent, { origin: null, headers: { "Content-Type": "text/plain" } })).status, 415);
});

test("a service of another name in the same network, as the README has it for Compose, is reached over http if that is allowed", async () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const [, flags] = /^ +command: (.*)$/m.exec(readme);
  const inCompose = await startSandbox(...flags.replace("--port 8085", "--port 0").split(" "), "--allow-host", "id_gateway", "--user", "user-42");
  const { port } = new URL(inCompose.url);
  const written = Object.fromEntries([...readme.matchAll(/^ +(ENROLLKIT_\w+): "?([^"\n]*)"?$/gm)].map(([, name, value]) => [name, value]));
  assert.deepEqual(Object.keys(written).sort(), ["ENROLLKIT_ALLOW_HTTP", "ENROLLKIT_BASE_URL", "ENROLLKIT_UNIFYIA_URL"]);
  for (const host of ["sandbox", "id_gateway"]) {
    const settings = Object.fromEntries(Object.entries(written).map(([name, value]) => [name, value.replace("sandbox:8085", `${host}:${port}`)]));
    settings.NODE_OPTIONS = `--import ${new URL("support/names.js", import.meta.url)}`;
    await assert.rejects(startBackEnd(sandbox, { ...settings, ENROLLKIT_ALLOW_HTTP: "no" }), /insecure_url/);
    const client = new Client(await startBackEnd(sandbox, settings));
    await client.logIn("operator");
    assert.equal((await client.smile("enrollee_info", "user-42")).status, 200, host);
    assert.equal((await client.post("/api/unifyia", { action: "unifyia.branding", organization: "Acme Bank" })).status, 200, host);
  }
});

test("a service that is too slow is not waited for", async () => {
  const impatient = new Client(await startBackEnd(sandbox, { ENROLLKIT_TIMEOUT_SECONDS: "1" }));
  await impatient.logIn("operator");
  await sandbox.fault("slow", { milliseconds: 30_000, path_contains: "/enrollee" });
  const reply = await impatient.smile("reactivate", "user-7");
  assert.equal(reply.json.error.code, "no_response");
});

test("a captive portal's page, a failure and a redirect are told apart", async () => {
  await sandbox.fault("html", { path_contains: "/enrollee" });
  assert.equal((await operator.smile("reactivate", "user-7")).json.outcome.acknowledgement, "unstated");
  await sandbox.fault("status", { status: 500, path_contains: "/enrollee" });
  assert.equal((await operator.smile("reactivate", "user-7")).json.error.kind, "server");
  await sandbox.fault("redirect", { path_contains: "/enrollee" });
  assert.equal((await operator.smile("reactivate", "user-7")).json.error.kind, "redirected");
  assert.equal((await sandbox.control("GET", "faults")).redirected_calls, 0);
});

test("the audit file says who did what to whom and what came of it, and nothing else", async () => {
  const lines = audit(backEnd);
  const of = (outcome) => lines.find((line) => line.outcome === outcome);
  assert.deepEqual({ ...of("no_response outcome_unknown"), time: undefined }, { time: undefined, who: "operator@bank.example", action: "smile_id.deactivate", user_id: "user-7", outcome: "no_response outcome_unknown" });
  assert.ok(of("api_error user_deleted 2208"));
  assert.ok(of("unstated"));
  assert.equal(of("api_error refused_by_policy").action, "smile_id.delete_permanently");
  assert.equal(of("invalid_input").action, null);
  assert.ok(lines.every((line) => Object.keys(line).every((key) => ["time", "who", "action", "user_id", "outcome"].includes(key))));
  const text = readFileSync(join(backEnd.dataDir, "audit.jsonl"), "utf8") + backEnd.log();
  assert.doesNotMatch(text, new RegExp(`${SANDBOX_KEY}|FICTIONAL|[A-Za-z0-9+/]{43}=|demo-`));
});

test("what can't be written down is not done", { skip: !existsSync("/dev/full") }, async () => {
  const folder = temporaryFolder();
  // A disk that has no room any more.
  symlinkSync("/dev/full", join(folder, "audit.jsonl"));
  const full = await startBackEnd(sandbox, { DATA_DIR: folder });
  const other = new Client(full);
  assert.equal((await other.logIn("operator")).status, 500);
  assert.equal((await other.post("/api/unifyia", { action: "unifyia.branding", organization: "Acme Bank" })).status, 503);
});
