// Like Chrome before 115: more than 4 KB is compiled only in the background.
import { strict as assert } from "node:assert";
import { createRequire } from "node:module";

import { smoke, smokeOfPage } from "./smoke.mjs";

const require = createRequire(import.meta.url);
const { Module } = WebAssembly;
WebAssembly.Module = new Proxy(Module, {
  construct(target, [bytes]) {
    if (bytes.byteLength > 4096) throw new RangeError("WebAssembly.Compile is disallowed on the main thread");
    return new target(bytes);
  },
});

for (const enrollkit of [await import("enrollkit"), require("enrollkit")]) {
  assert.throws(() => enrollkit.signature("k", "t", "1"), /await init\(\) first/);
  await Promise.all([enrollkit.init(), enrollkit.init()]);
  smoke(enrollkit);
}
// Of CommonJS, so that no other entry has started it.
const page = require("enrollkit/page");
assert.throws(() => page.checkUser({}), /await init\(\) first/);
await Promise.all([page.init(), page.init()]);
smokeOfPage(page);
