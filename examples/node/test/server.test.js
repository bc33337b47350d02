import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdirSync, statSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { before, test } from "node:test";
import { fileURLToPath } from "node:url";

import { Client } from "./support/client.js";
import { startBackEnd, startSandbox, temporaryFolder } from "./support/processes.js";

const server = fileURLToPath(new URL("../server.js", import.meta.url));
const folder = temporaryFolder();
let sandbox, backEnd;
before(async () => {
  mkdirSync(join(folder, "assets"));
  for (const [name, text] of [["index.html", "<!doctype html>operator"], ["sign-up.html", "<!doctype html>person"], ["assets/page-1.js", "1"], [".hidden.js", "1"], ["notes.txt", "1"]]) {
    writeFileSync(join(folder, name), text);
  }
  sandbox = await startSandbox();
  backEnd = await startBackEnd(sandbox, { PAGE_DIR: folder });
});

const run = (args, env) =>
  new Promise((done) => {
    execFile(process.execPath, [server, ...args], { env: { PATH: process.env.PATH, ...env } }, (error, stdout, stderr) => done({ status: error?.code ?? 0, stdout, stderr }));
  });

/** `fetch` tidies addresses up and writes the Host header itself; this sends what it is given. */
const raw = (path, headers = {}) =>
  new Promise((done, fail) => {
    const { hostname, port } = new URL(backEnd.url);
    request({ hostname, port, path, headers, agent: false }, (reply) => {
      reply.resume().on("end", () => done(reply));
    }).on("error", fail).end();
  });

test("--help says every setting, and wrong use is one line", async () => {
  const help = await run(["--help"]);
  assert.equal(help.status, 0);
  assert.match(help.stdout, /ENROLLKIT_PARTNER_ID[^]*PUBLIC_ORIGIN[^]*SIGN_UPS_PER_MINUTE/);
  assert.deepEqual(await run(["--port"]), { status: 2, stdout: "", stderr: "server.js: no option --port; --help lists them\n" });
  assert.deepEqual(await run([]), { status: 1, stdout: "", stderr: "server.js: ENROLLKIT_PARTNER_ID is not set; --help lists the settings\n" });
});

test("a bad setting stops the start, and no text holds the key", async () => {
  const good = { ENROLLKIT_PARTNER_ID: "085", ENROLLKIT_ENVIRONMENT: "sandbox", ENROLLKIT_API_KEY: "k-secret", ENROLLKIT_UNIFYIA_URL: sandbox.url, ENROLLKIT_ORGANIZATION: "Acme Bank", DATA_DIR: join(folder, "data") };
  for (const [env, said] of [
    [{ ENROLLKIT_PARTNER_ID: "85a" }, /partnerId must be digits only \(not_digits\)/],
    [{ ENROLLKIT_ENVIRONMENT: "test" }, /environment/],
    [{ ENROLLKIT_ENVIRONMENT: "production" }, /the demo's accounts are for the sandbox only/],
    [{ ENROLLKIT_API_KEY: "k-secret " }, /apiKey .*outer_white_space/],
    [{ ENROLLKIT_API_KEY_FILE: "/nowhere" }, /ENROLLKIT_API_KEY_FILE: can't read \/nowhere/],
    [{ ENROLLKIT_BASE_URL: "http://bank.example" }, /baseUrl .*allowHttp.*insecure_url/],
    [{ PUBLIC_ORIGIN: "https://bank.example/" }, /PUBLIC_ORIGIN is not an origin/],
    [{ ENROLLKIT_ALLOW_HTTP: "true" }, /ENROLLKIT_ALLOW_HTTP is neither yes nor no/],
    [{ PORT: "http" }, /PORT is not a whole number/],
  ]) {
    const { status, stderr } = await run([], { ...good, ...env });
    assert.equal(status, 1);
    assert.match(stderr, said);
    assert.equal(stderr.trim().split("\n").length, 1, stderr);
    assert.doesNotMatch(stderr, /k-secret/);
  }
});

test("the page is served under a strict policy", async () => {
  const client = new Client(backEnd);
  for (const [path, type] of [["/", "text/html"], ["/sign-up", "text/html"], ["/assets/page-1.js", "text/javascript"]]) {
    const reply = await client.request("GET", path);
    assert.equal(reply.status, 200, path);
    assert.ok(reply.headers.get("content-type").startsWith(type));
    const policy = reply.headers.get("content-security-policy");
    assert.match(policy, /default-src 'none'; script-src 'self' 'wasm-unsafe-eval';/);
    assert.doesNotMatch(policy, /unsafe-inline|'unsafe-eval'|\*/);
    assert.equal(reply.headers.get("x-content-type-options"), "nosniff");
  }
  assert.match((await client.request("GET", "/assets/page-1.js")).headers.get("cache-control"), /immutable/);
  assert.equal((await client.request("HEAD", "/")).text, "");
});

test("nothing but the page is served", async () => {
  const { host } = new URL(backEnd.url);
  for (const path of ["/../package.json", "/assets/../../x.js", "/.hidden.js", "/assets/.hidden.js", "/notes.txt", "/nothing.js", "/assets", "//evil.example/x.js", "/%2e%2e/package.json", "/a%00.js", "/..%5cx.js", "/api/nothing"]) {
    const { statusCode } = await raw(path, { host });
    assert.equal(statusCode, 404, path);
  }
});

test("under another name the server sends people to its own, and serves nothing", async () => {
  const reply = await raw("/sign-up", { host: "evil.example" });
  assert.equal(reply.statusCode, 308);
  assert.equal(reply.headers.location, `${backEnd.url}/sign-up`);
});

test("a signal stops it cleanly, and its files are for their owner only", async () => {
  const other = await startBackEnd(sandbox, { DATA_DIR: join(folder, "owner") });
  assert.equal(statSync(join(folder, "owner", "audit.jsonl")).mode & 0o077, 0);
  assert.equal(statSync(join(folder, "owner")).mode & 0o077, 0);
  // A browser's idle connection does not keep it.
  await fetch(`${other.url}/api/session`);
  assert.equal(await other.signal("SIGINT"), 0);
  assert.doesNotMatch(other.log(), /cut off/);
});

test("a port that is taken is one line", async () => {
  const { port } = new URL(backEnd.url);
  await assert.rejects(startBackEnd(sandbox, { PORT: port }), /can't listen on 127.0.0.1:\d+: .*EADDRINUSE/);
});
