import { strict as assert } from "node:assert";
import { readFileSync, readdirSync } from "node:fs";

const bundle = readdirSync("dist/assets").find((name) => name.endsWith(".js"));
await import(`./dist/assets/${bundle}`);
assert.ok(WebAssembly.validate(readFileSync(`dist${globalThis.acceptance.address}`)));
