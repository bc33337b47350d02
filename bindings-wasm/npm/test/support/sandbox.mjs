// A sandbox of a test's own, and its control routes.

import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

import { WORKSPACE } from "./files.mjs";

/** Built in, public, worthless elsewhere. */
export const SANDBOX_KEY = "not-a-secret-sandbox-key-0000000000000001";
export const PRODUCTION_KEY = "not-a-secret-production-key-00000000000002";

let program;

/** The program that `ENROLLKIT_SANDBOX` names, else the one that cargo builds. */
function sandboxProgram() {
  program ??= process.env.ENROLLKIT_SANDBOX ?? built();
  return program;
}

function built() {
  const args = ["build", "--quiet", "--message-format=json", "-p", "enrollkit-sandbox"];
  const messages = execFileSync("cargo", args, { cwd: WORKSPACE, encoding: "utf8", maxBuffer: 1 << 26, stdio: ["ignore", "pipe", "inherit"] });
  const made = messages.split("\n").filter((line) => line.includes('"executable":"'));
  return JSON.parse(made.at(-1)).executable;
}

/** Starts one; `stop` ends it, and so does the end of this process. */
export async function startSandbox(flags = []) {
  const child = spawn(sandboxProgram(), ["--ready-json", "--stop-with-stdin", ...flags], { stdio: ["pipe", "pipe", "pipe"] });
  let log = "";
  child.stderr.setEncoding("utf8").on("data", (text) => (log += text));
  const ended = new Promise((resolve) => child.on("close", resolve));
  const line = await new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).once("line", resolve);
    child.once("error", reject);
    ended.then((code) => reject(new Error(`the sandbox ended with ${code}: ${log}`)));
  });
  const { url, control_token: token } = JSON.parse(line);
  /** A control request that must be understood; the answer's text. */
  const control = async (method, path, order) => {
    const headers = { Authorization: `Bearer ${token}` };
    const answer = await fetch(`${url}/control${path}`, { method, headers, ...(order === undefined ? {} : { body: order }) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path} ${order}: ${answer.status} ${text}`);
    return text;
  };
  const stop = async () => {
    child.stdin.end();
    await ended;
  };
  return { url, control, stop, log: () => log };
}

/** A file that holds a secret, for the flags that take one so; gone with the test. */
export function secretFile(t, secret) {
  const folder = mkdtempSync(join(tmpdir(), "enrollkit-test-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "secret");
  writeFileSync(file, secret, { mode: 0o600 });
  return file;
}
