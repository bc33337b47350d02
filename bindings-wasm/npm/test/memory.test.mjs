// Nothing is freed by hand, and nothing grows.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

/** One object kept of each call, however small, would be twice the slack, and more in a full run. */
const CALLS = process.env.ENROLLKIT_FULL ? 1_000_000 : 250_000;
const CLIENTS = 20_000;

/** What a page of WebAssembly and a garbage collector's moods may add. */
const SLACK = { wasm: 0, heap: 2 * 1024 * 1024, external: 2 * 1024 * 1024 };

test(`memory is flat over ${CALLS} calls and ${CLIENTS} clients that nobody frees`, (t) => {
  const script = fileURLToPath(new URL("support/memory.mjs", import.meta.url));
  const printed = execFileSync(process.execPath, ["--expose-gc", script, String(CALLS), String(CLIENTS)], { encoding: "utf8" });
  const { before, afterCalls, afterClients, seconds } = JSON.parse(printed);
  const kilobytes = (held) => Object.entries(held).map(([name, bytes]) => `${name} ${Math.round(bytes / 1024)} KiB`).join(", ");
  t.diagnostic(`before: ${kilobytes(before)}`);
  t.diagnostic(`after ${CALLS} calls, sent nowhere and read, in ${seconds.toFixed(1)} s: ${kilobytes(afterCalls)}`);
  t.diagnostic(`after ${CLIENTS} clients more: ${kilobytes(afterClients)}`);
  for (const [name, slack] of Object.entries(SLACK)) {
    for (const after of [afterCalls, afterClients]) assert.ok(after[name] <= before[name] + slack, `${name} grew`);
  }
});
