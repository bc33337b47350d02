import * as slim from "/node_modules/enrollkit/dist/page_slim.js";
import { smokeOfPage } from "/smoke.mjs";

try {
  await slim.init(fetch("/node_modules/enrollkit/dist/page.wasm"));
  smokeOfPage(slim);
  globalThis.acceptance = { page: "ran" };
} catch (error) {
  globalThis.acceptance = { page: String(error) };
}
