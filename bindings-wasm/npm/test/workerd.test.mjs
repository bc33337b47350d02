// The entry of the condition `workerd`, for whoever imports WebAssembly as the language itself does: Vite's server builds, Node.
// (With the compiled module, workerd itself runs it in `acceptance/workerd`.)

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";

import { PACKAGE } from "./support/files.mjs";

test("the WebAssembly finds what it imports, and there is one instance", () => {
  const code = `
    import { init, SmileId, SmileIdRelay, isInvalidInput, signature } from "enrollkit";
    import * as slim from "enrollkit/slim";
    await init();
    const { url } = new SmileIdRelay("/api/smile").reEnroll("u");
    let refused;
    try { new SmileIdRelay("/api/smile").reEnroll(""); } catch (error) { refused = isInvalidInput(error) && error instanceof slim.InvalidInput; }
    const made = new SmileId({ partnerId: "085", environment: "sandbox", operator: "o@bank.example", apiKey: "k" }).deactivate("u").read(200, '{"message":"é"}').message;
    console.log(JSON.stringify([url, refused, made, signature("k", "t", "p") === slim.signature("k", "t", "p")]));
  `;
  const flags = ["--conditions=workerd", "--experimental-wasm-modules", "--no-warnings", "--input-type=module"];
  const printed = execFileSync(process.execPath, [...flags, "--eval", code], { cwd: PACKAGE, encoding: "utf8" });
  assert.deepEqual(JSON.parse(printed), ["/api/smile", true, "é", true]);
});
