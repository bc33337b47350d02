import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { strict as assert } from "node:assert";
import { fileURLToPath } from "node:url";

import * as enrollkit from "enrollkit";
import * as slim from "enrollkit/slim";
import { smoke } from "./smoke.mjs";

smoke(enrollkit);
await enrollkit.init();

// Both entries are one enrollkit: what the default started, slim need not start.
smoke(slim);
slim.initSync(readFileSync(fileURLToPath(import.meta.resolve("enrollkit/enrollkit.wasm"))));
smoke(slim);

// The CommonJS build is another copy; its errors are the same errors.
const copy = createRequire(import.meta.url)("enrollkit");
smoke(copy);
const refusal = (kit) => {
  try {
    new kit.SmileIdRelay("https://back-end.example/").reEnroll("");
  } catch (error) {
    return error;
  }
};
for (const [one, other] of [[enrollkit, copy], [copy, enrollkit]]) {
  assert.ok(refusal(one) instanceof other.InvalidInput);
  assert.ok(refusal(one) instanceof other.EnrollkitError);
  assert.ok(!(refusal(one) instanceof other.ApiError));
}
