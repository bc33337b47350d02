// What of the vectors a page can do. No `node:` here: the same file runs in Chromium and in React Native's engine.

import { runAll } from "./vectors.mjs";

/** Runs it all: `[{ name, text }]`. */
export const runPage = (page, files) => runAll(page, files, partOf);

/** A case as a page's; nothing of one that is a server's. */
export function partOf({ kind, input, expect }) {
  const whole = { kind, input, expect };
  switch (kind) {
    case "check":
    case "json":
      return whole;
    case "value":
      return ["relay_url", "organization"].includes(input.type) ? whole : undefined;
    case "intent":
      return input.user_fields_json === undefined ? whole : undefined;
    case "call":
      return input.relay !== undefined && input.raw === undefined ? whole : undefined;
    case "read":
      return input.relayed === true ? whole : undefined;
    case "no_response":
      return input.operation.endsWith(".raw") ? undefined : whole;
    // A back end has answered already: an outcome's status is always the same.
    case "relay": {
      const { status = 200, body, read } = expect;
      return body === undefined || read === undefined ? undefined : { kind: "read", input: { operation: input.operation, relayed: true, status, body }, expect: read };
    }
    default:
      return undefined;
  }
}
