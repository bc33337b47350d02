// Like Hermes: no WebAssembly, no TextDecoder, and a `process` that is nearly empty.
import { strict as assert } from "node:assert";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
delete globalThis.WebAssembly;
delete globalThis.TextDecoder;
delete globalThis.TextEncoder;
delete process.getBuiltinModule;
delete globalThis.atob;

const says = /no WebAssembly.*import enrollkit\/page\/js/s;
const warned = [];
console.warn = (text) => warned.push(text);
for (const enrollkit of [await import("enrollkit"), require("enrollkit"), await import("enrollkit/page"), require("enrollkit/page")]) {
  assert.match(warned.pop(), says);
  if (enrollkit.SmileId !== undefined) assert.throws(() => enrollkit.signature("k", "t", "1"), says);
  assert.throws(() => new enrollkit.SmileIdRelay("https://back-end.example/"), says);
  await assert.rejects(enrollkit.init(), says);
}

// What it names needs none of all that.
const { checkUser, InvalidInput, SmileIdRelay } = require("enrollkit/page/js");
assert.equal(new SmileIdRelay("/api/smile").reEnroll("user-42é").body, '{"action":"smile_id.re_enroll","user_id":"user-42é"}');
assert.throws(() => new SmileIdRelay("/api/smile").reEnroll(""), InvalidInput);
assert.equal(checkUser({})[0].code, "required");
