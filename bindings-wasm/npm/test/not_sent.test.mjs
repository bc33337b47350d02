// "It may have happened" is said where it may, and only there.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { createServer as createTcpServer } from "node:net";
import { before, describe, test } from "node:test";

import { fetch as crossFetch } from "cross-fetch";
import nodeFetch2 from "node-fetch-2";
import nodeFetch3 from "node-fetch-3";
import * as undici from "undici";

import { EnrollkitError, send, SmileId, SmileIdRelay } from "enrollkit";

const TIME = "2026-11-22T10:00:00.000Z";
const OPTIONS = { partnerId: "085", environment: "sandbox", operator: "ops@bank.example", apiKey: "not-a-real-key" };
const at = (baseUrl) => new SmileId({ ...OPTIONS, baseUrl, allowHttp: true }).deactivate("u", TIME);

const NOT_SENT = { code: "no_response", notSent: true, outcomeUnknown: false };
const UNKNOWN = { code: "no_response", notSent: false, outcomeUnknown: true };

const FETCHES = { "Node's own": globalThis.fetch, "node-fetch 2": nodeFetch2, "node-fetch 3": nodeFetch3, "cross-fetch": crossFetch, undici: undici.fetch, "undici.request": undici.request };

/** Nobody's own: a certificate that no client trusts, and its key. */
const SELF_SIGNED = readFileSync(new URL("support/self-signed.pem", import.meta.url));

async function listening(t, server) {
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => server.close());
  return server.address().port;
}

