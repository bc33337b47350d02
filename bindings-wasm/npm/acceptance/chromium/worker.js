import * as enrollkit from "/node_modules/enrollkit/dist/index.js";
import { smoke } from "/smoke.mjs";

try {
  smoke(enrollkit);
  const refused = new enrollkit.SmileId({ partnerId: "085", environment: "sandbox", apiKey: "key" });
  postMessage(`a key was taken in a worker: ${refused}`);
} catch (error) {
  postMessage(error.violations?.[0].code === "api_key_in_browser" ? "ran" : String(error));
}
