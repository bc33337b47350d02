import { strict as assert } from "node:assert";
import { statSync } from "node:fs";

import { build } from "esbuild";

const common = { bundle: true, logLevel: "warning", logOverride: { "empty-import-meta": "error" } };
for (const [entry, platform, format, file] of [
  ["page.js", "browser", "esm", "browser.mjs"],
  ["page.js", "browser", "iife", "script.cjs"],
  ["app.js", "node", "esm", "node.mjs"],
  ["app.js", "node", "cjs", "node.cjs"],
]) {
  const { warnings } = await build({ ...common, entryPoints: [entry], platform, format, outfile: `out/${file}`, minify: true });
  assert.deepEqual(warnings, []);
  delete globalThis.acceptance;
  await import(`./out/${file}`);
  assert.equal(globalThis.acceptance, "ran", file);
}

// Whoever imports only a type guard does not pay for the rest.
for (const [entry, most] of [["enrollkit/slim", 16_000], ["enrollkit/page/slim", 8_000]]) {
  await build({ ...common, stdin: { contents: `export { isApiError } from "${entry}"`, resolveDir: "." }, format: "esm", outfile: "out/guard.mjs", minify: true });
  const { size } = statSync("out/guard.mjs");
  assert.ok(size < most, `${size} bytes for a type guard of ${entry}`);
}
