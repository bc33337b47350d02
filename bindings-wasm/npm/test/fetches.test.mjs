// What people give `send` for a `fetch`: an answer that came is read, and what is no `fetch` is told before anything is sent.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { Readable } from "node:stream";
import { after, before, describe, test } from "node:test";

import axios from "axios";
import { fetch as crossFetch } from "cross-fetch";
import nodeFetch2 from "node-fetch-2";
import nodeFetch3 from "node-fetch-3";
import * as undici from "undici";

import { intentText, parseIntent, send, SmileId } from "enrollkit";

const TIME = "2026-11-22T10:00:00.000Z";
const LIMIT = 100_000;

const FETCHES = {
  "Node's own": globalThis.fetch,
  "node-fetch 2": nodeFetch2,
  "node-fetch 3": nodeFetch3,
  "cross-fetch": crossFetch,
  undici: undici.fetch,
  "undici.request, which is no fetch, but answers": undici.request,
};

/** What the server answers, by the user whose id it is. */
const REPLIES = {
  fine: (response) => response.writeHead(200).end('{"message":"Updated é"}'),
  empty: (response) => response.writeHead(204).end(),
  limited: (response) => response.writeHead(429, { "Retry-After": "7" }).end("{}"),
  redirected: (response) => response.writeHead(307, { Location: "/elsewhere" }).end(),
  large: (response) => response.writeHead(200).end("x".repeat(LIMIT + 1)),
  endless: (response) => {
    response.writeHead(200);
    const more = setInterval(() => response.write("x".repeat(LIMIT)), 1);
    response.on("close", () => clearInterval(more));
  },
  cut: (response) => {
    response.writeHead(200, { "Content-Length": 100 });
    response.write("{", () => response.destroy());
  },
  silent: () => {},
};

