import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, beforeEach, test } from "node:test";

import { audit } from "./support/client.js";
import { startBackEnd, temporaryFolder, until } from "./support/processes.js";
import { forged, headersOf, Webhooks } from "./support/webhooks.js";

let web;
before(async () => {
  web = await Webhooks.start({ LOOK_UP_PAUSE_MS: "50" });
});
beforeEach(() => {
  web.caught = [];
});

test("a result is acted on once: also when it comes again, at once, later, and freshly signed", async () => {
  await web.job("user-a", "job-a");
  await web.settled("user-a");
  const [message] = web.caught;
  await web.changesNothing(async () => {
    const again = await Promise.all([web.deliver(message), web.deliver(message), web.deliver(message)]);
    assert.deepEqual(again.map(({ status }) => status), [202, 202, 202]);
    await web.sandbox.control("POST", "replay", { job_id: "job-a" });
    await web.answered(2);
  });
  assert.deepEqual(web.acted("user-a"), ["0840"]);
});

for (const spelling of ["v3", "result_object", "flat"]) {
  test(`a result in the spelling ${spelling} is looked up once and acted on once`, async () => {
    const [user, before] = [`user-s-${spelling}`, web.lookUps];
    await web.job(user, `job-s-${spelling}`, { spelling });
    await web.settled(user);
    assert.deepEqual([web.acted(user), web.lookUps - before], [["0840"], 1]);
  });
}

test("the documented body is looked up once and acted on once, its code a text or a number", async () => {
  for (const [number, code] of [["0840"], [840]].entries()) {
    const [user, job] = [`ann-${number}`, `job-doc-${number}`];
    await web.quietJob(user, job);
    const before = web.lookUps;
    const body = { SmileJobID: "0000000001", PartnerParams: { job_id: job, user_id: user, job_type: 1 }, ResultCode: code[0], ResultText: "Enroll User" };
    assert.equal((await web.deliver(forged(headersOf(user, job), body))).status, 202);
    await web.settled(user);
    assert.deepEqual([web.acted(user), web.lookUps - before], [["0840"], 1]);
  }
});

test("job and user may be named in the body alone", async () => {
  await web.quietJob("user-n", "job-in-body");
  assert.equal((await web.deliver(forged({}, { ResultCode: "0840", PartnerParams: { job_id: "job-in-body", user_id: "user-n" } }))).status, 202);
  await web.settled("user-n");
});

test("a webhook that was signed without the partner id's zeros, or long ago, is taken if that is set", async () => {
  const messages = [forged(headersOf("user-z", "job-z"), { result_code: "0840" }, { partnerId: "85" }), forged(headersOf("user-y", "job-y"), { result_code: "0840" }, { secondsAgo: 3_000 })];
  for (const message of messages) assert.equal((await web.deliver(message)).status, 401);
  await web.quietJob("user-z", "job-z");
  await web.quietJob("user-y", "job-y");
  await web.backEnd.stop();
  await web.startAgain({ WEBHOOKS_WITHOUT_ZEROS: "yes", WEBHOOK_MAX_AGE_SECONDS: "3600" });
  for (const message of messages) assert.equal((await web.deliver(message)).status, 202);
  for (const user of ["user-z", "user-y"]) await web.settled(user);
  await web.backEnd.stop();
  await web.startAgain();
});

test("header and body naming different jobs is said, and only what the header's look-up shows is acted on", async () => {
  await web.quietJob("user-o", "job-o");
  await web.quietJob("user-p", "job-p");
  const body = { PartnerParams: { job_id: "job-p", user_id: "user-p" }, ResultCode: "0811" };
  assert.equal((await web.deliver(forged(headersOf("user-o", "job-o"), body))).status, 202);
  await web.settled("user-o");
  assert.deepEqual([web.acted("user-o"), web.acted("user-p")], [["0840"], []]);
  assert.match(web.backEnd.log(), /suspicious, header and body name different jobs or users/);
});

