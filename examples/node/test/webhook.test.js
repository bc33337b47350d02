import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, beforeEach, test } from "node:test";

import { SmileId } from "enrollkit";

import { audit } from "./support/client.js";
import { SANDBOX_KEY, startBackend, startSandbox, until } from "./support/processes.js";

// The sandbox sends to this listener, which keeps what came and passes it on: so each test has genuine messages to repeat
// and to change.
let sandbox, backend, listener, caught;
before(async () => {
  listener = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const message = { headers: ours(request.headers), body: Buffer.concat(chunks).toString("utf8") };
    caught.push(message);
    response.writeHead(backend === undefined ? 503 : (await deliver(message)).status).end();
  });
  await new Promise((done) => listener.listen(0, "127.0.0.1", done));
  sandbox = await startSandbox("--webhook-url", `http://127.0.0.1:${listener.address().port}/`);
  backend = await startBackend(sandbox);
});
after(async () => {
  await backend?.stop();
  await sandbox?.stop();
  listener.closeAllConnections();
  listener.close();
});
beforeEach(() => {
  caught = [];
});

const ours = (headers) => Object.fromEntries(Object.entries(headers).filter(([name]) => /^(response|job|user|api|content-type)/.test(name)));
const deliver = ({ headers, body }) => fetch(`${backend.url}/webhooks/smile-id`, { method: "POST", headers, body });
const job = (user, id, more = {}) => sandbox.control("POST", "jobs", { user_id: user, environment: "test", job_id: id, ...more });
const acted = (user) => audit(backend).filter((line) => line.action === "job_result" && line.user_id === user);
const states = () => stateLines().map(({ state }) => state);
const stateLines = () => readFileSync(join(backend.dataDir, "deliveries.jsonl"), "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line));
const pending = () => readdirSync(join(backend.dataDir, "pending"));
const until_ = (what, isSo) => until(what, isSo, 15_000);

/** A genuine signature under whatever headers and body one likes. */
function forged(headers, body) {
  const { timestamp, signature } = new SmileId({ partnerId: "085", environment: "sandbox", apiKey: SANDBOX_KEY }).sign();
  return {
    headers: { "content-type": "application/json", "response-timestamp": timestamp, "response-signature": signature, ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  };
}

test("a result is acted on once: also when it comes again, at once, later, and freshly signed", async () => {
  await job("user-a", "job-a");
  await until_("acted", () => acted("user-a").length === 1);
  const [message] = caught;
  const again = await Promise.all([deliver(message), deliver(message), deliver(message)]);
  assert.deepEqual(again.map(({ status }) => status), [202, 202, 202]);
  await sandbox.control("POST", "replay", { job_id: "job-a" });
  await until_("the replay", () => caught.length === 2);
  await new Promise((done) => setTimeout(done, 300));
  assert.equal(acted("user-a").length, 1);
  assert.equal(acted("user-a")[0].outcome, "0840");
});

test("the same delivery many times in the same moment is acted on once", async () => {
  await job("user-b", "job-b");
  await until_("caught", () => caught.length === 1);
  await Promise.all(Array.from({ length: 20 }, () => deliver(caught[0])));
  await until_("acted", () => acted("user-b").length > 0);
  await new Promise((done) => setTimeout(done, 300));
  assert.equal(acted("user-b").length, 1);
});

test("a provisional result and the final one are two results of one job", async () => {
  await job("user-c", "job-c", { provisional: true, final_after_milliseconds: 500 });
  await until_("both", () => acted("user-c").length === 2);
  assert.deepEqual(acted("user-c").map(({ outcome }) => outcome), ["0846", "0840"]);
});

test("an answer comes at once, also while the look-up does not", async () => {
  await sandbox.fault("slow", { milliseconds: 3000, path_contains: "/info" });
  const start = Date.now();
  await job("user-d", "job-d");
  await until_("the sandbox's own note", async () => (await sandbox.control("GET", "deliveries")).deliveries.some((one) => one.job_id === "job-d" && one.delivered));
  assert.ok(Date.now() - start < 2000);
  await until_("acted", () => acted("user-d").length === 1);
});

test("a look-up that fails is made again", async () => {
  await sandbox.fault("drop_before", { path_contains: "/info" });
  await job("user-e", "job-e");
  await until_("acted", () => acted("user-e").length === 1);
});

test("a body that no look-up confirms does nothing, however genuine its signature", async () => {
  await job("user-f", "job-f");
  await until_("acted", () => acted("user-f").length === 1);
  const headers = { "job-id": "job-f", "user-id": "user-f" };
  const bodies = [
    forged(headers, { job_id: "job-f", user_id: "user-f", result_code: "0810" }),
    forged(headers, { job_id: "job-f", user_id: "user-a", result_code: "0840" }),
    forged({ ...headers, "job-id": "job-x" }, { job_id: "job-x", user_id: "user-f", result_code: "0840" }),
    forged({ ...headers, "user-id": "nobody" }, { job_id: "job-f", user_id: "nobody", result_code: "0840" }),
    forged(headers, "not JSON"),
    forged(headers, { __proto__: null, result_code: ["0840"] }),
    forged({}, "[]"),
  ];
  const before = states().filter((state) => state === "unconfirmed").length;
  for (const message of bodies) assert.equal((await deliver(message)).status, 202);
  await until_("all looked up", () => states().filter((state) => state === "unconfirmed").length === before + bodies.length);
  assert.equal(acted("user-f").length, 1);
  assert.equal(acted("nobody").length, 0);
  assert.deepEqual(pending(), []);
});

test("a signature that comes with another delivery is told", async () => {
  await job("user-g", "job-g");
  await until_("acted", () => acted("user-g").length === 1);
  const [{ headers, body }] = caught;
  assert.equal((await deliver({ headers, body: body.replace("0840", "0811") })).status, 202);
  await until_("the line", () => backend.log().includes("suspicious"));
});

test("a message that came too early does not make the genuine one a repetition", async () => {
  await job("user-m", "job-m");
  await until_("a result to copy", () => caught.length === 1);
  const body = caught[0].body.replaceAll("job-m", "job-h").replaceAll("user-m", "user-h");
  await deliver(forged({ "job-id": "job-h", "user-id": "user-h" }, body));
  await until_("looked up", () => pending().length === 0);
  assert.equal(acted("user-h").length, 0);
  await job("user-h", "job-h");
  await until_("acted", () => acted("user-h").length === 1);
  assert.equal(caught[1].body, body);
});

test("bad signatures are refused, all with the same words", async () => {
  await job("user-i", "job-i");
  await until_("caught", () => caught.length === 1);
  const [{ headers, body }] = caught;
  const without = (name) => Object.fromEntries(Object.entries(headers).filter(([key]) => key !== name));
  const signature = headers["response-signature"];
  for (const changed of [
    without("response-signature"),
    without("response-timestamp"),
    { ...headers, "response-signature": signature.replace(/^./, (first) => (first === "A" ? "B" : "A")) },
    { ...headers, "response-signature": signature.replace(/=$/, "") },
    { ...headers, "response-timestamp": "2020-01-01T00:00:00.000Z" },
    { ...headers, "response-timestamp": "tomorrow" },
  ]) {
    const reply = await deliver({ headers: changed, body });
    assert.equal(reply.status, 401);
    assert.deepEqual(await reply.json(), { message: "refused" });
  }
  const large = await deliver({ headers, body: "x".repeat(1_100_000) }).catch(() => ({ status: 413 }));
  assert.equal(large.status, 413);
  assert.equal((await fetch(`${backend.url}/webhooks/smile-id`)).status, 404);
});

test("after a restart, and after a crash, nothing is done twice and nothing is forgotten", async () => {
  await job("user-j", "job-j");
  await until_("acted", () => acted("user-j").length === 1);
  const [first] = caught;

  // Told to stop in the middle of a look-up: it is made by the next process.
  const { dataDir } = backend;
  await sandbox.fault("slow", { milliseconds: 4000, path_contains: "/info" });
  await job("user-k", "job-k");
  await until_("received", () => pending().length === 1);
  const { signal } = backend;
  assert.equal(await signal("SIGTERM"), 0);
  assert.equal(acted("user-k").length, 0);
  assert.equal(pending().length, 1);

  backend = await startBackend(sandbox, { DATA_DIR: dataDir });
  await until_("acted after the restart", () => acted("user-k").length === 1);
  await deliver(first);

  // Killed on the spot, which no program can prepare for.
  await sandbox.fault("slow", { milliseconds: 4000, path_contains: "/info" });
  await job("user-l", "job-l");
  await until_("received", () => pending().length === 1);
  await backend.signal("SIGKILL");
  backend = await startBackend(sandbox, { DATA_DIR: dataDir });
  await until_("acted after the crash", () => acted("user-l").length === 1);
  for (const message of [first, ...caught]) await deliver(message);
  await new Promise((done) => setTimeout(done, 500));
  for (const user of ["user-j", "user-k", "user-l"]) assert.equal(acted(user).length, 1, user);
});

test("what was being done when the process ended is told once, and not done again", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "enrollkit-interrupted-"));
  const delivery = "a1".repeat(32);
  mkdirSync(join(folder, "pending"));
  writeFileSync(join(folder, "pending", `${delivery}.json`), JSON.stringify({ jobId: "job-a", userId: "user-a", resultCode: "0840" }));
  writeFileSync(join(folder, "pending", `${"b2".repeat(32)}.json`), '{"jobId":"jo');
  // The last line was cut off with the power.
  writeFileSync(join(folder, "deliveries.jsonl"), `${JSON.stringify({ delivery, state: "acting" })}\n{"delivery":"b2b2`);
  for (const told of [true, false]) {
    const other = await startBackend(sandbox, { DATA_DIR: folder });
    t.after(other.stop);
    await other.stop();
    assert.equal(other.log().includes("webhook a1a1a1a1a1a1: the process ended while acting on it"), told);
    assert.deepEqual(audit(other), []);
  }
  assert.ok(!readdirSync(join(folder, "pending")).includes(`${delivery}.json`));
  rmSync(folder, { recursive: true });
});

test("what is kept holds hashes only", async () => {
  const text = readFileSync(join(backend.dataDir, "deliveries.jsonl"), "utf8");
  for (const line of stateLines()) {
    for (const [key, value] of Object.entries(line)) {
      if (key === "delivery" || key === "pair") assert.match(value, /^[0-9a-f]{64}$/);
      else assert.ok(["time", "state"].includes(key), key);
    }
  }
  assert.doesNotMatch(text + backend.log(), /user-[a-m]|job-[a-m]|[A-Za-z0-9+/]{43}=/);
});
