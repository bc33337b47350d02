import { type Body, toBytes } from "./bytes.js";
import { core } from "./core.js";
import { invalid, type NoResponse, toError } from "./errors.js";
import { MAX_RESPONSE_BYTES } from "./generated/constants.js";
import type { Outcome } from "./generated/outcomes.js";
import type { Operation } from "./generated/words.js";
import { headerLines, type ResponseHeaders } from "./headers.js";
import { violation } from "./violation.js";

/**
 * A request, and the reader of its answer. Its own members are what `fetch` wants: `fetch(call.url, { ...call, signal })`.
 *
 * It carries credentials: send it once, soon, without following redirects; it can't be cloned or serialised. Queue intents,
 * not calls.
 */
export interface Call<T> {
  readonly operation: Operation;
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, string>;
  /** Missing for a GET. */
  readonly body?: string;
  /** A redirect would carry the signature to another host. */
  readonly redirect: "manual";
  /** Reads the answer: the outcome, or it throws an `ApiError` or `Unreadable`. */
  readonly read: (status: number, body: Body, headers?: ResponseHeaders, maxBytes?: number) => T;
  /** The error for a call that got no answer: a change may have happened all the same. */
  readonly noResponse: (cause?: unknown) => NoResponse;
  /** The error for a call of which nothing was sent: no such host, say. It has not happened. */
  readonly notSent: (cause?: unknown) => NoResponse;
}

/** What reads an answer: its headers are lines of names and values. */
export type Read = (status: number, body: Uint8Array, headers: string, maxBytes: number) => Outcome;

/** What a call shows of itself: no credentials. On the prototype, so that a call costs only its parts. */
class Shown {
  declare readonly operation: Operation;
  declare readonly method: string;
  declare readonly url: string;

  toString(): string {
    return `Call(${this.operation}: ${this.method} ${this.url})`;
  }

  toJSON(): never {
    throw new TypeError("a call carries credentials and does not serialise: queue the intent");
  }

  // What `console.log` shows in Node and in Deno.
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }

  [Symbol.for("Deno.customInspect")](): string {
    return this.toString();
  }
}

/** The parts are own members, for `{ ...call }`; the functions are, too, since they keep a call from being cloned. */
export class Built<T> extends Shown implements Call<T> {
  override readonly operation: Operation;
  override readonly method: string;
  override readonly url: string;
  readonly headers: Record<string, string>;
  declare readonly body?: string;
  readonly redirect = "manual";
  readonly read: Call<T>["read"];
  readonly noResponse: Call<T>["noResponse"];
  readonly notSent: Call<T>["notSent"];

  constructor(operation: Operation, method: string, url: string, headers: Record<string, string>, body: string, read: Read) {
    super();
    this.operation = operation;
    this.method = method;
    this.url = url;
    this.headers = headers;
    if (body !== "") this.body = body;
    this.read = (status, content, replyHeaders, maxBytes = MAX_RESPONSE_BYTES) => {
      const bytes = toBytes(content);
      const lines = headerLines(replyHeaders, ["Date", "Retry-After"]);
      return read(toStatus(status), bytes, lines, maxBytes) as T;
    };
    this.noResponse = (cause) => failed(operation, false, cause);
    this.notSent = (cause) => failed(operation, true, cause);
  }
}

function failed(operation: Operation, notSent: boolean, cause: unknown): NoResponse {
  const error = toError(core().noResponse(operation, notSent)) as NoResponse;
  if (cause !== undefined) Object.defineProperty(error, "cause", { value: cause, configurable: true });
  return error;
}

function toStatus(status: number): number {
  if (Number.isInteger(status) && status >= 0 && status <= 0xffff) return status;
  throw invalid([violation("status", "out_of_range", "an HTTP status")]);
}
