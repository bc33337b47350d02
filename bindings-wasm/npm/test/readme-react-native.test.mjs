// Every block of REACT_NATIVE.md runs, with the file that an app gets.

import assert from "node:assert/strict";
import { after, describe, test } from "node:test";

import { serve, startChromium } from "./support/chromium.mjs";
import { moduleOf, taken } from "./support/readme.mjs";

const { block, left } = taken("REACT_NATIVE.md");
const inApp = (name) => import(`data:text/javascript,${encodeURIComponent(moduleOf(block(name), () => import.meta.resolve("enrollkit/page/js")))}`);

describe("REACT_NATIVE.md", { timeout: 120_000 }, () => {
  after(() => assert.deepEqual(left(), [], "blocks that no test runs"));

  test("app: a relay behind a session", async (t) => {
    const { deactivate } = await inApp("app");
    const asked = [];
    const outcome = { operation: "smile_id.deactivate", status: 200, acknowledgement: "stated" };
    const answers = [() => new Response(JSON.stringify({ outcome })), () => new Response("<html></html>"), () => Promise.reject(new TypeError("Network request failed"))];
    t.mock.method(globalThis, "fetch", async (url, { method, headers, body }) => {
      asked.push([url, method, headers.Authorization, body]);
      return answers.shift()();
    });
    assert.equal(await deactivate("user-42", "token"), "Deactivated.");
    assert.deepEqual(asked, [["https://bank.example/api/smile", "POST", "Bearer token", '{"action":"smile_id.deactivate","user_id":"user-42"}']]);
    for (const _ of [...answers]) assert.equal(await deactivate("user-42", "token"), "It may have happened: look the user up.");
    assert.match(await deactivate("", "token"), /user_id is required/);
  });

  test("app-form: what is wrong with what was typed", async () => {
    const { mistakes } = await inApp("app-form");
    assert.deepEqual(mistakes({ name: "jdoe", email: "jdoe@bank.example", country: "" }), {});
    assert.deepEqual(Object.keys(mistakes({ name: "", email: "nobody", groupId: "admins" })).sort(), ["email", "groupId", "name"]);
  });

  test("lockdown: a page with WebAssembly, and one without", async (t) => {
    const code = moduleOf(block("lockdown").replaceAll(/import\("([^"]+)"\)/g, (_, name) => `import("/dist/${name === "enrollkit/page" ? "page" : "page_js"}.js")`), (name) => name);
    const browser = await startChromium(t);
    if (browser === undefined) return;
    const origin = await serve(t, { "/": { type: "text/html", body: "<!doctype html><meta charset=utf-8>" }, "/lockdown.js": { body: code } });
    for (const without of [false, true]) {
      const page = await browser.newPage();
      const files = [];
      page.on("request", (request) => files.push(new URL(request.url()).pathname));
      await page.goto(origin);
      const body = await page.evaluate(async (without) => {
        if (without) delete globalThis.WebAssembly;
        const { SmileIdRelay } = await import("/lockdown.js");
        return new SmileIdRelay("/api/smile").reEnroll("user-42").body;
      }, without);
      assert.equal(body, '{"action":"smile_id.re_enroll","user_id":"user-42"}');
      assert.equal(files.includes("/dist/plain.js"), without);
      await page.close();
    }
  });
});
