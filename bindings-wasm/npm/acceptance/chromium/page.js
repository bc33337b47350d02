import * as enrollkit from "/node_modules/enrollkit/dist/index.js";
import * as ofPage from "/node_modules/enrollkit/dist/page.js";
import { smoke, smokeOfPage } from "/smoke.mjs";

const attempt = (work) => {
  try {
    work();
    return "ran";
  } catch (error) {
    return String(error);
  }
};

// A key in a page is everybody's key.
const keyInPage = () => {
  const options = { partnerId: "085", environment: "sandbox", operator: "ops@bank.example", apiKey: "key" };
  try {
    new enrollkit.SmileId(options);
  } catch (error) {
    if (error.violations?.[0].code !== "api_key_in_browser") throw error;
    new enrollkit.SmileId({ ...options, dangerouslyAllowBrowser: true });
    return;
  }
  throw new Error("a key was taken in a page");
};

const page = attempt(() => {
  smokeOfPage(ofPage);
  smoke(enrollkit);
  keyInPage();
});
const worker = new Worker("/worker.js", { type: "module" });
worker.onmessage = ({ data }) => (globalThis.acceptance = { page, worker: data });
worker.onerror = ({ message }) => (globalThis.acceptance = { page, worker: message });
