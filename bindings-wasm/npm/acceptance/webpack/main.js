import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import webpack from "webpack";

// What a bundle for a page asks of the page.
Object.assign(globalThis, { self: globalThis, location: { href: "http://localhost/" } });

for (const [target, entry] of [["web", "./page.js"], ["node", "./app.js"]]) {
  const folder = join(import.meta.dirname, "out", target);
  const compiler = webpack({ mode: "production", context: import.meta.dirname, entry, target, output: { path: folder, filename: "app.cjs", publicPath: "" } });
  const stats = await new Promise((resolve, reject) => compiler.run((error, stats) => (error ? reject(error) : resolve(stats))));
  const { errors, warnings } = stats.toJson({ all: false, errors: true, warnings: true });
  assert.deepEqual(errors, []);
  // That a page should be small is webpack's advice, and ours; it is not about how we are made.
  assert.deepEqual(warnings.filter(({ message }) => !message.includes("size limit") && !message.includes("limit the size")), []);
  delete globalThis.acceptance;
  await import(join(folder, "app.cjs"));
  assert.ok(WebAssembly.validate(readFileSync(join(folder, globalThis.acceptance.address))));
}
