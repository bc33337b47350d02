import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { after, before, beforeEach, test } from "node:test";

import { SmileId } from "enrollkit";

import { audit } from "./support/client.js";
import { SANDBOX_KEY, startBackend, startSandbox, temporaryFolder, until } from "./support/processes.js";

// Between the sandbox and the back end stand two servers of ours. The sandbox sends its messages to the first, which keeps them
// and passes them on: so each test has genuine ones to repeat and to change. The back end's calls go through the second, which
// can hold the look-ups back: so a test can do something while one is under way, however slow the machine is.
let sandbox, backend, startAgain, caught, held;

const messages = createServer(async (request, response) => {
  const message = { headers: ours(request.headers), body: await bodyOf(request) };
  caught.push(message);
  // A back end that was killed answers nothing.
  message.status = await deliver(message).then(({ status }) => status, () => 502);
  response.writeHead(message.status).end();
});

const calls = createServer(async (request, response) => {
  const { method, url, headers } = request;
  const body = method === "GET" ? undefined : await bodyOf(request);
  await held?.promise;
  try {
    const { host, connection, ...others } = headers;
    const reply = await fetch(`${sandbox.url}${url}`, { method, headers: others, body, redirect: "manual" });
    response.writeHead(reply.status, { "Content-Type": reply.headers.get("content-type") ?? "" }).end(await reply.text());
  } catch {
    response.destroy();
  }
});

const listen = (server) => new Promise((done) => server.listen(0, "127.0.0.1", () => done(`http://127.0.0.1:${server.address().port}`)));

before(async () => {
  const [messagesUrl, callsUrl] = await Promise.all([messages, calls].map(listen));
  sandbox = await startSandbox("--webhook-url", messagesUrl);
  startAgain = (dataDir) => startBackend(sandbox, { ENROLLKIT_BASE_URL: callsUrl, DATA_DIR: dataDir });
  backend = await startAgain(temporaryFolder());
});
after(() => {
  for (const server of [messages, calls]) {
    server.close();
    server.closeAllConnections();
  }
});
beforeEach(() => {
  caught = [];
});

async function bodyOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

/** Holds calls back until `release()`; also at the end of the test, whatever its end is. */
function holdCalls(t) {
  let open;
  held = { promise: new Promise((done) => (open = done)) };
  const release = () => {
    held = undefined;
    open();
  };
  t.after(release);
  return release;
}

const ours = (headers) => Object.fromEntries(Object.entries(headers).filter(([name]) => /^(response|job|user|api|content-type)/.test(name)));
const deliver = ({ headers, body }) => fetch(`${backend.url}/webhooks/smile-id`, { method: "POST", headers, body });
const job = (user, id, more = {}) => sandbox.control("POST", "jobs", { user_id: user, environment: "test", job_id: id, ...more });
const acted = (user) => audit(backend).filter((line) => line.action === "job_result" && line.user_id === user);
const states = () => stateLines().map(({ state }) => state);
const stateLines = () => readFileSync(join(backend.dataDir, "deliveries.jsonl"), "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line));
const pending = () => readdirSync(join(backend.dataDir, "pending"));
/** Acted on, and the rest of the work is done, too: what waits or is under way is in this folder. */
const settled = (user) => until(`${user} settled`, () => acted(user).length > 0 && pending().length === 0);
const answered = (count) => until("the answers", () => caught.length === count && caught.every(({ status }) => status === 202));

/** What is done about the deliveries that come meanwhile: nothing. It is decided before the answer, and would be written down. */
async function changesNothing(work) {
  const before = stateLines().length;
  await work();
  assert.equal(stateLines().length, before);
}

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
  await settled("user-a");
  await changesNothing(async () => {
    const again = await Promise.all([deliver(caught[0]), deliver(caught[0]), deliver(caught[0])]);
    assert.deepEqual(again.map(({ status }) => status), [202, 202, 202]);
    await sandbox.control("POST", "replay", { job_id: "job-a" });
    await answered(2);
  });
  assert.equal(acted("user-a").length, 1);
  assert.equal(acted("user-a")[0].outcome, "0840");
});

test("the same result in other words is a delivery of its own, and is not acted on again", async () => {
  await job("user-w", "job-w");
  await settled("user-w");
  const headers = { "job-id": "job-w", "user-id": "user-w" };
  const { status } = await deliver(forged(headers, ' { "result_code" : "0840" } '));
  assert.equal(status, 202);
  await until("decided", () => states().at(-1) === "repeated");
  assert.equal(acted("user-w").length, 1);
});

test("the same delivery many times in the same moment is acted on once", async (t) => {
  const release = holdCalls(t);
  const before = states().length;
  await job("user-b", "job-b");
  await until("caught", () => caught.length === 1);
  await Promise.all(Array.from({ length: 20 }, () => deliver(caught[0])));
  release();
  await settled("user-b");
  assert.deepEqual(states().slice(before), ["received", "acting", "done"]);
  assert.equal(acted("user-b").length, 1);
});

test("a provisional result and the final one are two results of one job", async () => {
  await job("user-c", "job-c", { provisional: true, final_after_milliseconds: 500 });
  await until("both", () => acted("user-c").length === 2);
  assert.deepEqual(acted("user-c").map(({ outcome }) => outcome), ["0846", "0840"]);
});

test("an answer comes at once, also while the look-up does not", async (t) => {
  const release = holdCalls(t);
  await job("user-d", "job-d");
  await answered(1);
  assert.equal(acted("user-d").length, 0);
  release();
  await until("acted", () => acted("user-d").length === 1);
});

