import type { Call } from "./call.js";
import { type Fetch, sendBy, type SendOptions } from "./send.js";

/** A browser's `fetch` says of every failure the same. */
const cantTell = (): boolean => false;

/**
 * Sends a call once and reads its answer: no redirect is followed, nothing is sent again. No answer, or half of one, is
 * `NoResponse`; for a change, look the user up then, unless `notSent` says that nothing was sent: in a page, only
 * that the signal was aborted before.
 */
export function send<T>(call: Call<T>, fetch: Fetch = globalThis.fetch, options: SendOptions = {}): Promise<T> {
  return sendBy(cantTell, call, fetch, options);
}
