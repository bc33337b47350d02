// The app. Its last line is what `main.mjs` reads.

import "./device.js";

import * as enrollkit from "enrollkit";
import * as js from "enrollkit/page/js";
import * as page from "enrollkit/page";

import { equal } from "./check.js";
import { hostile } from "./hostile.js";
import { relays } from "./relays.js";
import { files } from "./files.js";
import { runPage } from "./support/page_vectors.js";

const say = (result) => (globalThis.print ?? console.log)(`acceptance: ${JSON.stringify(result)}`);

async function app() {
  // One instance, under three names, and none of it signs.
  equal([enrollkit.send === page.send, page.send === js.send], [true, true]);
  equal(["SmileId", "Unifyia", "Verifier", "signature", "relay"].filter((name) => name in enrollkit), []);
  await enrollkit.init();
  const { counts, failures } = runPage(enrollkit, files);
  const values = hostile();
  await relays();
  return { counts, failures, values };
}

app().then(say, (error) => say({ failures: [String(error?.stack ?? error)] }));