test("a look-up that fails is made again", async () => {
  await sandbox.fault("drop_before", { path_contains: "/info" });
  await job("user-e", "job-e");
  await until("acted", () => acted("user-e").length === 1);
});

test("a body that no look-up confirms does nothing, however genuine its signature", async () => {
  await job("user-f", "job-f");
  await settled("user-f");
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
  await until("all looked up", () => pending().length === 0);
  assert.equal(states().filter((state) => state === "unconfirmed").length, before + bodies.length);
  assert.equal(acted("user-f").length, 1);
  assert.equal(acted("nobody").length, 0);
});

test("a body as large as its sender likes is not kept until a look-up", async (t) => {
  holdCalls(t);
  const text = "0".repeat(500_000);
  assert.equal((await deliver(forged({ "job-id": "job-f", "user-id": "user-f" }, { result_code: text }))).status, 202);
  // Without a look-up: that is held back.
  await until("put away", () => pending().length === 0);
});

test("a signature that comes with another delivery is told", async () => {
  await job("user-g", "job-g");
  await until("acted", () => acted("user-g").length === 1);
  const [{ headers, body }] = caught;
  assert.equal((await deliver({ headers, body: body.replace("0840", "0811") })).status, 202);
  await until("the line", () => backend.log().includes("suspicious"));
});

test("one signature can't start any number of look-ups", async (t) => {
  const release = holdCalls(t);
  const { headers } = forged({ "job-id": "job-n", "user-id": "user-n" }, "");
  const answers = [];
  for (let n = 0; n < 102; n += 1) answers.push((await deliver({ headers, body: JSON.stringify({ n }) })).status);
  assert.deepEqual([answers.filter((status) => status === 202).length, answers.slice(100)], [100, [429, 429]]);
  // What was taken may come again.
  assert.equal((await deliver({ headers, body: JSON.stringify({ n: 0 }) })).status, 202);
  release();
  await until("put away", () => pending().length === 0);
});

test("a message that came too early does not make the genuine one a repetition", async () => {
  await job("user-m", "job-m");
  await settled("user-m");
  const body = caught[0].body.replaceAll("job-m", "job-h").replaceAll("user-m", "user-h");
  await deliver(forged({ "job-id": "job-h", "user-id": "user-h" }, body));
  await until("looked up", () => pending().length === 0);
  assert.equal(acted("user-h").length, 0);
  await job("user-h", "job-h");
  await until("acted", () => acted("user-h").length === 1);
  assert.equal(caught[1].body, body);
});

test("bad signatures are refused, all with the same words", async () => {
  await job("user-i", "job-i");
  await until("caught", () => caught.length === 1);
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
  const large = await deliver({ headers, body: "x".repeat(1_100_000) });
  assert.equal(large.status, 413);
  assert.equal((await fetch(`${backend.url}/webhooks/smile-id`)).status, 404);
});

test("after a restart, and after a crash, nothing is done twice and nothing is forgotten", async (t) => {
  await job("user-j", "job-j");
  await settled("user-j");

  // Told to stop in the middle of a look-up: it is made by the next process.
  let release = holdCalls(t);
  await job("user-k", "job-k");
  await answered(2);
  assert.equal(await backend.signal("SIGTERM"), 0);
  assert.equal(acted("user-k").length, 0);
  assert.equal(pending().length, 1);
  release();
  backend = await startAgain(backend.dataDir);
  await settled("user-k");

  // Killed on the spot, which no program can prepare for.
  release = holdCalls(t);
  await job("user-l", "job-l");
  await answered(3);
  await backend.signal("SIGKILL");
  release();
  backend = await startAgain(backend.dataDir);
  await settled("user-l");

  await changesNothing(async () => {
    for (const message of caught) assert.equal((await deliver(message)).status, 202);
  });
  for (const user of ["user-j", "user-k", "user-l"]) assert.equal(acted(user).length, 1, user);
});

test("what was being done when the process ended is told once, and not done again", async () => {
  const folder = temporaryFolder();
  const delivery = "a1".repeat(32);
  mkdirSync(join(folder, "pending"));
  writeFileSync(join(folder, "pending", `${delivery}.json`), JSON.stringify({ jobId: "job-a", userId: "user-a", resultCode: "0840" }));
  writeFileSync(join(folder, "pending", `${"b2".repeat(32)}.json`), '{"jobId":"jo');
  // The last line was cut off with the power.
  writeFileSync(join(folder, "deliveries.jsonl"), `${JSON.stringify({ delivery, state: "acting" })}\n{"delivery":"b2b2`);
  for (const told of [true, false]) {
    const other = await startBackend(sandbox, { DATA_DIR: folder });
    await other.stop();
    assert.equal(other.log().includes("webhook a1a1a1a1a1a1: the process ended while acting on it"), told);
    assert.deepEqual(audit(other), []);
  }
  assert.ok(!readdirSync(join(folder, "pending")).includes(`${delivery}.json`));
});

test("what is kept holds hashes only", async () => {
  const text = readFileSync(join(backend.dataDir, "deliveries.jsonl"), "utf8");
  for (const line of stateLines()) {
    for (const [key, value] of Object.entries(line)) {
      if (["delivery", "pair", "result"].includes(key)) assert.match(value, /^[0-9a-f]{64}$/);
      else assert.ok(["time", "state"].includes(key), key);
    }
  }
  assert.doesNotMatch(text + backend.log(), /user-[a-m]|job-[a-m]|[A-Za-z0-9+/]{43}=/);
});
