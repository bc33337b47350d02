import type { Call } from "./call.js";
import { type Fetch, type Host, sendBy, type SendOptions } from "./send.js";

const host: Host = {
  // A browser's `fetch` says the same of every failure.
  nothingLeft: () => false,
  notACall: () => "send takes a call of a relay's: no intent, no promise, no copy",
};

/**
 * Sends a call once and reads its answer: no redirect is followed, nothing is sent again. No answer, or half of one, is
 * `NoResponse`; for a change, look the user up then, unless `notSent` says that nothing was sent: in a page, only
 * that the signal was aborted before.
 */
export function send<T>(call: Call<T>, fetch: Fetch = globalThis.fetch, options: SendOptions = {}): Promise<T> {
  return sendBy(host, call, fetch, options);
}
