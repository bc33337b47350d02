// Every block of the README runs: against the sandbox where it sends, in Chromium where it is a page's.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { outcomeText, parseOutcome, relay, signature } from "enrollkit";

import { serve, startChromium } from "./support/chromium.mjs";
import { blocksOf, moduleOf, runInNode, taken } from "./support/readme.mjs";
import { WORKSPACE } from "./support/files.mjs";
import { SANDBOX_KEY, startSandbox } from "./support/sandbox.mjs";

const { block, left } = taken("README.md");

/** What the service's own hosts are in the README, the sandbox is here. */
const HOSTS = ["https://portal.smileidentity.com", "https://id.bank.example"];

describe("the README", { timeout: 120_000 }, () => {
  let sandbox;
  const realFetch = globalThis.fetch;

  before(async () => {
    sandbox = await startSandbox(["--user", "user-42", "--organization", "Acme Bank", "--keep-bodies"]);
    process.env.SMILE_ID_API_KEY = SANDBOX_KEY;
    globalThis.fetch = (url, init) => realFetch(HOSTS.reduce((text, host) => text.replace(host, sandbox.url), String(url)), init);
  });

  after(async () => {
    globalThis.fetch = realFetch;
    await sandbox.stop();
    assert.deepEqual(left(), [], "blocks that no test runs");
  });

  const ORIGIN = "https://app.bank.example";
  const OPERATOR = { role: "operator", email: "ops@bank.example" };
  const post = (body, headers = {}) =>
    new Request(`${ORIGIN}/api/smile`, { method: "POST", body, headers: { Origin: ORIGIN, "Content-Type": "application/json", ...headers } });
  const INTENT = '{"action":"smile_id.deactivate","user_id":"user-42"}';

  test("smile: signs and sends what the policy allows, and only that", async () => {
    const { smileRoute } = await runInNode(block("smile"));
    const answer = async (request, session = OPERATOR) => {
      const reply = await smileRoute(request, session);
      assert.equal(reply.headers.get("cache-control"), "no-store");
      return [reply.status, await reply.json()];
    };
    for (const type of ["application/json", "application/json; charset=utf-8", "Application/JSON;charset=UTF-8"]) {
      const [status, { outcome }] = await answer(post(INTENT, { "Content-Type": type }));
      assert.deepEqual([status, outcome.operation, outcome.acknowledgement], [200, "smile_id.deactivate", "stated"], type);
    }
    for (const session of [null, { role: "guest" }]) {
      const [status, { error }] = await answer(post(INTENT), session);
      assert.deepEqual([status, error.kind], [403, "refused_by_policy"]);
    }
    const deletion = '{"action":"smile_id.delete_permanently","user_id":"user-42","confirm":"user-42"}';
    assert.equal((await answer(post(deletion)))[0], 403);
    assert.deepEqual((await answer(post('{"action":"smile_id.deactivate"}')))[1].error.violations[0].path, "user_id");
    assert.equal((await answer(post('{"action":"smile_id.deactivate","user_id":"nobody"}')))[0], 502);
    const { users } = JSON.parse(await sandbox.control("GET", "/users"));
    assert.ok(users.every(({ deleted }) => deleted !== true));
  });

  test("smile: looks at its own pages' requests only, and at an app's where that is said", async () => {
    const { rules, smileRoute } = await runInNode(block("smile"));
    const app = () => new Request(`${ORIGIN}/api/smile`, { method: "POST", body: INTENT, headers: { "Content-Type": "application/json" } });
    for (const [request, status] of [
      [post(INTENT, { Origin: "https://evil.example" }), 403],
      [post(INTENT, { Origin: "null" }), 403],
      [app(), 403],
      [post(INTENT, { "Content-Type": "text/plain" }), 415],
      [new Request(`${ORIGIN}/api/smile`, { headers: { Origin: ORIGIN } }), 405],
    ]) {
      const reply = await smileRoute(request, OPERATOR);
      assert.equal(reply.status, status);
      assert.equal(typeof (await reply.json()).message, "string");
    }
    assert.equal(relay.routeRefusal(app(), { ...rules, allowNoOrigin: true }), undefined);
    assert.equal(relay.routeRefusal(post(INTENT, { Origin: "https://evil.example" }), { ...rules, allowNoOrigin: true })?.status, 403);
  });

  test("server-set: what was typed stays, the back end adds its own", async () => {
    const { signUpCall } = await runInNode(block("server-set"));
    const user = { name: "jane", organisationName: "Acme Bank", userAppearance: {}, userAttribute: {}, userAddress: {}, userBiometrics: [], userIDProofDocuments: {}, userEnrollmentHistoryList: [] };
    const call = (more) => signUpCall(JSON.stringify({ action: "unifyia.sign_up", user: { ...user, ...more } }));
    assert.deepEqual(JSON.parse(call({}).body), { ...user, userStatus: "Active" });
    assert.throws(() => call({ userStatus: "Admin" }), { code: "invalid_input" });
    assert.throws(() => call({ organisationName: "Other Bank" }), /not this form/);
  });

  test("server: a lost answer is looked up, not sent again", async () => {
    const { deactivate } = await runInNode(block("server"));
    assert.equal(await deactivate("user-42"), "in_effect");
    for (const [fault, found] of [["drop_after", "in_effect"], ["empty", "in_effect"]]) {
      await sandbox.control("POST", "/faults", JSON.stringify({ fault, times: 1 }));
      assert.equal(await deactivate("user-42"), found, fault);
    }
    await assert.rejects(deactivate("nobody"), { kind: "user_not_found" });
    await assert.rejects(deactivate(42), { code: "invalid_input" });
  });

  test("queue: no digit is lost", async () => {
    const { accept, refreshBranding, work } = await runInNode(block("queue"));
    const user = `{"name":"queued","organisationName":"Acme Bank","id":9007199254740993,"userAppearance":{"scale":1.10},"userAttribute":{},
      "userAddress":{},"userBiometrics":[],"userIDProofDocuments":{},"userEnrollmentHistoryList":[]}`;
    const jobs = [];
    await accept(`{"action":"unifyia.sign_up","user":${user}}`, async (job) => jobs.push(job));
    assert.match(jobs[0], /"id":9007199254740993.*"scale":1\.10/);
    const stored = await work(jobs[0]);
    const { sign_ups: signUps } = JSON.parse(await sandbox.control("GET", "/sign_ups"));
    assert.match(JSON.stringify(signUps.at(-1)), /9007199254740993.*1\.10/);
    const again = parseOutcome(stored);
    assert.deepEqual([again.operation, again.acknowledgement, outcomeText(again)], ["unifyia.sign_up", "stated", stored]);
    await refreshBranding(async (job) => jobs.push(job));
    assert.equal(parseOutcome(await work(jobs[1])).operation, "unifyia.branding");
    await sandbox.control("POST", "/reset");
  });

  const DOCUMENTED = '{"SmileJobID":"0000000001","PartnerParams":{"job_id":"job-1","user_id":"user-42","job_type":1},"ResultCode":"0840","ResultText":"Enroll User"}';

  test("webhook: a genuine one is kept once, any other is refused", async (t) => {
    const { receive } = await runInNode(block("webhook"));
    const kept = new Map();
    const deliver = async (headers, body = DOCUMENTED) => {
      const request = new Request(ORIGIN, { method: "POST", body, headers: { "User-ID": "user-42", "Job-ID": "job-1", ...headers } });
      return receive(request.headers, await request.arrayBuffer(), async (key, job) => kept.has(key) || kept.set(key, job));
    };
    const at = new Date().toISOString();
    const genuine = { "Response-Timestamp": at, "Response-Signature": signature(SANDBOX_KEY, at, "085") };
    assert.deepEqual([await deliver(genuine), await deliver(genuine)], [202, 202]);
    assert.deepEqual([...kept.values()], [{ jobId: "job-1", userId: "user-42", resultCode: "0840", idsDiffer: false }]);
    assert.equal(await deliver(genuine, '{"job_id":"job-2","result_code":840}'), 202);
    assert.deepEqual([...kept.values()].at(-1), { jobId: "job-1", userId: "user-42", resultCode: "0840", idsDiffer: true });
    const warned = t.mock.method(console, "warn", () => {});
    assert.equal(await deliver({ ...genuine, "Response-Signature": signature("another-key", at, "085") }), 401);
    assert.equal(await deliver({}), 401);
    const said = warned.mock.calls.map((call) => call.arguments[0]);
    for (const [at, reason] of ["mismatch", "malformed"].entries()) assert.match(said[at], new RegExp(`signature_refused.*${reason}`));
    assert.equal(kept.size, 2);
  });

  test("raw: steps and query are percent-encoded", async (t) => {
    const asked = [];
    t.mock.method(globalThis, "fetch", async (url) => {
      asked.push(url);
      return new Response("[]", { headers: { "Content-Type": "application/json" } });
    });
    const { findGroup } = await runInNode(block("raw"));
    assert.deepEqual(await findGroup("a&b"), []);
    assert.deepEqual(asked, ["https://id.bank.example/organizations/Acme%20Bank/groups?name=a%26b&status=Active&status=Pending"]);
  });

  test("errors: what its comments say", async (t) => {
    const logged = t.mock.method(console, "log", () => {});
    await runInNode(block("errors"));
    const [[violations], [again], [first]] = logged.mock.calls.map((call) => call.arguments);
    assert.deepEqual([violations.length, violations[0].path, violations[0].code], [1, "confirm", "mismatch"]);
    assert.match(violations[0].message, /^must be /);
    assert.deepEqual([again, first], [true, { path: "name", code: "required", message: "is required" }]);
  });

  test("bigint: what its comments say", async (t) => {
    const logged = t.mock.method(console, "log", () => {});
    const code = block("bigint").replace(/^checkUser/gm, "globalThis.readme.push(checkUser").replace(/\}\); \/\//g, "})); //");
    globalThis.readme = [];
    await runInNode(code);
    const [fine, refused] = globalThis.readme.map((violations) => violations.filter(({ path }) => path === "id").map((one) => one.code));
    assert.deepEqual([fine, refused], [[], ["out_of_range"]]);
    assert.deepEqual(logged.mock.calls[0].arguments, [9007199254740993n]);
  });

  test("init: there is nothing to wait for, and waiting is no error", async () => {
    const { smile } = await runInNode(block("init"), "export { smile };");
    assert.equal(smile.reEnroll("user-42").url, "/api/smile");
  });

  /** A page that holds `html`, and runs a block and what is said to follow it; its routes are the README's own. */
  async function open(t, name, html, routes, then = "") {
    const code = block(name);
    const browser = await startChromium(t);
    if (browser === undefined) return undefined;
    const here = (module) => ({ "enrollkit/page": "/dist/page.js", "enrollkit/page/slim": "/dist/page_slim.js" })[module];
    const exported = `${code.replaceAll(/^const (?=smile|\{ enrolledUser)/gm, "export const ")}\n${then}`;
    const body = `<!doctype html><meta charset=utf-8><title>README</title>${html}<script type=module src=/block.js></script>`;
    const origin = await serve(t, { "/": { type: "text/html", body }, "/block.js": { body: moduleOf(exported, here) }, "/favicon.ico": { status: 204 }, ...routes });
    const page = await browser.newPage();
    const errors = [];
    page.on("pageerror", (error) => errors.push(String(error)));
    await page.goto(origin, { waitUntil: "networkidle" });
    t.after(() => assert.deepEqual(errors, []));
    return page;
  }

  /** The README's route as one of this page's server: what a proxy before it would tell of the page is filled in. */
  async function smileRoute(session) {
    const { smileRoute } = await runInNode(block("smile"));
    return async ({ body, headers }) => {
      const reply = await smileRoute(post(body, { "Content-Type": headers["content-type"] }), session);
      return { status: reply.status, type: "application/json", body: await reply.text() };
    };
  }

  test("page: the user is deactivated, through the README's own route", async (t) => {
    const page = await open(t, "page", "", { "/api/smile": await smileRoute(OPERATOR) });
    if (page === undefined) return;
    const told = (userId) => page.evaluate(async (userId) => (await import("/block.js")).deactivate(userId), userId);
    const after = async (fault, times = 1) => {
      await sandbox.control("POST", "/faults", JSON.stringify({ fault, times }));
      return await told("user-42");
    };
    // Whatever the answer is, a look-up tells.
    await sandbox.control("POST", "/reset");
    assert.equal(await after("drop_before"), "Not deactivated. You may try again.");
    assert.equal(await told("user-42"), "Deactivated.");
    for (const fault of ["empty", "html", "drop_after"]) assert.equal(await after(fault), "Deactivated.", fault);
    assert.equal(await after("drop_before", 2), "It may have happened: look the user up before you try again.");
    assert.match(await told(""), /user_id/);
    assert.equal(await told("nobody"), "Refused: user_not_found");
  });

  test("page: a policy's no", async (t) => {
    const page = await open(t, "page", "", { "/api/smile": await smileRoute({ role: "guest" }) });
    if (page === undefined) return;
    assert.equal(await page.evaluate(async () => (await import("/block.js")).deactivate("user-42")), "Refused: refused_by_policy");
  });

  test("own-fetch: the answer is read", async (t) => {
    const page = await open(t, "own-fetch", "", { "/api/smile": await smileRoute(OPERATOR) });
    if (page === undefined) return;
    const { enrolledUser, history } = await page.evaluate(() => import("/block.js"));
    assert.deepEqual([enrolledUser.deleted, Array.isArray(history)], [false, true]);
  });

  test("form: messages while one types, then a sign-up", async (t) => {
    const html = "<form id=sign-up><input name=name><input name=email><input name=groupId><button>Sign up</button><output></output></form>";
    const { parseIntent, send, Unifyia } = await import("enrollkit");
    const unifyia = new Unifyia({ baseUrl: HOSTS[1] });
    const routes = {
      "/api/unifyia": async ({ body: intent }) => {
        const outcome = await send(unifyia.call(parseIntent(intent, { selfService: true })));
        return { ...relay.answer({ outcome }), type: "application/json" };
      },
    };
    const then = 'const form = document.querySelector("form");\nsignUpForm(form, (text) => (form.querySelector("output").value = text));';
    const page = await open(t, "form", html, routes, then);
    if (page === undefined) return;
    const message = (name) => page.$eval(`[name=${name}]`, (field) => field.validationMessage);
    await page.fill("[name=email]", "nobody");
    assert.deepEqual([await message("name"), await message("email")], ["is required", "must be an e-mail address"]);
    await page.fill("[name=groupId]", "admins");
    assert.match(await message("groupId"), /is set by the organization/);
    await page.fill("[name=groupId]", "");
    await page.fill("[name=name]", "jane");
    await page.fill("[name=email]", "jane@home.example");
    assert.deepEqual(await Promise.all(["name", "email", "groupId"].map(message)), ["", "", ""]);
    await page.click("button");
    await page.waitForFunction(() => document.querySelector("output").value === "Welcome!");
    const { sign_ups: signUps } = JSON.parse(await sandbox.control("GET", "/sign_ups"));
    assert.equal(signUps.length, 1);
  });

  test("slim: from an address", async (t) => {
    const { readFileSync } = await import("node:fs");
    const wasm = readFileSync(new URL(import.meta.resolve("enrollkit/page.wasm")));
    const page = await open(t, "slim", "", { "/assets/page.wasm": { type: "application/wasm", body: wasm } });
    if (page === undefined) return;
    const url = await page.evaluate(async () => (await import("/block.js")).smile.reEnroll("user-42").url);
    assert.equal(url, "/api/smile");
  });
});

test("the workspace's README shows blocks of this one", () => {
  const shown = [...readFileSync(join(WORKSPACE, "README.md"), "utf8").matchAll(/^```js\n([^]*?)^```$/gm)].map(([, code]) => code);
  assert.ok(shown.length > 0);
  const blocks = [...blocksOf("README.md").values()].map(({ code }) => code);
  for (const code of shown) assert.ok(blocks.includes(code), `a block that no test runs:\n${code}`);
});
