import { attempt, type NoResponse, toError, violation, invalid } from "./errors.js";
import type { Operation } from "./generated.js";
import { remember } from "./outcome.js";
import { camel, set, toObject } from "./plain.js";
import { core } from "./wasm.js";

/** The largest response body that is read unless another limit is given: 16 MiB. */
export const MAX_RESPONSE_BYTES = 16 * 1024 * 1024;

/** Response headers, as `fetch`, Node's `http` and most frameworks give them. */
export type ResponseHeaders =
  | Iterable<readonly [string, string]>
  | { readonly [name: string]: string | readonly string[] | number | undefined };

/** A response body. */
export type Body = ArrayBuffer | SharedArrayBuffer | ArrayBufferView | string;

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
  /** The error for a call that got no answer. */
  readonly noResponse: (cause?: unknown) => NoResponse;
}

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
class Built<T> extends Shown implements Call<T> {
  override readonly operation: Operation;
  override readonly method: string;
  override readonly url: string;
  readonly headers: Record<string, string>;
  declare readonly body?: string;
  readonly redirect = "manual";
  readonly read: Call<T>["read"];
  readonly noResponse: Call<T>["noResponse"];

  constructor(lines: string) {
    super();
    const parts = lines.split("\n");
    // By their places: taking an array apart goes through its iterator.
    const operation = parts[0] as Operation;
    const relayed = parts[1]!;
    const signedAt = parts[2]!;
    const secretsAt = 7 + 2 * Number(parts[5]);
    const bodyAt = secretsAt + Number(parts[6]);
    const headers: Record<string, string> = {};
    for (let at = 7; at < secretsAt; at += 2) set(headers, parts[at]!, parts[at + 1]!);
    const body = parts[bodyAt]!;
    this.operation = operation;
    this.method = parts[3]!;
    this.url = parts[4]!;
    this.headers = headers;
    if (body !== "") this.body = body;
    this.read = (status, content, replyHeaders, maxBytes = MAX_RESPONSE_BYTES) => {
      const bytes = toBytes(content);
      const lines = headerLines(replyHeaders);
      const secrets = parts.slice(secretsAt, bodyAt).join("\n");
      const read = () => core().read(operation, relayed !== "", signedAt, secrets, maxBytes, toStatus(status), lines, bytes);
      const [plain, lossy, raw, text] = attempt(read);
      return remember(camel(toObject(plain)), { plain, raw, lossy, text }) as T;
    };
    this.noResponse = (cause) => {
      const error = toError(core().noResponse(operation)) as NoResponse;
      if (cause !== undefined) Object.defineProperty(error, "cause", { value: cause, configurable: true });
      return error;
    };
  }
}

/** The call of the glue's lines. */
export function toCall<T>(lines: string): Call<T> {
  return new Built<T>(lines);
}

function toStatus(status: number): number {
  if (Number.isInteger(status) && status >= 0 && status <= 0xffff) return status;
  throw invalid([violation("status", "out_of_range", "an HTTP status")]);
}

const encoder = new TextEncoder();

/** The bytes of a body, without a copy where there is one already. */
export function toBytes(body: Body): Uint8Array {
  if (typeof body === "string") return encoder.encode(body);
  try {
    if (ArrayBuffer.isView(body)) return new Uint8Array(body.buffer, body.byteOffset, body.byteLength);
    if (isBytes(body)) return new Uint8Array(body);
  } catch {
    // Its buffer was handed over to somebody else.
  }
  throw invalid([violation("body", "wrong_type", "ArrayBuffer, typed array or string")]);
}

/** Whether these are bytes, of this realm or another: what they say of themselves is not asked, nor is a proxy. */
export function isBytes(value: unknown): boolean {
  return ArrayBuffer.isView(value) || LENGTHS.some((length) => has(length, value));
}

const LENGTHS = [globalThis.ArrayBuffer, globalThis.SharedArrayBuffer as SharedArrayBufferConstructor | undefined].map(
  (type) => type && Object.getOwnPropertyDescriptor(type.prototype, "byteLength")?.get,
);

function has(getter: (() => unknown) | undefined, value: unknown): boolean {
  if (getter === undefined || typeof value !== "object") return false;
  try {
    getter.call(value);
    return true;
  } catch {
    return false;
  }
}

/** Lines of names and values by turns. A value that comes twice comes twice. */
export function headerLines(headers: ResponseHeaders | undefined): string {
  if (headers === undefined || headers === null) return "";
  const lines: string[] = [];
  // A line break can't come from an HTTP client; from elsewhere it must not become a further header.
  const add = (name: string, value: unknown) => lines.push(String(name).replaceAll("\n", " "), String(value).replaceAll("\n", " "));
  try {
    if (typeof headers !== "object") throw new TypeError("no headers");
    const pairs = typeof (headers as Iterable<unknown>)[Symbol.iterator] === "function" ? (headers as Iterable<readonly [string, string]>) : Object.entries(headers);
    for (const [name, value] of pairs) {
      if (Array.isArray(value)) value.forEach((one) => add(name, one));
      else if (value !== undefined) add(name, value);
    }
  } catch {
    throw invalid([violation("headers", "wrong_type", "headers")]);
  }
  return lines.join("\n");
}
