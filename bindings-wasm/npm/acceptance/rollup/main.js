import { strict as assert } from "node:assert";

import resolve from "@rollup/plugin-node-resolve";
import { rollup } from "rollup";

const warnings = [];
const bundle = await rollup({ input: "app.js", plugins: [resolve()], onwarn: ({ message }) => warnings.push(message) });
await bundle.write({ file: "out/app.mjs", format: "es" });
assert.deepEqual(warnings, []);
await import("./out/app.mjs");
assert.equal(globalThis.acceptance, "ran");
