// The package that a test asks: the default entry, or what a page has in the place of what a server has. These two are then other files
// and other instances, which must know each other's errors, intents, calls and outcomes.

import { createRequire } from "node:module";

const entries = {
  default: () => import("enrollkit"),
  page: () => besideServer("enrollkit/page"),
  plain: () => besideServer("enrollkit/page/js"),
};

async function besideServer(name) {
  const [server, page] = [createRequire(import.meta.url)("enrollkit"), await import(name)];
  // What only a server's call has read, only a server reads again.
  const isRaw = (text) => /"operation":"\w+\.raw"/.test(text instanceof Uint8Array ? new TextDecoder().decode(text) : String(text));
  return { ...server, ...page, parseOutcome: (text) => (isRaw(text) ? server : page).parseOutcome(text) };
}

export default await entries[process.env.ENROLLKIT_ENTRY ?? "default"]();
