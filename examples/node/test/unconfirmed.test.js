import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, beforeEach, test } from "node:test";
import { fileURLToPath } from "node:url";

import { temporaryFolder, until } from "./support/processes.js";
import { forged, headersOf, Webhooks } from "./support/webhooks.js";

/** How long a job is looked up again here, instead of an hour. */
const FOR_SECONDS = 2;
const settings = { LOOK_UPS_FOR_SECONDS: String(FOR_SECONDS), LOOK_UP_PAUSE_MS: "50" };

let web;
before(async () => {
  web = await Webhooks.start(settings);
});
beforeEach(() => {
  web.caught = [];
});

const command = fileURLToPath(new URL("../unconfirmed.js", import.meta.url));
const run = (...args) =>
  new Promise((done) => {
    execFile(process.execPath, [command, ...args], { env: { PATH: process.env.PATH, DATA_DIR: web.backEnd.dataDir } }, (error, stdout, stderr) => done({ status: error?.code ?? 0, stdout, stderr }));
  });
const listed = async () => (await run()).stdout.split("\n").filter(Boolean).map((line) => JSON.parse(line));
const of = async (user) => (await listed()).filter(({ user_id }) => user_id === user);

test("a webhook that comes seconds before the look-up shows its job is not lost", async () => {
  await web.startAgain({ LOOK_UPS_FOR_SECONDS: "60" });
  const started = Date.now();
  await web.job("user-a", "job-a", { shown_after_milliseconds: 4_000 });
  await web.answered(1);
  assert.deepEqual((await of("user-a")).map(({ reason }) => reason), ["waiting"]);
  await web.settled("user-a");
  assert.ok(Date.now() - started >= 4_000);
  assert.deepEqual([web.acted("user-a"), await of("user-a")], [["0840"], []]);
  await web.backEnd.stop();
  await web.startAgain();
});

test("what no look-up confirms is looked up with growing pauses until its time is over, then listed", async () => {
  const [before, started] = [web.lookUps, Date.now()];
  const message = forged(headersOf("user-b", "job-b"), { result_code: "0840" });
  assert.equal((await web.deliver(message)).status, 202);
  await web.nothingWaits();
  assert.ok(Date.now() - started >= FOR_SECONDS * 1_000);
  // At 0, 50, 100, 200, 400, 800, 1600 and 2000 ms, on a machine that is not too slow.
  assert.ok(web.lookUps - before > 3 && web.lookUps - before <= 9, String(web.lookUps - before));
  const [{ delivery, received, ...line }] = await of("user-b");
  assert.deepEqual(line, { job_id: "job-b", user_id: "user-b", reason: "not_shown" });
  assert.ok(Math.abs(Date.parse(received) - started) < 5_000);
  assert.match(web.backEnd.log(), new RegExp(`webhook ${delivery.slice(0, 12)}: no look-up confirms it \\(not_shown\\); \`node unconfirmed.js\` lists it`));
  const text = readFileSync(join(web.backEnd.dataDir, "unconfirmed", `${delivery}.json`), "utf8");
  assert.ok(!text.includes(message.headers["response-signature"]));

  // A person has dealt with it.
  assert.deepEqual(await run("--done", delivery.slice(0, 12)), { status: 0, stdout: "", stderr: "" });
  assert.deepEqual(await of("user-b"), []);
  assert.equal((await run("--done", delivery)).status, 1);
});

test("its age counts from its receipt, not from a start", async () => {
  await web.startAgain({ LOOK_UPS_FOR_SECONDS: "3600" });
  await web.deliver(forged(headersOf("user-c", "job-c"), { result_code: "0840" }));
  await web.deliver(forged(headersOf("user-d", "job-d"), { result_code: "0840" }));
  await web.backEnd.signal("SIGKILL");
  for (const name of web.pending()) {
    const file = join(web.backEnd.dataDir, "pending", name);
    const claim = JSON.parse(readFileSync(file, "utf8"));
    writeFileSync(file, JSON.stringify({ ...claim, receivedAt: claim.receivedAt - 3_600_000 }));
  }
  // It became visible while the process was away.
  await web.quietJob("user-c", "job-c");
  const before = web.lookUps;
  await web.startAgain({ LOOK_UPS_FOR_SECONDS: "3600" });
  await web.nothingWaits();
  assert.equal(web.lookUps - before, 2);
  assert.deepEqual(web.acted("user-c"), ["0840"]);
  assert.deepEqual((await of("user-d")).map(({ reason }) => reason), ["not_shown"]);
  await web.backEnd.stop();
  await web.startAgain();
});

