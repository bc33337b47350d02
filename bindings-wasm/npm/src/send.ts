import { type Call, MAX_RESPONSE_BYTES } from "./call.js";
import { invalid, type Violation, violation } from "./errors.js";
import { own } from "./options.js";

export interface SendOptions {
  /** Ends the wait early. */
  readonly signal?: AbortSignal;
  /** How long to wait for the whole answer; default 30 seconds; `Infinity` waits as long as `fetch` does. */
  readonly timeoutMs?: number;
  /** How much of an answer is read; default 16 MiB. */
  readonly maxBytes?: number;
}

/** What `send` needs of `fetch`. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/**
 * Sends a call once and reads its answer: no redirect is followed, nothing is sent again. No answer, or half of one, is
 * `NoResponse`; for a change, look the user up then.
 */
export async function send<T>(call: Call<T>, fetch: Fetch = globalThis.fetch, options: SendOptions = {}): Promise<T> {
  const { signal, timeoutMs, maxBytes } = checked(options);
  // Nothing was sent yet: this must not look like a lost answer.
  if (typeof fetch !== "function") throw new TypeError("there is no fetch here: give send one");
  const abort = new AbortController();
  const stop = (): void => abort.abort();
  const timer = timeoutMs <= LONGEST_TIMER_MS ? setTimeout(stop, timeoutMs) : undefined;
  signal?.addEventListener("abort", stop, { once: true });
  if (signal?.aborted === true) stop();
  try {
    const { method, headers, body, redirect } = call;
    const init: RequestInit = { method, headers, redirect, signal: abort.signal, referrerPolicy: "no-referrer" };
    // A relay is of the page's own origin and knows its session; a service gets no cookie.
    if (body !== undefined) init.body = body;
    let reply: Response;
    let content: Uint8Array;
    try {
      reply = await fetch(call.url, init);
      content = await limited(reply, maxBytes);
    } catch (cause) {
      throw call.noResponse(cause);
    }
    return call.read(reply.status, content, reply.headers, maxBytes);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", stop);
  }
}

/** 25 days. A timer that is set for longer goes off at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

function checked(options: SendOptions): { signal: AbortSignal | undefined; timeoutMs: number; maxBytes: number } {
  const given = own(options);
  const violations: Violation[] = given.refused(["signal", "timeoutMs", "maxBytes"]);
  const amount = (name: string, fallback: number): number => {
    const value = given(name) ?? fallback;
    if (typeof value === "number" && value >= 0) return value;
    violations.push(violation(name, "wrong_type", "number of at least 0"));
    return fallback;
  };
  const out = { timeoutMs: amount("timeoutMs", 30_000), maxBytes: amount("maxBytes", MAX_RESPONSE_BYTES) };
  if (violations.length > 0) throw invalid(violations);
  return { ...out, signal: (given("signal") ?? undefined) as AbortSignal | undefined };
}

/** The body, up to one byte more than the limit: that is enough for the reader to refuse it. */
async function limited(reply: Response, maxBytes: number): Promise<Uint8Array> {
  if (reply.body === null || reply.body === undefined) return new Uint8Array(await reply.arrayBuffer());
  const reader = (reply.body as ReadableStream<Uint8Array>).getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  while (length <= maxBytes) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
    length += value.length;
  }
  if (length > maxBytes) await reader.cancel();
  const content = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    content.set(chunk, at);
    at += chunk.length;
  }
  return content;
}
