// What no browser and no service sends, but anybody can: written onto the wire as it is.

import assert from "node:assert/strict";
import { connect } from "node:net";
import { before, test } from "node:test";

import { audit, Client } from "./support/client.js";
import { startBackEnd, startSandbox } from "./support/processes.js";

let sandbox, backEnd, operator, host;
before(async () => {
  sandbox = await startSandbox("--user", "user-42", "--keep-bodies");
  backEnd = await startBackEnd(sandbox, { REQUEST_TIMEOUT_SECONDS: "1" });
  ({ host } = new URL(backEnd.url));
  operator = new Client(backEnd);
  await operator.logIn("operator");
});

const requests = async () => (await sandbox.control("GET", "requests")).requests.length;

/** Sends texts over one connection, each when the one before is on its way; gives all that came until the server closed it. */
function talk(...texts) {
  return new Promise((done, fail) => {
    const chunks = [];
    const socket = connect(Number(new URL(backEnd.url).port), "127.0.0.1");
    socket.on("data", (chunk) => chunks.push(chunk)).on("error", fail);
    socket.on("close", () => done(Buffer.concat(chunks).toString("latin1")));
    for (const text of texts) socket.write(text);
  });
}

const head = (line, headers) => [line, ...Object.entries(headers).flatMap(([name, values]) => [values].flat().map((value) => `${name}: ${value}`)), "", ""].join("\r\n");
const statuses = (answer) => [...answer.matchAll(/^HTTP\/1\.1 (\d+)/gm)].map(([, status]) => Number(status));

/** A request that would be carried out, but for what is changed in it. */
function post(path, body, headers = {}) {
  const all = { Host: host, Origin: backEnd.url, "Content-Type": "application/json", Cookie: operator.cookie, "Content-Length": Buffer.byteLength(body), ...headers };
  return head(`POST ${path} HTTP/1.1`, Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))) + body;
}
const close = { Connection: "close" };
const lookUp = JSON.stringify({ action: "smile_id.enrollee_info", user_id: "user-42" });

test("a body that is too large is answered before it is read, whatever was said of its length", async () => {
  const before = await requests();
  const large = `{"action":"smile_id.deactivate","user_id":"${"x".repeat(100_000)}`;
  assert.match(await talk(post("/api/smile", large, { "Content-Length": 2_000_000_000 })), /^HTTP\/1.1 413 [^]*larger than 16384 bytes/);
  const chunked = `${large.length.toString(16)}\r\n${large}\r\n`;
  // It does not end, and what comes behind is part of nothing.
  const answer = await talk(post("/api/smile", chunked.repeat(60), { "Content-Length": undefined, "Transfer-Encoding": "chunked" }));
  assert.deepEqual(statuses(answer), [413]);
  assert.match(answer, /larger than 16384 bytes/);
  assert.equal(await requests(), before);
});

test("whoever sends slowly, or stops, is not waited for", async () => {
  assert.deepEqual(statuses(await talk("POST /api/smile HTTP/1.1\r\nHost: ")), [408]);
  assert.deepEqual(statuses(await talk(post("/api/smile", '{"action"', { "Content-Length": 100 }))), [408]);
  const gone = connect(Number(new URL(backEnd.url).port), "127.0.0.1");
  await new Promise((done) => gone.write(post("/api/smile", '{"action"', { "Content-Length": 100 }), done));
  gone.destroy();
  assert.equal((await operator.smile("enrollee_info", "user-42")).status, 200);
  assert.doesNotMatch(backEnd.log(), /failed/);
});

test("requests in one go are answered one by one, and a refused one takes none of the others with it", async () => {
  const before = await requests();
  const answer = await talk(post("/api/smile", lookUp), post("/api/smile", lookUp, { Origin: "https://evil.example" }), post("/api/smile", lookUp, { Cookie: undefined }), post("/api/smile", lookUp, close));
  assert.deepEqual(statuses(answer), [200, 403, 401, 200]);
  assert.equal(await requests(), before + 2);
  // Two opinions about where a request ends are one too many.
  assert.deepEqual(statuses(await talk(post("/api/smile", `0\r\n\r\n${post("/api/smile", lookUp)}`, { "Transfer-Encoding": "chunked" }))), [400]);
  assert.equal(await requests(), before + 2);
});

