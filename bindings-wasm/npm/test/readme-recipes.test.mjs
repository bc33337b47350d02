// Every block of RECIPES.md runs: mounted in its framework, in Chromium, behind a proxy, against the sandbox by another name.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { connect } from "node:net";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { isNoResponse, signature } from "enrollkit";
import fastify from "fastify";
import { Agent, buildConnector, fetch as fetchWith } from "undici";

import { serve, startChromium } from "./support/chromium.mjs";
import { PACKAGE } from "./support/files.mjs";
import { blocksOf, moduleOf, project, taken } from "./support/readme.mjs";
import { SANDBOX_KEY, startSandbox } from "./support/sandbox.mjs";

const SERVICE = "https://portal.smileidentity.com";
const ORIGIN = "https://app.bank.example";
const INTENT = '{"action":"smile_id.deactivate","user_id":"user-42"}';
const OPERATOR = { Origin: ORIGIN, "Content-Type": "application/json; charset=utf-8", Cookie: "session=operator" };
const { block, left } = taken("RECIPES.md");

describe("the recipes", { timeout: 120_000 }, () => {
  const realFetch = globalThis.fetch;
  let sandbox, files;

  before(async () => {
    sandbox = await startSandbox(["--user", "user-42"]);
    process.env.SMILE_ID_API_KEY = SANDBOX_KEY;
    globalThis.fetch = (url, init) => realFetch(String(url).replace(SERVICE, sandbox.url), init);
    const pages = ["README.md", "RECIPES.md"].flatMap((page) => [...blocksOf(page)]);
    files = project(Object.fromEntries(pages.map(([name, { code }]) => [`${name}.js`, code])));
  });

  after(async () => {
    globalThis.fetch = realFetch;
    files.remove();
    await sandbox.stop();
    assert.deepEqual(left(), [], "blocks that no test runs");
  });

  /** The module of a block, which is then one that a test has run. */
  const load = (name) => (block(name), files.load(`${name}.js`));

  /** What a framework must do with the README's routes. `ask` is its server's `fetch`. */
  async function checkRoutes(t, ask) {
    const post = async (headers, body = INTENT) => {
      const reply = await ask("/api/smile", { method: "POST", headers, body });
      return [reply.status, await reply.json(), reply.headers];
    };
    const [status, { outcome }, headers] = await post(OPERATOR);
    assert.deepEqual([status, outcome.acknowledgement], [200, "stated"]);
    assert.equal(headers.get("cache-control"), "no-store");
    assert.match(headers.get("content-type"), /^application\/json(;|$)/);
    for (const [changed, expected] of [
      [{ Origin: "https://evil.example" }, 403],
      [{ Origin: undefined }, 403],
      [{ "Content-Type": "text/plain" }, 415],
    ]) {
      const given = Object.entries({ ...OPERATOR, ...changed }).filter(([, value]) => value !== undefined);
      const [status, { message }] = await post(Object.fromEntries(given));
      assert.deepEqual([status, typeof message], [expected, "string"], JSON.stringify(changed));
    }
    for (const cookie of ["session=guest", "none"]) {
      const [status, { error }] = await post({ ...OPERATOR, Cookie: cookie });
      assert.deepEqual([status, error.kind], [403, "refused_by_policy"]);
    }
    for (const body of ["", "{", '{"action":"smile_id.deactivate"}']) {
      assert.equal((await post(OPERATOR, body))[1].error.code, "invalid_input", body);
    }
    await checkWebhook(t, ask);
  }

  async function checkWebhook(t, ask) {
    const { stored } = await files.load("jobs.js");
    stored.clear();
    t.mock.method(console, "warn", () => {});
    const at = new Date().toISOString();
    const genuine = { "Response-Timestamp": at, "Response-Signature": signature(SANDBOX_KEY, at, "085"), "Job-ID": "job-1", "User-ID": "user-42" };
    const deliver = async (headers, body) => {
      const reply = await ask("/webhooks/smile-id", { method: "POST", headers: { "Content-Type": "application/json", ...headers }, body });
      await reply.arrayBuffer();
      return reply.status;
    };
    // The documented body, as large as what is let through.
    const long = (bytes) => {
      const [start, end] = ['{"SmileJobID":"0000000001","PartnerParams":{"job_id":"job-1","user_id":"user-42","job_type":1},"ResultCode":"0840","ResultText":"', '"}'];
      return start + "x".repeat(bytes - start.length - end.length) + end;
    };
    const whole = long(2 * 1024 * 1024);
    assert.deepEqual([await deliver(genuine, whole), await deliver(genuine, whole)], [202, 202]);
    assert.deepEqual([...stored.values()], [{ jobId: "job-1", userId: "user-42", resultCode: "0840", idsDiffer: false }]);
    assert.equal(await deliver({ ...genuine, "Content-Type": "text/plain" }, long(200)), 202);
    assert.equal(await deliver({ ...genuine, "Response-Signature": signature("another-key", at, "085") }, whole), 401);
    assert.deepEqual([await deliver({}, whole), await deliver({}, "")], [401, 401]);
    assert.equal(stored.size, 2);
  }

  /** The `fetch` of a server of Node's. */
  const asker = (server, t) => {
    t.after(() => server.closeAllConnections());
    return (path, init) => realFetch(`http://127.0.0.1:${server.address().port}${path}`, init);
  };
  /** The `fetch` of a handler that takes a `Request`. */
  const handed = (handle) => async (path, init) => handle(new Request(`https://back.bank.example${path}`, init));

  const tooLong = async (ask) => {
    const reply = await ask("/webhooks/smile-id", { method: "POST", headers: { "Content-Type": "application/json" }, body: "x".repeat(2 * 1024 * 1024 + 1) });
    assert.equal(reply.status, 413);
  };

  test("Express", async (t) => {
    const { app } = await load("express_app");
    // It would print what it refuses.
    app.set("env", "test");
    const server = await new Promise((resolve) => {
      const listening = app.listen(0, "127.0.0.1", () => resolve(listening));
    });
    t.after(() => server.close());
    await checkRoutes(t, asker(server, t));
    await tooLong(asker(server, t));
  });

  test("Fastify", async (t) => {
    const { enrollment } = await load("fastify_plugin");
    const app = fastify();
    app.register(enrollment);
    app.post("/other", async (request) => request.body);
    await app.listen({ host: "127.0.0.1", port: 0 });
    t.after(() => app.close());
    const ask = asker(app.server, t);
    await checkRoutes(t, ask);
    await tooLong(ask);
    const other = await ask("/other", { method: "POST", headers: { "Content-Type": "application/json" }, body: '{"kept":true}' });
    assert.deepEqual(await other.json(), { kept: true });
  });

  test("Next.js: the handlers; `acceptance/next` builds and serves them", async (t) => {
    const routes = { "/api/smile": await load("app/api/smile/route"), "/webhooks/smile-id": await load("app/webhooks/smile-id/route") };
    await checkRoutes(t, handed((request) => routes[new URL(request.url).pathname].POST(request)));
  });

  test("Hono", async (t) => {
    const { app } = await load("hono_app");
    const ask = handed((request) => app.fetch(request));
    await checkRoutes(t, ask);
    await tooLong(ask);
  });

  test("another origin: the browser asks first, then sends the cookie", async (t) => {
    const { crossOriginRoute } = await load("cross_origin");
    const page = block("cross_origin_page");
    const browser = await startChromium(t);
    if (browser === undefined) return;
    let origin;
    const asked = [];
    // The relay's own server: what it gets becomes a `Request`, the page's origin the one that the README's rules name.
    const api = await serve(t, {
      "/log-in": { headers: { "Set-Cookie": "session=operator; SameSite=Strict; HttpOnly" }, body: "in" },
      "/api/smile": async ({ method, headers, body }) => {
        asked.push(`${method} ${headers.cookie ?? "no cookie"}`);
        const known = { ...headers, ...(headers.origin === origin ? { origin: ORIGIN } : {}) };
        const reply = await crossOriginRoute(new Request("https://api.bank.example/api/smile", { method, headers: known, body: body.length > 0 ? body : undefined }));
        const shown = [...reply.headers].map(([name, value]) => [name, value === ORIGIN ? origin : value]);
        return { status: reply.status, type: "application/json", headers: Object.fromEntries(shown), body: await reply.text() };
      },
    });
    const script = moduleOf(page, () => "/dist/page.js").replace("https://api.bank.example", api);
    const policy = { "Content-Security-Policy": `default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self' ${api}` };
    const served = { "/": { type: "text/html", headers: policy, body: "<!doctype html><title>page</title>" }, "/block.js": { body: script }, "/favicon.ico": { status: 204 } };
    origin = await serve(t, served);
    const evil = await serve(t, served);

    const context = await browser.newContext();
    const outcome = async (from) => {
      const tab = await context.newPage();
      await tab.goto(from);
      return tab.evaluate(() => import("/block.js").then(({ deactivate }) => deactivate("user-42")).then(({ acknowledgement }) => acknowledgement, ({ code, kind }) => kind ?? code));
    };
    assert.equal(await outcome(origin), "refused_by_policy");
    await (await context.newPage()).goto(`${api}/log-in`);
    assert.equal(await outcome(origin), "stated");
    const posts = () => asked.filter((line) => line.startsWith("POST"));
    assert.equal(asked[0], "OPTIONS no cookie");
    assert.deepEqual(posts(), ["POST no cookie", "POST session=operator"]);
    // Another page may not even ask.
    assert.equal(await outcome(evil), "no_response");
    assert.deepEqual([asked.at(-1), posts().length], ["OPTIONS no cookie", 2]);
  });

  test("another origin: a refusal can be read, too", async () => {
    const { crossOriginRoute } = await load("cross_origin");
    const ask = handed(crossOriginRoute);
    const reply = await ask("/api/smile", { method: "POST", headers: { ...OPERATOR, "Content-Type": "text/plain" }, body: INTENT });
    const shown = ["access-control-allow-origin", "access-control-allow-credentials", "vary"].map((name) => reply.headers.get(name));
    assert.deepEqual([reply.status, ...shown], [415, ORIGIN, "true", "Origin"]);
    const evil = await ask("/api/smile", { method: "POST", headers: { ...OPERATOR, Origin: "https://evil.example" }, body: INTENT });
    assert.deepEqual([evil.status, evil.headers.get("access-control-allow-origin")], [403, null]);
  });

  /** A proxy that tunnels, and counts; `refuse` makes it say no. */
  async function startProxy(t) {
    const state = { tunnels: [], refuse: false };
    const proxy = createServer((_, response) => response.writeHead(501).end());
    proxy.on("connect", (request, socket) => {
      state.tunnels.push(request.url);
      if (state.refuse) return socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
      const [host, port] = request.url.split(":");
      const target = connect(Number(port), host, () => {
        socket.write("HTTP/1.1 200 OK\r\n\r\n");
        target.pipe(socket).pipe(target);
      });
      for (const end of [socket, target]) end.on("error", () => (socket.destroy(), target.destroy()));
    });
    await new Promise((resolve) => proxy.listen(0, "127.0.0.1", resolve));
    t.after(() => (proxy.closeAllConnections(), proxy.close()));
    return Object.assign(state, { url: `http://127.0.0.1:${proxy.address().port}` });
  }

  test("a proxy: all goes through its tunnel; its refusal is no lost answer", async (t) => {
    const proxy = await startProxy(t);
    for (const name of ["HTTP_PROXY", "HTTPS_PROXY"]) {
      const before = process.env[name];
      process.env[name] = proxy.url;
      t.after(() => (before === undefined ? delete process.env[name] : (process.env[name] = before)));
    }
    const code = block("proxy").replace('environment: "sandbox",', `$& baseUrl: "${sandbox.url}",`);
    const made = project({ "proxied.js": code });
    t.after(made.remove);
    const { deactivate } = await made.load("proxied.js");
    assert.equal((await deactivate("user-42")).acknowledgement, "stated");
    assert.deepEqual(proxy.tunnels, [new URL(sandbox.url).host]);
    proxy.refuse = true;
    await sandbox.control("POST", "/reset");
    const again = project({ "proxied.js": code });
    t.after(again.remove);
    const refused = await again.load("proxied.js").then(({ deactivate }) => deactivate("user-42")).catch((error) => error);
    assert.ok(isNoResponse(refused), String(refused));
    assert.deepEqual([refused.notSent, refused.outcomeUnknown], [true, false]);
  });

  test("Compose: the sandbox as the page starts it, by the name that Compose gives it", async (t) => {
    const [, command] = readFileSync(join(PACKAGE, "RECIPES.md"), "utf8").match(/command: enrollkit-sandbox (.*)/);
    const named = await startSandbox(command.replace("--port 8085", "--port 0").split(" "));
    t.after(named.stop);
    const [, name] = readFileSync(join(PACKAGE, "RECIPES.md"), "utf8").match(/SMILE_ID_URL: (\S+):8085\n/);
    const url = `${name}:${new URL(named.url).port}`;
    // As Compose resolves it.
    const connector = buildConnector({});
    const dispatcher = new Agent({ connect: (to, done) => connector({ ...to, hostname: "127.0.0.1" }, done) });
    const asked = [];
    t.mock.method(globalThis, "fetch", (to, init) => (asked.push(to), fetchWith(to, { ...init, dispatcher })));
    process.env.SMILE_ID_URL = url;
    t.after(() => delete process.env.SMILE_ID_URL);
    const { deactivate } = await load("compose");
    assert.equal((await deactivate("user-42")).acknowledgement, "stated");
    assert.deepEqual(asked, [`http://sandbox:${new URL(named.url).port}/api/v2/partner/enrollee`]);
    const { SmileId } = await import("enrollkit");
    const insecure = { partnerId: "085", environment: "sandbox", baseUrl: url };
    assert.throws(() => new SmileId({ ...insecure, apiKey: SANDBOX_KEY }), ({ violations: [first] }) => first.code === "insecure_url" && first.message.includes("allowHttp"));
  });
});