describe("send", { timeout: 60_000 }, () => {
  const seen = [];
  let server;
  let smile;

  before(async () => {
    server = createServer(async (request, response) => {
      const { user_id: user } = JSON.parse(Buffer.concat(await request.toArray()));
      seen.push(`${request.method} ${request.url} ${user}`);
      REPLIES[user](response);
    });
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    const baseUrl = `http://127.0.0.1:${server.address().port}`;
    smile = new SmileId({ partnerId: "085", environment: "sandbox", operator: "ops@bank.example", apiKey: "not-a-real-key", baseUrl });
  });

  after(() => {
    server.closeAllConnections();
    server.close();
  });

  const deactivate = (user, fetch, options) => send(smile.deactivate(user, TIME), fetch, options);
  const sent = (user) => seen.splice(0).filter((one) => one === `POST /api/v2/partner/enrollee ${user}`).length;

  for (const [name, fetch] of Object.entries(FETCHES)) {
    test(`${name}: an answer is read, sent once, whatever it is`, async () => {
      assert.equal((await deactivate("fine", fetch)).message, "Updated é");
      assert.equal(sent("fine"), 1);
      assert.equal((await deactivate("empty", fetch)).acknowledgement, "unstated");
      await assert.rejects(deactivate("limited", fetch), { code: "api_error", kind: "rate_limited", retryAfterSeconds: 7 });
      sent("limited");
      await assert.rejects(deactivate("redirected", fetch), { code: "api_error", kind: "redirected" });
      assert.equal(sent("redirected"), 1);
    });

    test(`${name}: no more is read than the limit`, async () => {
      for (const user of ["large", "endless"]) {
        await assert.rejects(deactivate(user, fetch, { maxBytes: LIMIT }), { code: "unreadable", reason: "too_large", outcomeUnknown: true }, user);
      }
    });

    test(`${name}: half an answer, or none in time, may have happened`, async () => {
      // node-fetch 2 does not see that a connection ended; the time limit does.
      await assert.rejects(deactivate("cut", fetch, { timeoutMs: 500 }), { code: "no_response", outcomeUnknown: true, notSent: false });
      await assert.rejects(deactivate("silent", fetch, { timeoutMs: 100 }), { code: "no_response", outcomeUnknown: true, notSent: false });
      const controller = new AbortController();
      setTimeout(() => controller.abort(), 100);
      await assert.rejects(deactivate("silent", fetch, { signal: controller.signal }), { code: "no_response", outcomeUnknown: true, notSent: false });
    });
  }

  const TEXT = '{"message":"Updated é"}';
  const GIVES = {
    "a body like a test's": { ok: true, status: 200, headers: {}, json: async () => JSON.parse(TEXT), text: async () => TEXT },
    "a text": { status: 200, text: async () => TEXT },
    "a text at once": { status: 200, text: () => TEXT },
    "JSON": { ok: true, status: 200, json: async () => JSON.parse(TEXT) },
    "bytes": { status: 200, body: undefined, arrayBuffer: async () => new TextEncoder().encode(TEXT).buffer },
    "a Buffer": { status: 200, body: Buffer.from(TEXT) },
    "a body of text": { status: 200, body: TEXT, headers: new Map([["Date", "x"]]) },
    "Node's stream": { status: 200, body: Readable.from([Buffer.from(TEXT)]), headers: {} },
    "Node's stream of text": { status: 200, body: Readable.from([TEXT.slice(0, 5), TEXT.slice(5)]) },
    "a reader": { status: 200, body: new Blob([TEXT]).stream() },
    "a Response": new Response(TEXT),
  };
  for (const [name, reply] of Object.entries(GIVES)) {
    test(`a hand-made answer that gives ${name}`, async () => {
      assert.equal((await deactivate("u", async () => reply)).message, "Updated é");
    });
  }

  test("headers of any kind are read", async () => {
    const get = (name) => (name.toLowerCase() === "retry-after" ? "7" : null);
    for (const headers of [{ get }, new Headers({ "Retry-After": "7" }), { "retry-after": "7" }, { "Retry-After": ["7"] }, [["Retry-After", "7"]], new Map([["retry-after", "7"]])]) {
      const fetch = async () => ({ status: 429, headers, text: async () => "{}" });
      await assert.rejects(deactivate("u", fetch), { kind: "rate_limited", retryAfterSeconds: 7 });
    }
    await assert.rejects(deactivate("u", async () => ({ status: 429, text: async () => "" })), { kind: "rate_limited" });
  });

  test("an answer that can't be read came too late for anything but the truth", async () => {
    const trap = new Proxy({}, { get: () => assert.fail("a trap"), ownKeys: () => assert.fail("a trap") });
    const used = new Response(TEXT);
    await used.text();
    for (const reply of [undefined, null, 5, {}, { status: "200", text: async () => TEXT }, { status: 99_999, text: async () => TEXT }, { status: 200 }, { status: 200, text: async () => 5 }, { status: 200, headers: trap, text: async () => TEXT }, trap, used, { status: 200, json: async () => assert.fail("no JSON") }]) {
      await assert.rejects(deactivate("u", async () => reply), { code: "no_response", outcomeUnknown: true, notSent: false });
    }
  });

  test("a fetch that knows no signal ends in time all the same", async () => {
    const never = () => new Promise(() => {});
    await assert.rejects(deactivate("u", never, { timeoutMs: 20 }), (error) => error.outcomeUnknown && error.cause.name === "TimeoutError");
    const stuck = async () => ({ status: 200, text: never });
    await assert.rejects(deactivate("u", stuck, { timeoutMs: 20 }), { code: "no_response", outcomeUnknown: true });
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error("the user left")), 20);
    await assert.rejects(deactivate("u", never, { signal: controller.signal }), (error) => error.outcomeUnknown && error.cause.message === "the user left");
  });

  test("what is no fetch is told before anything is sent", async () => {
    seen.length = 0;
    const require = createRequire(import.meta.url);
    for (const other of [axios, axios.create(), null, 5, "fetch", {}, { default: globalThis.fetch }, require("cross-fetch/dist/node-ponyfill.js").Headers.prototype]) {
      await assert.rejects(deactivate("fine", other), TypeError);
    }
    const extended = Object.assign(() => assert.fail("it was sent"), { extend: () => {} });
    await assert.rejects(deactivate("fine", extended), { name: "TypeError", message: /another HTTP client/ });
    for (const signal of [5, {}, "x", new Proxy({}, { get: () => assert.fail("a trap") })]) {
      await assert.rejects(deactivate("fine", undefined, { signal }), { code: "invalid_input", violations: [{ path: "signal", code: "wrong_type", message: "must be of type AbortSignal", expected: "AbortSignal" }] });
    }
    assert.deepEqual(seen, []);
  });

  test("what is no call is told before anything is sent", async () => {
    const never = () => assert.fail("it was sent");
    const call = smile.deactivate("fine", TIME);
    const intent = { action: "smile_id.deactivate", user_id: "fine" };
    for (const one of [intent, parseIntent(intent)]) await assert.rejects(send(one, never), { name: "TypeError", message: /this is an intent: send\(client\.call\(intent\)\)/ });
    await assert.rejects(send(intentText(intent), never), { name: "TypeError", message: /send takes a call.* type string/ });
    await assert.rejects(send(undefined, never), { name: "TypeError", message: /send takes a call.* type undefined/ });
    await assert.rejects(send(null, never), { name: "TypeError", message: /send takes a call/ });
    await assert.rejects(send(Promise.resolve(call), never), { name: "TypeError", message: /this is a promise: await it/ });
    const { operation, method, url, headers, body, redirect } = call;
    const trap = new Proxy({}, { get: () => assert.fail("a trap") });
    for (const one of [{ operation, method, url, headers, body, redirect }, {}, [], [call], () => call, trap, smile, { ...call, read: 5 }]) await assert.rejects(send(one, never), TypeError);
  });

  test("a call's copy is as good as the call", async () => {
    assert.equal((await send({ ...smile.deactivate("fine", TIME) })).message, "Updated é");
  });
});
