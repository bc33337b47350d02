import assert from "node:assert/strict";
import { before, test } from "node:test";

import { audit, Client } from "./support/client.js";
import { startBackEnd, startSandbox } from "./support/processes.js";

let sandbox, backEnd;
before(async () => {
  sandbox = await startSandbox();
  backEnd = await startBackEnd(sandbox);
});

test("a log-in gives a session that no script and no foreign page can use", async () => {
  const client = new Client(backEnd);
  assert.deepEqual((await client.request("GET", "/api/session")).json, { session: null });
  const reply = await client.logIn("operator");
  assert.equal(reply.status, 200);
  assert.match(reply.setCookie, /^session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=\d+$/);
  assert.equal(reply.headers.get("cache-control"), "no-store");
  const { session } = (await client.request("GET", "/api/session")).json;
  assert.equal(session.email, "operator@bank.example");
  assert.ok(session.may.includes("smile_id.deactivate"));
  assert.ok(!session.may.includes("smile_id.delete_permanently"));
});

test("log-out ends the session at the server, not only in the browser", async () => {
  const client = new Client(backEnd);
  await client.logIn("operator");
  const { cookie } = client;
  const out = await client.post("/api/logout", {});
  assert.match(out.setCookie, /^session=;.*Max-Age=0/);
  client.cookie = cookie;
  assert.deepEqual((await client.request("GET", "/api/session")).json, { session: null });
});

test("a new log-in ends the session that was there", async () => {
  const client = new Client(backEnd);
  await client.logIn("operator");
  const { cookie } = client;
  await client.logIn("admin");
  assert.notEqual(client.cookie, cookie);
  client.cookie = cookie;
  assert.deepEqual((await client.request("GET", "/api/session")).json, { session: null });
});

test("wrong passwords and unknown addresses are told the same", async () => {
  const client = new Client(backEnd);
  const wrong = await client.post("/api/login", { email: "operator@bank.example", password: "demo-admin" });
  const unknown = await client.post("/api/login", { email: "nobody@bank.example", password: "demo-admin" });
  const prototype = await client.post("/api/login", { email: "__proto__", password: "demo-admin" });
  for (const reply of [wrong, unknown, prototype]) {
    assert.equal(reply.status, 401);
    assert.deepEqual(reply.json, { message: "the e-mail address or the password is wrong" });
    assert.equal(reply.setCookie, null);
  }
});

test("a log-in from a foreign page, without an origin, or as a form is refused", async () => {
  const body = { email: "operator@bank.example", password: "demo-operator" };
  const client = new Client(backEnd);
  assert.equal((await client.post("/api/login", body, { origin: "https://evil.example" })).status, 403);
  assert.equal((await client.post("/api/login", body, { origin: null })).status, 403);
  assert.equal((await client.post("/api/login", body, { origin: "null" })).status, 403);
  assert.equal((await client.post("/api/login", body, { headers: { "Content-Type": "text/plain" } })).status, 415);
});

test("bodies that are no log-in are refused", async () => {
  const client = new Client(backEnd);
  for (const body of ["", "null", "[]", "7", "{", '{"email":1,"password":"x"}', '{"email":"operator@bank.example"}', '{"__proto__":{"email":"a","password":"b"}}']) {
    assert.equal((await client.post("/api/login", body)).status, 400, body);
  }
  assert.equal((await client.post("/api/login", { email: "a".repeat(5000), password: "b" })).status, 413);
});

test("tries are limited per address", async () => {
  const strict = await startBackEnd(sandbox, { LOG_INS_PER_MINUTE: "2" });
  const client = new Client(strict);
  const tries = [];
  for (let count = 0; count < 3; count += 1) tries.push(await client.post("/api/login", { email: "operator@bank.example", password: "x" }));
  assert.deepEqual(tries.map(({ status }) => status), [401, 401, 429]);
  assert.ok(Number(tries[2].headers.get("retry-after")) > 0);
});

test("the audit file has log-ins, and no password and no unknown address", () => {
  const lines = audit(backEnd).filter(({ action }) => action === "log_in");
  assert.ok(lines.some(({ who, outcome }) => who === "operator@bank.example" && outcome === "done"));
  assert.ok(lines.some(({ who, outcome }) => who === null && outcome === "refused"));
  assert.doesNotMatch(JSON.stringify(lines), /demo-|nobody@/);
});
