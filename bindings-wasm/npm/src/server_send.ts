import type { Call } from "./call.js";
import { nothingLeft } from "./not_sent.js";
import { type Fetch, sendBy, type SendOptions } from "./send.js";

/**
 * Sends a call once and reads its answer: no redirect is followed, nothing is sent again. No answer, or half of one, is
 * `NoResponse`; for a change, look the user up then, unless `notSent` says that nothing was sent.
 */
export function send<T>(call: Call<T>, fetch: Fetch = globalThis.fetch, options: SendOptions = {}): Promise<T> {
  return sendBy(nothingLeft, call, fetch, options);
}