test("strange requests are refused, and none is carried out", async () => {
  const before = await requests();
  const refused = async (text, status) => assert.deepEqual(statuses(await talk(text)), status === undefined ? [] : [status], text.slice(0, 100));
  for (const method of ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"]) {
    await refused(post("/api/smile", lookUp, close).replace("POST", method), 404);
  }
  await refused(head(`CONNECT ${host} HTTP/1.1`, { Host: host }));
  await refused(head("OPTIONS * HTTP/1.1", { Host: host, ...close }), 404);
  await refused(head("GET http://[ HTTP/1.1", { Host: host, ...close }), 400);
  await refused(head("GET / HTTP/1.1", { ...close }), 400);
  await refused(head("GET / HTTP/1.1", { Host: host, Cookie: "x".repeat(20_000) }), 431);
  await refused(post("/api/smile/", lookUp, close), 404);
  await refused(post("/API/smile", lookUp, close), 404);
  await refused(post("/api%2fsmile", lookUp, close), 404);
  await refused(post("\\api\\smile", lookUp, close), 400);
  for (const origin of [undefined, "", "null", [backEnd.url, "https://evil.example"], backEnd.url.toUpperCase(), `${backEnd.url}/`]) {
    await refused(post("/api/smile", lookUp, { Origin: origin, ...close }), 403);
  }
  for (const type of [undefined, "", "application/json-seq", "text/plain; application/json", "application/json, text/plain", "multipart/form-data; boundary=application/json"]) {
    await refused(post("/api/smile", lookUp, { "Content-Type": type, ...close }), 415);
  }
  assert.equal(await requests(), before);
  for (const type of ["application/json; charset=utf-8", "application/json; charset=utf-16", "Application/JSON;charset=UTF-8"]) await refused(post("/api/smile", lookUp, { "Content-Type": type, ...close }), 200);
});

test("a path is checked as it is carried out: there is no other way to a route", async () => {
  for (const path of ["//evil.example/api/smile", "/x/../api/smile", "http://evil.example/api/smile", "/api/smile?x#y"]) {
    assert.deepEqual(statuses(await talk(post(path, lookUp, close))), [200], path);
    assert.deepEqual(statuses(await talk(post(path, lookUp, { Origin: "https://evil.example", ...close }))), [403], path);
    assert.deepEqual(statuses(await talk(post(path, lookUp, { Cookie: undefined, ...close }))), [401], path);
  }
  for (const path of ["//evil.example", "/\\evil.example", "http://evil.example/", "//evil.example//evil.example/"]) {
    const answer = await talk(head(`GET ${path} HTTP/1.1`, { Host: "evil.example", ...close }));
    assert.equal(new URL(/^Location: (.*)\r$/m.exec(answer)[1]).origin, backEnd.url, path);
  }
});

test("only a session's own cookie is one", async () => {
  const [, token] = operator.cookie.split("=");
  for (const cookie of [token, `Session=${token}`, `session =${token}`, `xsession=${token}`, `session="${token}"`, `session=${token}x`, `session=x; session=${token}`, `__Host-session=${token}`]) {
    assert.deepEqual(statuses(await talk(post("/api/smile", lookUp, { Cookie: cookie, ...close }))), [401], cookie);
  }
  for (const cookie of [`session=${token}`, `a=b;session=${token};c`, ["a=b", `session=${token}`]]) {
    assert.deepEqual(statuses(await talk(post("/api/smile", lookUp, { Cookie: cookie, ...close }))), [200], String(cookie));
  }
});

test("under https the cookie is for this very host", async () => {
  const origin = "https://enroll.bank.example";
  const behindProxy = await startBackEnd(sandbox, { PUBLIC_ORIGIN: origin });
  const url = `http://127.0.0.1:${behindProxy.port}`;
  const secure = new Client({ ...behindProxy, url });
  const reply = await secure.post("/api/login", { email: "operator@bank.example", password: "demo-operator" }, { origin });
  assert.match(reply.setCookie, /^__Host-session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=\d+; Secure$/);
  const intent = { action: "smile_id.enrollee_info", user_id: "user-42" };
  assert.equal((await secure.post("/api/smile", intent, { origin })).status, 200);
  assert.equal((await secure.post("/api/smile", intent, { origin: url })).status, 403);
  secure.cookie = secure.cookie.replace("__Host-", "");
  assert.equal((await secure.post("/api/smile", intent, { origin })).status, 401);
});

test("one name that is signed up many times in the same moment is signed up once", async () => {
  const empty = { userAppearance: {}, userAttribute: {}, userAddress: {}, userBiometrics: [], userIDProofDocuments: {}, userEnrollmentHistoryList: [] };
  const body = JSON.stringify({ action: "unifyia.sign_up", user: { name: "twice", organisationName: "Acme Bank", ...empty } });
  const answers = await Promise.all(Array.from({ length: 20 }, () => talk(post("/api/unifyia", body, close))));
  assert.equal(answers.filter((answer) => statuses(answer)[0] === 200).length, 1);
  assert.equal((await sandbox.control("GET", "sign_ups")).sign_ups.length, 1);
  // Each of them is in the audit file.
  assert.equal(audit(backEnd).filter(({ action, user_id }) => action === "unifyia.sign_up" && user_id === "twice").length, 20);
});