test("the same result in other words is a delivery of its own, and is not acted on again", async () => {
  await web.job("user-w", "job-w");
  await web.settled("user-w");
  const { status } = await web.deliver(forged(headersOf("user-w", "job-w"), ' { "result_code" : "0840" } '));
  assert.equal(status, 202);
  await until("decided", () => web.states().at(-1) === "repeated");
  assert.equal(web.acted("user-w").length, 1);
});

test("a message may name the job by the partner's id or by the service's", async (t) => {
  await web.quietJob("user-ids", "job-ids");
  web.altered = (text) => text.replaceAll(/"job_id":"job-ids"(?=,"result_code")/g, '"job_id":"0000000007"');
  t.after(() => (web.altered = (text) => text));
  for (const job of ["0000000007", "job-ids"]) {
    assert.equal((await web.deliver(forged(headersOf("user-ids", job), { result_code: "0840" }))).status, 202);
    await until("acted on", () => web.acted("user-ids").length > 0);
  }
  await until("both decided", () => web.states().at(-1) === "repeated");
  assert.deepEqual(web.acted("user-ids"), ["0840"]);
});

test("whoever is earlier with another user does not stand in the way of the genuine delivery", async () => {
  const own = await Webhooks.start({ LOOK_UP_PAUSE_MS: "50" });
  await own.quietJob("user-g", "job-g");
  const body = { result_code: "0840" };
  for (const user of ["nobody", "user-g"]) assert.equal((await own.deliver(forged(headersOf(user, "job-g"), body))).status, 202);
  await until("acted on", () => own.acted("user-g").length > 0);
  assert.deepEqual(own.acted("user-g"), ["0840"]);
});

test("the same delivery many times in the same moment is acted on once", async (t) => {
  const release = web.holdCalls(t);
  const before = web.states().length;
  await web.job("user-b", "job-b");
  await until("caught", () => web.caught.length === 1);
  await Promise.all(Array.from({ length: 20 }, () => web.deliver(web.caught[0])));
  release();
  await web.settled("user-b");
  assert.deepEqual(web.states().slice(before), ["received", "acting", "acted", "done"]);
  assert.equal(web.acted("user-b").length, 1);
});

test("a provisional result and the final one are two results of one job", async () => {
  await web.job("user-c", "job-c", { provisional: true, final_after_milliseconds: 500 });
  await until("both", () => web.acted("user-c").length === 2);
  assert.deepEqual(web.acted("user-c"), ["0846", "0840"]);
});

test("a final result whose look-up still shows the provisional one is waited for", async () => {
  await web.job("user-r", "job-r", { provisional: true, final_after_milliseconds: 500, shown_after_milliseconds: 400 });
  await until("both", () => web.acted("user-r").length === 2);
  assert.deepEqual(web.acted("user-r"), ["0846", "0840"]);
});

test("an answer comes at once, also while the look-up does not", async (t) => {
  const release = web.holdCalls(t);
  await web.job("user-d", "job-d");
  await web.answered(1);
  assert.equal(web.acted("user-d").length, 0);
  release();
  await until("acted", () => web.acted("user-d").length === 1);
});

test("a look-up that fails is made again", async () => {
  await web.sandbox.fault("drop_before", { path_contains: "/info" });
  await web.job("user-e", "job-e");
  await until("acted", () => web.acted("user-e").length === 1);
});

test("a signature that comes with another delivery is told", async () => {
  await web.job("user-g", "job-g", { spelling: "flat" });
  await until("acted", () => web.acted("user-g").length === 1);
  const [{ headers, body }] = web.caught;
  assert.equal((await web.deliver({ headers, body: body.replace("Enroll User", "Enrolled") })).status, 202);
  await until("the line", () => web.backEnd.log().includes("suspicious, its signature came with another delivery"));
});

