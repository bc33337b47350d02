// The built package in a real browser, under a strict Content-Security-Policy: what Node can't show.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { POLICY, serve, startChromium } from "./support/chromium.mjs";
import { filesOf } from "./support/files.mjs";

const PAGE = { type: "text/html", body: "<!doctype html><meta charset=utf-8><title>enrollkit</title>" };

/** Runs in a page or a worker: what becomes of a key there. */
const KEY_HERE = `
  const options = { partnerId: "085", environment: "sandbox", operator: "ops@bank.example", apiKey: "not-a-real-key" };
  const refused = (() => { try { new SmileId(options); } catch (error) { return error.toJSON(); } })();
  const allowed = new SmileId({ ...options, dangerouslyAllowBrowser: true }).reEnroll("user-42").operation;
  const relayed = new SmileIdRelay("/api/smile").reEnroll("user-42").url;
`;
const HERE = `import { SmileId, SmileIdRelay } from "/dist/index.js"; ${KEY_HERE} export default { refused, allowed, relayed };`;
const WORKER = `import("/dist/index.js").then(({ SmileId, SmileIdRelay }) => { ${KEY_HERE} postMessage({ refused, allowed, relayed }); });`;

describe("in Chromium", { timeout: 120_000 }, () => {
  /** A page of a fresh origin; everything that it logs as an error is one of the test. */
  async function open(t, routes = {}, headers = {}) {
    const browser = await startChromium(t);
    if (browser === undefined) return undefined;
    const origin = await serve(t, { "/": { ...PAGE, headers }, "/favicon.ico": { status: 204 }, ...routes });
    const page = await browser.newPage();
    const errors = [];
    page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
    page.on("pageerror", (error) => errors.push(String(error)));
    await page.goto(origin);
    return { page, origin, errors };
  }

  for (const [entry, runner, run] of [["index", "vectors", "runAll"], ["page", "page_vectors", "runPage"]]) {
    test(`every vector holds: ${entry}.js`, async (t) => {
      const files = filesOf("vectors");
      const opened = await open(t, { "/vectors.json": { body: JSON.stringify(files) } });
      if (opened === undefined) return;
      const { counts, failures } = await opened.page.evaluate(
        async ([entry, runner, run]) => {
          const [enrollkit, vectors] = await Promise.all([import(`/dist/${entry}.js`), import(`/test/support/${runner}.mjs`)]);
          return vectors[run](enrollkit, await (await fetch("/vectors.json")).json());
        },
        [entry, runner, run],
      );
      for (const [kind, count] of Object.entries(counts)) t.diagnostic(`${kind}: ${count}`);
      assert.deepEqual(failures, []);
      assert.ok(counts.read > 0);
      assert.deepEqual(opened.errors, []);
    });
  }

  for (const [where, kind] of [["a page"], ["a worker", "classic"], ["a module worker", "module"]]) {
    test(`an API key in ${where} is refused`, async (t) => {
      const opened = await open(t, { "/worker.js": { body: WORKER }, "/here.js": { body: HERE } });
      if (opened === undefined) return;
      const seen = await opened.page.evaluate(
        async (kind) => {
          if (kind === undefined) return (await import("/here.js")).default;
          const worker = new Worker("/worker.js", { type: kind });
          return new Promise((resolve, reject) => {
            worker.onmessage = ({ data }) => resolve(data);
            worker.onerror = (event) => reject(new Error(event.message));
          });
        },
        kind,
      );
      const [violation] = seen.refused.violations;
      assert.deepEqual([seen.refused.code, violation.path, violation.code], ["invalid_input", "apiKey", "api_key_in_browser"]);
      assert.match(violation.message, /use SmileIdRelay\./);
      assert.deepEqual([seen.allowed, seen.relayed], ["smile_id.re_enroll", "/api/smile"]);
    });
  }

  test("the browser's own fetch sends a call", async (t) => {
    const asked = [];
    const outcome = { operation: "smile_id.deactivate", status: 200, acknowledgement: "stated" };
    const opened = await open(t, {
      "/api/smile": ({ method, headers, body }) => {
        asked.push([method, headers["content-type"], body.toString(), headers.referer]);
        return { type: "application/json", body: JSON.stringify({ outcome }) };
      },
      "/redirects": { status: 307, headers: { Location: "/elsewhere" } },
      "/elsewhere": () => assert.fail("a redirect was followed"),
    });
    if (opened === undefined) return;
    const seen = await opened.page.evaluate(async () => {
      const { send, SmileIdRelay, isEnrollkitError, isLossy, rawBody } = await import("/dist/page.js");
      const smile = new SmileIdRelay("/api/smile");
      const sent = await send(smile.deactivate("user-42"));
      const call = smile.deactivate("user-42");
      const reply = await fetch(call.url, { ...call, signal: AbortSignal.timeout(10_000) });
      const read = call.read(reply.status, await reply.arrayBuffer(), reply.headers);
      const errorOf = (promise) => promise.then(() => undefined, (error) => (isEnrollkitError(error) ? error.toJSON() : String(error)));
      return {
        sent,
        read,
        details: [isLossy(read), rawBody(read).length],
        redirected: await errorOf(send(new SmileIdRelay("/redirects").deactivate("user-42"))),
        lost: await errorOf(send(new SmileIdRelay("http://localhost:1/").deactivate("user-42"))),
        aborted: await errorOf(send(smile.deactivate("user-42"), fetch, { signal: AbortSignal.abort() })),
      };
    });
    assert.deepEqual([seen.sent, seen.read, seen.details], [outcome, outcome, [false, 0]]);
    const body = '{"action":"smile_id.deactivate","user_id":"user-42"}';
    assert.deepEqual(asked[0], ["POST", "application/json", body, undefined]);
    assert.deepEqual(asked[1].slice(0, 3), asked[0].slice(0, 3));
    assert.equal(asked.length, 2);
    assert.deepEqual([seen.redirected.kind, seen.redirected.status], ["redirected", 0]);
    // A page can't tell what came of it, unless it was stopped before it began.
    assert.deepEqual([seen.lost.code, seen.lost.not_sent, seen.lost.outcome_unknown], ["no_response", false, true]);
    assert.deepEqual([seen.aborted.code, seen.aborted.not_sent, seen.aborted.outcome_unknown], ["no_response", true, false]);
  });

  test("a policy without 'wasm-unsafe-eval' is named by the error", async (t) => {
    const opened = await open(t, {}, { "Content-Security-Policy": POLICY.replace(" 'wasm-unsafe-eval'", "") });
    if (opened === undefined) return;
    const seen = await opened.page.evaluate(async () => {
      const { init, SmileIdRelay } = await import("/dist/page.js");
      const used = (() => { try { new SmileIdRelay("/api/smile"); } catch (error) { return error.message; } })();
      return [used, await init().catch((error) => error.message)];
    });
    for (const message of seen) assert.match(message, /wasm-unsafe-eval|Content Security Policy/);
  });

  test("slim takes the WebAssembly from an address", async (t) => {
    const opened = await open(t);
    if (opened === undefined) return;
    const url = await opened.page.evaluate(async () => {
      const { init, SmileIdRelay } = await import("/dist/page_slim.js");
      await init("/dist/page.wasm");
      return new SmileIdRelay("/api/smile").reEnroll("user-42").url;
    });
    assert.equal(url, "/api/smile");
    assert.deepEqual(opened.errors, []);
  });
});
