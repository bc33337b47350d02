// The sandbox and the back end as real processes. They end with the test, whatever ends it: both watch their standard input.

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after } from "node:test";
import { fileURLToPath } from "node:url";

const workspace = fileURLToPath(new URL("../../../../", import.meta.url));
export const SANDBOX_KEY = "not-a-secret-sandbox-key-0000000000000001";

const READY_WITHIN_MS = 60_000;
/** When cargo has to build the sandbox first. */
const BUILT_WITHIN_MS = 600_000;
/** Longer than the grace that both give to what is under way. */
const STOPPED_WITHIN_MS = 15_000;

const running = new Set();
// A process that is left over keeps the test from ending. Those of a test that failed, or that failed to start, end here.
after(() => Promise.all([...running].map((stop) => stop())));

const folders = [];
process.on("exit", () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A folder that is gone after the tests. */
export function temporaryFolder() {
  const folder = mkdtempSync(join(tmpdir(), "enrollkit-node-"));
  folders.push(folder);
  return folder;
}

/** Starts the sandbox; `control(method, path, body)` orders it about. ENROLLKIT_SANDBOX names the program, else cargo builds it. */
export async function startSandbox(...flags) {
  const built = process.env.ENROLLKIT_SANDBOX;
  const command = built ? [built] : ["cargo", "run", "--quiet", "--locked", "-p", "enrollkit-sandbox", "--"];
  const [program, ...args] = [...command, "--ready-json", "--stop-with-stdin", ...flags];
  const { ready, ...child } = await start(program, args, { cwd: workspace }, built ? READY_WITHIN_MS : BUILT_WITHIN_MS);
  const control = async (method, path, body) => {
    const reply = await fetch(`${ready.url}/control/${path}`, {
      method,
      headers: { Authorization: `Bearer ${ready.control_token}`, "Content-Type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    if (!reply.ok) throw new Error(`${method} /control/${path}: ${reply.status} ${await reply.text()}`);
    return reply.json();
  };
  return {
    ...child,
    url: ready.url,
    control,
    fault: (fault, more = {}) => control("POST", "faults", { fault, ...more }),
  };
}

/** Starts the back end of this folder against a sandbox, in a folder of its own unless one is given. */
export async function startBackEnd(sandbox, env = {}) {
  const settings = {
    ENROLLKIT_PARTNER_ID: "085",
    ENROLLKIT_ENVIRONMENT: "sandbox",
    ENROLLKIT_API_KEY: SANDBOX_KEY,
    ENROLLKIT_BASE_URL: sandbox.url,
    ENROLLKIT_UNIFYIA_URL: sandbox.url,
    ENROLLKIT_ORGANIZATION: "Acme Bank",
    LOG_INS_PER_MINUTE: "1000",
    SIGN_UPS_PER_MINUTE: "1000",
    PORT: "0",
    DATA_DIR: env.DATA_DIR ?? temporaryFolder(),
    ...env,
  };
  const server = fileURLToPath(new URL("../../server.js", import.meta.url));
  // Nothing of the tester's environment: no key of theirs, no proxy.
  const options = { env: { PATH: process.env.PATH, ...settings } };
  const { ready, ...child } = await start(process.execPath, [server, "--ready-json", "--stop-with-stdin"], options, READY_WITHIN_MS);
  return { ...child, url: ready.url, port: ready.port, dataDir: settings.DATA_DIR };
}

/** Starts a program, and reads the line of JSON that it prints when it is ready. */
async function start(program, args, options, readyWithinMs) {
  const child = spawn(program, args, { ...options, stdio: ["pipe", "pipe", "pipe"] });
  const log = [];
  child.stderr.setEncoding("utf8").on("data", (text) => log.push(text));
  // Whoever has ended reads no more.
  child.stdin.on("error", () => {});
  const ended = new Promise((done) => child.on("close", done));
  const stop = async () => {
    child.stdin.end();
    let killed = false;
    const timer = setTimeout(() => {
      killed = child.kill("SIGKILL");
    }, STOPPED_WITHIN_MS);
    const status = await ended;
    clearTimeout(timer);
    if (killed) throw new Error(`${program} did not stop: ${log.join("")}`);
    return status;
  };
  running.add(stop);
  ended.then(() => running.delete(stop));

  let timer;
  const line = await new Promise((done, fail) => {
    createInterface(child.stdout).once("line", done);
    child.on("error", fail);
    ended.then((status) => fail(new Error(`${program} ended with ${status}: ${log.join("")}`)));
    timer = setTimeout(() => fail(new Error(`${program} was not ready in time: ${log.join("")}`)), readyWithinMs);
  }).finally(() => clearTimeout(timer));
  return {
    ready: JSON.parse(line),
    log: () => log.join(""),
    stop,
    signal: async (name) => {
      child.kill(name);
      return ended;
    },
  };
}

/** Waits until something is so. */
export async function until(what, isSo, withinMs = 30_000) {
  for (const end = Date.now() + withinMs; Date.now() < end; ) {
    const found = await isSo();
    if (found) return found;
    await new Promise((done) => setTimeout(done, 25));
  }
  throw new Error(`it did not happen within ${withinMs} ms: ${what}`);
}
