import type { Call } from "./call.js";
import { invalid, isEnrollkitError, isInvalidInput } from "./errors.js";
import { MAX_RESPONSE_BYTES } from "./generated/constants.js";
import { ownProperties, unknownKeys } from "./options.js";
import { contentOf, headersOf, type Reply, statusOf } from "./reply.js";
import { type Violation, violation } from "./violation.js";

export interface SendOptions {
  /** Ends the wait early. */
  readonly signal?: AbortSignal | undefined;
  /** How long to wait for the whole answer; default 30 seconds; `Infinity` waits as long as `fetch` does; with 0 nothing is sent. */
  readonly timeoutMs?: number | undefined;
  /** How much of an answer is read; default 16 MiB. */
  readonly maxBytes?: number | undefined;
}

/** What `send` gives `fetch`. */
export interface FetchInit {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
  readonly redirect: "manual";
  readonly referrerPolicy: "no-referrer";
  readonly signal: AbortSignal;
}

/**
 * What `send` needs of `fetch`: the platform's own, node-fetch, cross-fetch, undici's, or a function that answers with a status
 * and something of a body. It must send once: what one that tries again reports is only its last try.
 */
export type Fetch = (url: string, init: FetchInit) => Promise<Reply>;

/** What is known of where this runs. */
export interface Host {
  /** Whether the error of a `fetch` says that nothing can have left for the service. */
  nothingLeft(error: unknown, url: string): boolean;
  /** What to do instead of giving `send` what is no call. */
  notACall(given: unknown): string;
}

/** As `send`, on a host. */
export async function sendBy<T>(host: Host, call: Call<T>, fetch: Fetch, options: SendOptions): Promise<T> {
  // Nothing is sent yet: none of this may look like a lost answer.
  if (!isCall(call)) throw new TypeError(host.notACall(call));
  const { signal, timeoutMs, maxBytes } = optionsOf(options);
  requireFetch(fetch);
  if (signal?.aborted === true) throw call.notSent(signal.reason);
  if (timeoutMs === 0) throw call.notSent();
  const abort = new AbortController();
  const stop = (): void => abort.abort(signal?.reason);
  const late = (): void => abort.abort(Object.assign(new Error("no whole answer in time"), { name: "TimeoutError" }));
  const timer = timeoutMs <= LONGEST_TIMER_MS ? setTimeout(late, timeoutMs) : undefined;
  signal?.addEventListener("abort", stop, { once: true });
  let isWhole = true;
  const cut = (): void => void (isWhole = false);
  try {
    const answered = outcomeOf(host, call, fetch, abort.signal, maxBytes, cut);
    return await Promise.race([answered, rejectedWhenAborted(call, abort.signal)]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", stop);
    // node-fetch goes on receiving what nobody reads.
    if (!isWhole) abort.abort();
  }
}

async function outcomeOf<T>(
  host: Host,
  call: Call<T>,
  fetch: Fetch,
  signal: AbortSignal,
  maxBytes: number,
  cut: () => void,
): Promise<T> {
  const { url, method, headers, body, redirect } = call;
  // A relay is of the page's own origin and knows its session; a service gets no cookie.
  const init: FetchInit = { method, headers, redirect, signal, referrerPolicy: "no-referrer", ...(body === undefined ? {} : { body }) };
  let reply: Reply;
  try {
    reply = await fetch(url, init);
  } catch (cause) {
    throw host.nothingLeft(cause, url) ? call.notSent(cause) : call.noResponse(cause);
  }
  try {
    const [status, content] = [statusOf(reply), await contentOf(reply, maxBytes)];
    if (content.length > maxBytes) cut();
    return call.read(status, content, headersOf(reply), maxBytes);
  } catch (error) {
    // It was sent: that its answer is none must not look as if it were not.
    throw isEnrollkitError(error) && !isInvalidInput(error) ? error : call.noResponse(error);
  }
}

/** A `fetch` that knows no signal must not make a wait without end. */
function rejectedWhenAborted(call: Call<unknown>, signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener("abort", () => reject(call.noResponse(signal.reason)), { once: true }));
}

function isCall(given: unknown): boolean {
  try {
    const { url, read, noResponse, notSent } = given as { [name: string]: unknown };
    return typeof url === "string" && [read, noResponse, notSent].every((part) => typeof part === "function");
  } catch {
    // Nothing at all, or somebody else's proxy.
    return false;
  }
}

function requireFetch(fetch: unknown): void {
  if (typeof fetch !== "function") throw new TypeError("there is no fetch here: give send one");
  // axios, got, ky: they take other options, answer otherwise, or send again.
  const { request, extend } = fetch as { request?: unknown; extend?: unknown };
  if (typeof request === "function" || typeof extend === "function") {
    throw new TypeError("send takes a fetch, not another HTTP client: give that the call's parts, and call.read its answer");
  }
}

/** 25 days. A timer that is set for longer goes off at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

function optionsOf(options: SendOptions): { signal: AbortSignal | undefined; timeoutMs: number; maxBytes: number } {
  const given = ownProperties(options);
  const violations: Violation[] = unknownKeys(given, ["signal", "timeoutMs", "maxBytes"]);
  const amount = (name: string, fallback: number): number => {
    const value = given.get(name) ?? fallback;
    if (typeof value === "number" && value >= 0) return value;
    violations.push(violation(name, "wrong_type", "number of at least 0"));
    return fallback;
  };
  const out = { timeoutMs: amount("timeoutMs", 30_000), maxBytes: amount("maxBytes", MAX_RESPONSE_BYTES) };
  const signal = (given.get("signal") ?? undefined) as AbortSignal | undefined;
  if (signal !== undefined && !isSignal(signal)) violations.push(violation("signal", "wrong_type", "AbortSignal"));
  if (violations.length > 0) throw invalid(violations);
  return { ...out, signal };
}

/** Of this realm, another, or a polyfill's. */
function isSignal(value: unknown): boolean {
  try {
    const { aborted, addEventListener, removeEventListener } = value as AbortSignal;
    return typeof aborted === "boolean" && typeof addEventListener === "function" && typeof removeEventListener === "function";
  } catch {
    return false;
  }
}
