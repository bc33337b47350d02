import type { Call } from "./call.js";
import { nothingLeft } from "./not_sent.js";
import { type Fetch, type Host, sendBy, type SendOptions } from "./send.js";

const host: Host = {
  nothingLeft,
  notACall(given) {
    if (typeof given !== "object" || given === null) {
      return `send takes a call, such as client.deactivate(userId) makes, not ${given === null ? "null" : `a value of type ${typeof given}`}`;
    }
    let parts: { action?: unknown; then?: unknown } = {};
    try {
      const { action, then } = given as typeof parts;
      parts = { action, then };
    } catch {
      // Somebody else's proxy.
    }
    if (typeof parts.then === "function") return "send takes a call, and this is a promise: await it first";
    if (typeof parts.action === "string") return "send takes a call, and this is an intent: send(client.call(intent))";
    return "send takes a call as client.call(intent) made it; one that was copied as JSON can't read its answer: queue the intent instead";
  },
};

/**
 * Sends a call once and reads its answer: no redirect is followed, nothing is sent again. No answer, or half of one, is
 * `NoResponse`; for a change, look the user up then, unless `notSent` says that nothing was sent.
 */
export function send<T>(call: Call<T>, fetch: Fetch = globalThis.fetch, options: SendOptions = {}): Promise<T> {
  return sendBy(host, call, fetch, options);
}
