// The sandbox and the back end as real processes. They end with the test, whatever ends it: both watch their standard input.

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const workspace = fileURLToPath(new URL("../../../../", import.meta.url));
export const SANDBOX_KEY = "not-a-secret-sandbox-key-0000000000000001";

/** ENROLLKIT_SANDBOX names the program; without it, cargo builds it. */
function sandboxCommand() {
  const built = process.env.ENROLLKIT_SANDBOX;
  return built ? [built] : ["cargo", "run", "--quiet", "--locked", "-p", "enrollkit-sandbox", "--"];
}

/** Starts the sandbox; `control(method, path, body)` orders it about. */
export async function startSandbox(...flags) {
  const [program, ...args] = [...sandboxCommand(), "--ready-json", "--stop-with-stdin", ...flags];
  const { ready, ...child } = await start(program, args, { cwd: workspace });
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
export async function startBackend(sandbox, env = {}) {
  const dataDir = env.DATA_DIR ?? mkdtempSync(join(tmpdir(), "enrollkit-node-"));
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
    DATA_DIR: dataDir,
    ...env,
  };
  const server = fileURLToPath(new URL("../../server.js", import.meta.url));
  // Nothing of the tester's environment: no key of theirs, no proxy.
  const { ready, ...child } = await start(process.execPath, [server, "--ready-json", "--stop-with-stdin"], { env: { PATH: process.env.PATH, ...settings } });
  return {
    ...child,
    url: ready.url,
    dataDir,
    async stop() {
      await child.stop();
      if (env.DATA_DIR === undefined) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function start(program, args, options) {
  const child = spawn(program, args, { ...options, stdio: ["pipe", "pipe", "pipe"] });
  const log = [];
  child.stderr.setEncoding("utf8").on("data", (text) => log.push(text));
  const ended = new Promise((done) => child.on("close", done));
  const ready = await new Promise((done, fail) => {
    createInterface(child.stdout).once("line", (line) => done(JSON.parse(line)));
    child.on("error", fail);
    ended.then((status) => fail(new Error(`${program} ended with ${status}: ${log.join("")}`)));
  });
  return {
    ready,
    pid: child.pid,
    log: () => log.join(""),
    stop: async () => {
      child.stdin.end();
      return ended;
    },
    signal: async (name) => {
      child.kill(name);
      return ended;
    },
  };
}

/** Waits until something is so. */
export async function until(what, isSo, withinMs = 10_000) {
  for (const end = Date.now() + withinMs; Date.now() < end; ) {
    const found = await isSo();
    if (found) return found;
    await new Promise((done) => setTimeout(done, 25));
  }
  throw new Error(`it did not happen within ${withinMs} ms: ${what}`);
}