test("a body of 2 MiB is taken, and no larger one", async () => {
  await web.quietJob("user-t", "job-t");
  const { headers } = forged(headersOf("user-t", "job-t"), "");
  const sized = (bytes) => web.deliver({ headers, body: '{"result_code":"0840"}'.padEnd(bytes, " ") });
  for (const bytes of [1_300_000, 2 * 1024 * 1024]) assert.equal((await sized(bytes)).status, 202, bytes);
  assert.equal((await sized(2 * 1024 * 1024 + 1)).status, 413);
  await web.settled("user-t");
});

test("bad signatures are refused, all with the same words", async () => {
  await web.job("user-i", "job-i");
  await until("caught", () => web.caught.length === 1);
  const [{ headers, body }] = web.caught;
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
    const reply = await web.deliver({ headers: changed, body });
    assert.equal(reply.status, 401);
    assert.deepEqual(await reply.json(), { message: "refused" });
  }
  assert.equal((await fetch(`${web.backEnd.url}/webhooks/smile-id`)).status, 404);
});

test("after a restart, and after a crash, nothing is done twice and nothing is forgotten", async (t) => {
  await web.job("user-j", "job-j");
  await until("acted", () => web.acted("user-j").length === 1);

  // Told to stop in the middle of a look-up: it is made by the next process.
  let release = web.holdCalls(t);
  await web.job("user-k", "job-k");
  await web.answered(2);
  assert.equal(await web.backEnd.signal("SIGTERM"), 0);
  assert.equal(web.acted("user-k").length, 0);
  release();
  await web.startAgain();
  await until("acted", () => web.acted("user-k").length === 1);

  // Killed on the spot, which no program can prepare for.
  release = web.holdCalls(t);
  await web.job("user-l", "job-l");
  await web.answered(3);
  await web.backEnd.signal("SIGKILL");
  release();
  await web.startAgain();
  await until("acted", () => web.acted("user-l").length === 1);
  await until("settled", () => web.states().filter((state) => state === "acting").length === web.states().filter((state) => state === "acted").length);

  for (const message of web.caught) assert.equal((await web.deliver(message)).status, 202);
  for (const user of ["user-j", "user-k", "user-l"]) assert.equal(web.acted(user).length, 1, user);
});

test("what was being done when the process ended is told once, listed, and not done again", async () => {
  const folder = temporaryFolder();
  const [delivery, result] = ["a1".repeat(32), "c3".repeat(32)];
  mkdirSync(join(folder, "pending"));
  writeFileSync(join(folder, "pending", `${delivery}.json`), JSON.stringify({ jobId: "job-a", userId: "user-a", resultCode: "0840" }));
  writeFileSync(join(folder, "pending", `${"b2".repeat(32)}.json`), '{"jobId":"jo');
  // The last line was cut off with the power.
  writeFileSync(join(folder, "deliveries.jsonl"), `${JSON.stringify({ delivery, state: "acting", result })}\n{"delivery":"b2b2`);
  for (const told of [true, false]) {
    const other = await startBackEnd(web.sandbox, { DATA_DIR: folder });
    await other.stop();
    assert.equal(other.log().includes("webhook a1a1a1a1a1a1: the process ended while acting on it"), told);
    assert.deepEqual(audit(other), []);
  }
  const { jobId, reason } = JSON.parse(readFileSync(join(folder, "unconfirmed", `${delivery}.json`), "utf8"));
  assert.deepEqual([jobId, reason], ["job-a", "interrupted"]);
});

test("what is kept holds hashes only", async () => {
  const text = readFileSync(join(web.backEnd.dataDir, "deliveries.jsonl"), "utf8");
  for (const line of web.stateLines()) {
    for (const [key, value] of Object.entries(line)) {
      if (["delivery", "pair", "result"].includes(key)) assert.match(value, /^[0-9a-f]{64}$/);
      else assert.ok(["time", "state"].includes(key), key);
    }
  }
  assert.doesNotMatch(text + web.backEnd.log(), /user-[a-z]|job-[a-z]|[A-Za-z0-9+/]{43}=/);
});
