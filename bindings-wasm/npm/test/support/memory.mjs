// Run by `memory.test.mjs` in a process of its own, with `--expose-gc`: prints what is held before and after much work.

import { setImmediate as turn } from "node:timers/promises";

let memory;
const { Instance } = WebAssembly;
WebAssembly.Instance = class extends Instance {
  constructor(...args) {
    super(...args);
    memory = this.exports.memory;
  }
};
const { SmileId, isApiError } = await import("enrollkit");

const OPTIONS = { partnerId: "085", environment: "sandbox", operator: "ops@bank.example", apiKey: "not-a-real-key" };
const REPLY = new TextEncoder().encode('{"message":"User updated","enrolled_user":{"allow_new_enroll":true}}');
const REFUSAL = '{"error":"Not found","code":"2210"}';

/** What is held once nothing is in use: finalizers run between two turns of the event loop. */
async function held() {
  for (let round = 0; round < 5; round += 1) {
    globalThis.gc();
    await turn();
  }
  const { heapUsed, external } = process.memoryUsage();
  return { wasm: memory.buffer.byteLength, heap: heapUsed, external };
}

function callAndRead(smile, times) {
  for (let done = 0; done < times; done += 1) {
    const call = smile.reEnroll(`user-${done}`);
    if (done % 100 === 0) {
      try {
        call.read(400, REFUSAL);
      } catch (error) {
        if (!isApiError(error)) throw error;
      }
    } else if (call.read(200, REPLY).acknowledgement !== "stated") throw new Error("not stated");
  }
}

/** WebAssembly's memory never shrinks, so what counts is that a collected client leaves room for the next. */
async function clients(times) {
  for (let done = 0; done < times; done += 1) {
    new SmileId(OPTIONS).withOperator("other@bank.example");
    if (done % 1000 === 0) await held();
  }
}

const [calls, made] = process.argv.slice(2).map(Number);
const smile = new SmileId(OPTIONS);
// Once around, so that what is made lazily is there.
callAndRead(smile, calls / 20);
await clients(made / 5);
const before = await held();
const start = performance.now();
callAndRead(smile, calls);
const seconds = (performance.now() - start) / 1000;
const afterCalls = await held();
await clients(made);
const afterClients = await held();
console.log(JSON.stringify({ before, afterCalls, afterClients, seconds }));