describe("send", { timeout: 60_000 }, () => {
  let refused;

  before(async () => {
    const server = createTcpServer();
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    refused = server.address().port;
    await new Promise((resolve) => server.close(resolve));
  });

  for (const [name, fetch] of Object.entries(FETCHES)) {
    test(`${name}: no such host, a refused port, a path without a page`, async () => {
      await assert.rejects(send(at("http://nobody.invalid"), fetch), NOT_SENT);
      await assert.rejects(send(at(`http://127.0.0.1:${refused}`), fetch), NOT_SENT);
      await assert.rejects(send(at(`http://localhost:${refused}`), fetch), NOT_SENT);
      await assert.rejects(send(new SmileIdRelay("/api/smile").deactivate("u"), fetch), NOT_SENT);
    });

    test(`${name}: a certificate that nobody trusts`, async (t) => {
      const port = await listening(t, createTlsServer({ key: SELF_SIGNED, cert: SELF_SIGNED }, () => assert.fail("it was sent")));
      await assert.rejects(send(at(`https://127.0.0.1:${port}`), fetch), NOT_SENT);
    });

    test(`${name}: a connection that ends once there is one`, async (t) => {
      const port = await listening(t, createTcpServer((socket) => socket.once("data", () => socket.destroy())));
      await assert.rejects(send(at(`http://127.0.0.1:${port}`), fetch), UNKNOWN);
    });
  }

  test("a port that no fetch takes", async () => {
    await assert.rejects(send(at("http://127.0.0.1:6000")), NOT_SENT);
  });

  test("a proxy that refuses, and one that lets it through and loses it", async (t) => {
    let tunnels = false;
    const proxy = createHttpServer();
    proxy.on("connect", (_, socket) => {
      if (!tunnels) return socket.end("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      socket.once("data", () => socket.destroy());
    });
    const dispatcher = new undici.ProxyAgent(`http://127.0.0.1:${await listening(t, proxy)}`);
    const through = (url, init) => undici.fetch(url, { ...init, dispatcher });
    const call = at("http://host.example");
    await assert.rejects(send(call, through), NOT_SENT);
    tunnels = true;
    await assert.rejects(send(call, through), UNKNOWN);
    const gone = new undici.ProxyAgent(`http://127.0.0.1:${refused}`);
    await assert.rejects(send(call, (url, init) => undici.fetch(url, { ...init, dispatcher: gone })), NOT_SENT);
  });

  test("aborted before it began, or with no time at all: fetch is not even asked", async () => {
    const never = () => assert.fail("it was sent");
    const reason = new Error("the user left");
    const error = await send(at("http://host.example"), never, { signal: AbortSignal.abort(reason) }).catch((thrown) => thrown);
    assert.deepEqual([error.code, error.notSent, error.outcomeUnknown, error.cause], ["no_response", true, false, reason]);
    await assert.rejects(send(at("http://host.example"), never, { timeoutMs: 0 }), NOT_SENT);
  });

  test("a look-up is never in doubt", async () => {
    const { code, outcomeUnknown } = await send(new SmileId(OPTIONS).enrolleeInfo("u"), () => Promise.reject(new Error("x"))).catch((error) => error);
    assert.deepEqual([code, outcomeUnknown], ["no_response", false]);
  });
});

describe("what a fetch says", () => {
  const fails = (error) => send(at("http://host.example"), () => Promise.reject(error)).catch((thrown) => thrown.notSent);
  const failed = (cause) => new TypeError("fetch failed", { cause });
  const coded = (code, more) => Object.assign(new Error(code), { code, ...more });

  for (const [name, error] of Object.entries({
    "no such host": failed(coded("ENOTFOUND", { syscall: "getaddrinfo" })),
    "no answer about a host": failed(coded("EAI_AGAIN")),
    "no way there": failed(coded("EHOSTUNREACH", { syscall: "connect" })),
    "no connection in time": failed(coded("UND_ERR_CONNECT_TIMEOUT")),
    "no connection in time, by the system": failed(coded("ETIMEDOUT", { syscall: "connect" })),
    "no connection at any address": failed(Object.assign(new AggregateError([coded("ECONNREFUSED"), coded("EHOSTUNREACH")]), { code: "ECONNREFUSED" })),
    "node-fetch, no way there": coded("EHOSTUNREACH", { erroredSysCall: "connect" }),
    "Deno": failed(new Error("error sending request for url (http://host.example/): client error (Connect): tcp connect error: Connection refused (os error 111)")),
    "Deno, a port that it blocks": new TypeError("Fetch failed: Requests to port 9 are blocked"),
    "a proxy's refusal, by tunnel": coded("ECONNRESET", { message: "tunneling socket could not be established, statusCode=407" }),
    "no proxy, by tunnel": coded("ECONNRESET", { message: "tunneling socket could not be established, cause=connect ECONNREFUSED 127.0.0.1:3128" }),
    "older Bun": coded("ConnectionRefused"),
  })) test(`${name}: nothing was sent`, async () => assert.equal(await fails(error), true));

  const circular = new Error("x");
  circular.cause = circular;
  const trap = new Proxy({}, { get: () => assert.fail("a trap") });
  for (const [name, error] of Object.entries({
    "a page's Chromium": new TypeError("Failed to fetch"),
    "a page's Firefox": new TypeError("NetworkError when attempting to fetch resource."),
    "a page's Safari": new TypeError("Load failed"),
    "a connection that ended": failed(coded("ECONNRESET", { syscall: "read" })),
    "no way there any more": failed(coded("EHOSTUNREACH", { syscall: "read" })),
    "node-fetch, no way there any more": coded("EHOSTUNREACH", { message: "request to http://host.example/ failed, reason: read EHOSTUNREACH" }),
    "no answer in time, by the system": failed(coded("ETIMEDOUT", { syscall: "read" })),
    "no headers in time": failed(coded("UND_ERR_HEADERS_TIMEOUT")),
    "one address refused, another lost it": failed(Object.assign(new AggregateError([coded("ECONNREFUSED"), coded("ECONNRESET")]), { code: "ECONNREFUSED" })),
    "no address tried": failed(Object.assign(new AggregateError([]), { code: "ECONNRESET" })),
    "an abort": new DOMException("This operation was aborted", "AbortError"),
    "a handshake that failed for some reason": failed(coded("EPROTO", { syscall: "write" })),
    "a circle": circular, "a proxy": trap, "a text": "ECONNREFUSED", "nothing": undefined, "a URL in the text, for an address that is whole": new TypeError("Invalid URL"),
  })) test(`${name}: it may have been`, async () => assert.equal(await fails(error), false));

  test("there and back", () => {
    const call = at("http://host.example");
    for (const error of [call.noResponse(), call.notSent()]) {
      assert.deepEqual(EnrollkitError.from(JSON.parse(JSON.stringify(error))).toJSON(), error.toJSON());
    }
    assert.deepEqual([call.notSent().notSent, call.notSent().outcomeUnknown, call.noResponse().notSent], [true, false, false]);
    assert.match(call.notSent().message, /nothing was sent/);
  });
});
