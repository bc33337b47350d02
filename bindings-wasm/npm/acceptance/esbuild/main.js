import { strict as assert } from "node:assert";
import { statSync } from "node:fs";

import { build } from "esbuild";

const common = { bundle: true, logLevel: "warning", logOverride: { "empty-import-meta": "error" } };
for (const [platform, format, file] of [
  ["browser", "esm", "browser.mjs"],
  ["browser", "iife", "script.cjs"],
  ["node", "esm", "node.mjs"],
  ["node", "cjs", "node.cjs"],
]) {
  const { warnings } = await build({ ...common, entryPoints: ["app.js"], platform, format, outfile: `out/${file}`, minify: true });
  assert.deepEqual(warnings, []);
  delete globalThis.acceptance;
  await import(`./out/${file}`);
  assert.equal(globalThis.acceptance, "ran", file);
}

// Whoever imports only a type guard pays for the glue, which is one object, but not for the facade.
await build({ ...common, stdin: { contents: 'export { isApiError } from "enrollkit/slim"', resolveDir: "." }, format: "esm", outfile: "out/guard.mjs", minify: true });
const { size } = statSync("out/guard.mjs");
assert.ok(size < 16_000, `${size} bytes for a type guard`);
