import * as slim from "/node_modules/enrollkit/dist/slim.js";
import { smoke } from "/smoke.mjs";

try {
  await slim.init(fetch("/node_modules/enrollkit/dist/enrollkit.wasm"));
  smoke(slim);
  globalThis.acceptance = { page: "ran" };
} catch (error) {
  globalThis.acceptance = { page: String(error) };
}