test("while the service can't be asked, nothing is given up, however long it takes", async () => {
  await web.quietJob("user-e", "job-e");
  await web.sandbox.fault("status", { status: 503, path_contains: "/info", times: 9 });
  await web.deliver(forged(headersOf("user-e", "job-e"), { result_code: "0840" }));
  await new Promise((done) => setTimeout(done, FOR_SECONDS * 1_000 + 500));
  assert.equal((await of("user-e"))[0]?.reason ?? "acted", web.acted("user-e").length > 0 ? "acted" : "waiting");
  await web.sandbox.control("DELETE", "faults");
  await web.settled("user-e");
});

test("a body that no look-up confirms does nothing, however genuine its signature", async () => {
  await web.job("user-f", "job-f");
  await web.settled("user-f");
  const headers = headersOf("user-f", "job-f");
  const before = (await listed()).length;
  const messages = [
    // What they are about was acted on; the others are for a person.
    ["repeated", forged(headers, { job_id: "job-f", user_id: "user-a", result_code: "0810" })],
    ["repeated", forged(headers, "not JSON")],
    ["repeated", forged(headers, { __proto__: null, result_code: ["0840"] })],
    ["repeated", forged(headers, { result_code: "0810", ResultCode: "0840" })],
    ["other_result", forged(headers, { job_id: "job-f", user_id: "user-f", result_code: "0810" })],
    ["not_shown", forged(headersOf("user-f", "job-x"), { job_id: "job-x", user_id: "user-f", result_code: "0840" })],
    ["not_shown", forged(headersOf("nobody", "job-f"), { job_id: "job-f", user_id: "nobody", result_code: "0840" })],
    ["names_nobody", forged({}, "[]")],
    ["names_nobody", forged({ "job-id": "job-f" }, { result_code: "0840" })],
  ];
  for (const [, message] of messages) assert.equal((await web.deliver(message)).status, 202);
  await web.nothingWaits();
  const reasons = (await listed()).slice(before).map(({ reason }) => reason);
  assert.deepEqual(reasons.sort(), messages.map(([reason]) => reason).filter((reason) => reason !== "repeated").sort());
  assert.deepEqual([web.acted("user-f"), web.acted("nobody")], [["0840"], []]);
});

test("what a body says beside job and user is not acted on", async () => {
  await web.quietJob("user-q", "job-q");
  assert.equal((await web.deliver(forged(headersOf("user-q", "job-q"), { result_code: "0810" }))).status, 202);
  await web.nothingWaits();
  assert.deepEqual([web.acted("user-q"), (await of("user-q"))[0].reason], [["0840"], "other_result"]);
});

test("a body as large as its sender likes is not kept until a look-up", async () => {
  const text = "0".repeat(500_000);
  assert.equal((await web.deliver(forged({ "job-id": "job-g" }, { user_id: text }))).status, 202);
  await web.nothingWaits();
  assert.ok((await listed()).every((line) => JSON.stringify(line).length < 500));
});

test("one signature can't start any number of look-ups", async (t) => {
  const release = web.holdCalls(t);
  const { headers } = forged(headersOf("user-n", "job-n"), "");
  const answers = [];
  for (let n = 0; n < 102; n += 1) answers.push((await web.deliver({ headers, body: JSON.stringify({ n }) })).status);
  assert.deepEqual([answers.filter((status) => status === 202).length, answers.slice(100)], [100, [429, 429]]);
  // What was taken may come again.
  assert.equal((await web.deliver({ headers, body: JSON.stringify({ n: 0 }) })).status, 202);
  release();
  await web.nothingWaits();
});

test("a message that came too early does not make the genuine one a repetition", async () => {
  await web.job("user-m", "job-m", { spelling: "flat" });
  await web.settled("user-m");
  const body = web.caught[0].body.replaceAll("job-m", "job-h").replaceAll("user-m", "user-h");
  await web.deliver(forged(headersOf("user-h", "job-h"), body));
  await web.nothingWaits();
  assert.deepEqual([web.acted("user-h"), (await of("user-h")).length], [[], 1]);
  await web.job("user-h", "job-h", { spelling: "flat" });
  await until("acted", () => web.acted("user-h").length === 1);
  assert.equal(web.caught[1].body, body);
  // What has come true is nobody's business any more.
  assert.deepEqual(await of("user-h"), []);
});

test("the list of a folder that no server used is empty, and wrong use is one line", async () => {
  const { stdout } = await run("--help");
  assert.match(stdout, /not_shown[^]*other_result[^]*interrupted[^]*--done HASH/);
  assert.deepEqual(await run("--all"), { status: 2, stdout: "", stderr: "unconfirmed.js: --help says how it is used\n" });
  const empty = temporaryFolder();
  const lines = await new Promise((done) => execFile(process.execPath, [command], { env: { DATA_DIR: empty } }, (error, out, errors) => done([error, out, errors])));
  assert.deepEqual(lines, [null, "", ""]);
});
