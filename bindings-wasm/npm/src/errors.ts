import type { Cause, ErrorCode, ErrorKind, Operation, RefusalReason, Retry, UnreadableReason } from "./generated/words.js";
import { toText } from "./json_text.js";
import { toObject } from "./plain.js";
import type { Violation } from "./violation.js";
import { core, type Thrown } from "./wasm.js";

/**
 * The plain form of an error: what `toJSON` gives and `EnrollkitError.from` takes. Without the raw body, and without what the
 * service wrote, which may repeat personal data.
 */
export interface ErrorJson {
  readonly code: ErrorCode;
  readonly [key: string]: unknown;
}

const brands = {
  base: Symbol.for("org.enrollkit.error"),
  plain: Symbol.for("org.enrollkit.error.plain"),
};
const bodies = new WeakMap<object, Uint8Array>();

/** The ESM and the CommonJS build may both be loaded: a class knows an instance by its code, not by its prototype. */
function isOfCode(value: unknown, code: ErrorCode | undefined): boolean {
  if (typeof value !== "object" || value === null) return false;
  try {
    const own = (value as Record<symbol, unknown>)[brands.base];
    return own !== undefined && (code === undefined || own === code);
  } catch {
    // A proxy of somebody else's.
    return false;
  }
}

/** The plain form with what the service wrote, of an error of either build. */
export function wholeOf(error: EnrollkitError): ErrorJson {
  return (error as unknown as Record<symbol, ErrorJson>)[brands.plain]!;
}

/** What `instanceof` says of a class that knows no better. */
function isOrdinarily(type: unknown, value: unknown): boolean {
  try {
    return Function.prototype[Symbol.hasInstance].call(type as () => void, value);
  } catch {
    return false;
  }
}

/** What goes wrong in enrollkit. `code` says what it is, the same word in every language. */
export abstract class EnrollkitError extends Error {
  /** The code of a class's instances; none for this one, which has them all. */
  static readonly errorCode: ErrorCode | undefined = undefined;
  readonly code: ErrorCode;
  /** Whether the change may have happened all the same: look the user up before anything else. */
  readonly outcomeUnknown: boolean;

  protected constructor(plain: ErrorJson, text: string, raw?: Uint8Array) {
    super(text);
    this.code = plain.code;
    this.outcomeUnknown = plain["outcome_unknown"] === true;
    Object.defineProperty(this, brands.base, { value: plain.code });
    Object.defineProperty(this, brands.plain, { value: plain });
    if (raw !== undefined && raw.length > 0) bodies.set(this, raw);
  }

  static override [Symbol.hasInstance](this: { readonly errorCode: ErrorCode | undefined }, value: unknown): boolean {
    // Where classes were compiled to functions, a constructor asks this of what it is only about to make.
    return isOfCode(value, this.errorCode) || isOrdinarily(this, value);
  }

  /** The plain form, for logs and queues. It holds no secret, and nothing that the service wrote. */
  toJSON(): ErrorJson {
    const { service_message: _, ...plain } = wholeOf(this);
    return plain as ErrorJson;
  }

  /**
   * The error of a plain form: the inverse of `toJSON`; `serviceMessage` and the raw body are not part of that. A `TypeError` when
   * it is none.
   */
  static from(json: ErrorJson): EnrollkitError {
    const thrown = core().errorFrom(toText(json).text);
    if (thrown === undefined) throw new TypeError("not the plain form of one of enrollkit's errors");
    return toError(thrown);
  }
}

/** The input can't become a request; nothing was sent. All violations are listed. */
export class InvalidInput extends EnrollkitError {
  static override readonly errorCode = "invalid_input";
  declare readonly code: "invalid_input";
  override readonly name = "InvalidInput";
  readonly violations: readonly Violation[];

  /** @internal */
  constructor(plain: ErrorJson, text: string) {
    super(plain, text);
    this.violations = plain["violations"] as readonly Violation[];
  }
}

/** The service answered, and said no. */
export class ApiError extends EnrollkitError {
  static override readonly errorCode = "api_error";
  declare readonly code: "api_error";
  override readonly name = "ApiError";
  readonly kind: ErrorKind;
  readonly operation: Operation;
  /** The HTTP status; 0 where a browser hides a redirect's. */
  readonly status: number;
  /**
   * Whether it was not the service that said no but your own back end, or something before it: no session, its policy, its
   * limits.
   */
  readonly byRelay: boolean;
  /** The service's own code, as text: `"2205"`. */
  readonly serviceCode: string | undefined;
  readonly retry: Retry;
  readonly retryAfterSeconds: number | undefined;
  /** The usual causes of `unauthorized`. */
  readonly causes: readonly Cause[];
  readonly clockSkewSeconds: number | undefined;
  /** What the service wrote, safe to show. Not for logs: it may repeat personal data. */
  declare readonly serviceMessage: string | undefined;

  /** @internal */
  constructor(plain: ErrorJson, text: string, raw?: Uint8Array) {
    super(plain, text, raw);
    const of = <T>(key: string): T => plain[key] as T;
    this.kind = of("kind");
    this.operation = of("operation");
    this.status = of("status");
    this.byRelay = of("by_relay");
    this.serviceCode = of("service_code");
    this.retry = of("retry");
    const wait = of<number | string | undefined>("retry_after_seconds");
    this.retryAfterSeconds = wait === undefined ? undefined : Number(wait);
    this.causes = of("causes");
    this.clockSkewSeconds = of("clock_skew_seconds");
    // Not enumerable, so that nothing logs it by the way.
    Object.defineProperty(this, "serviceMessage", { value: of("service_message") });
  }

  /** The body as it came, the call's secrets masked. It may hold personal data. */
  raw(): Uint8Array {
    return bodies.get(this) ?? new Uint8Array();
  }
}

/** The service answered, and the answer can't be read. */
export class Unreadable extends EnrollkitError {
  static override readonly errorCode = "unreadable";
  declare readonly code: "unreadable";
  override readonly name = "Unreadable";
  readonly operation: Operation;
  readonly reason: UnreadableReason;
  readonly status: number;

  /** @internal */
  constructor(plain: ErrorJson, text: string, raw?: Uint8Array) {
    super(plain, text, raw);
    this.operation = plain["operation"] as Operation;
    this.reason = plain["reason"] as UnreadableReason;
    this.status = plain["status"] as number;
  }

  /** The body as it came, the call's secrets masked; empty when it was too large. */
  raw(): Uint8Array {
    return bodies.get(this) ?? new Uint8Array();
  }
}

/**
 * No answer came. For a change, `outcomeUnknown` is true unless it is known that nothing was sent: look the user up before you
 * send it again.
 */
export class NoResponse extends EnrollkitError {
  static override readonly errorCode = "no_response";
  declare readonly code: "no_response";
  override readonly name = "NoResponse";
  readonly operation: Operation;
  /** Nothing was sent: no such host, a refused port, an aborted signal. Where that can't be told, it is false. */
  readonly notSent: boolean;

  /** @internal */
  constructor(plain: ErrorJson, text: string) {
    super(plain, text);
    this.operation = plain["operation"] as Operation;
    this.notSent = plain["not_sent"] === true;
  }
}

/** A callback or webhook is not to be trusted. `reason` is for your log; tell the sender only "refused". */
export class SignatureRefused extends EnrollkitError {
  static override readonly errorCode = "signature_refused";
  declare readonly code: "signature_refused";
  override readonly name = "SignatureRefused";
  readonly reason: RefusalReason;

  /** @internal */
  constructor(plain: ErrorJson, text: string) {
    super(plain, text);
    this.reason = plain["reason"] as RefusalReason;
  }
}

/** Any of enrollkit's errors, told apart by `code`. */
export type AnyError = InvalidInput | ApiError | Unreadable | NoResponse | SignatureRefused;

const guard = (code?: ErrorCode) => (value: unknown): boolean => isOfCode(value, code);
export const isEnrollkitError = guard() as (value: unknown) => value is AnyError;
export const isInvalidInput = guard("invalid_input") as (value: unknown) => value is InvalidInput;
export const isApiError = guard("api_error") as (value: unknown) => value is ApiError;
export const isUnreadable = guard("unreadable") as (value: unknown) => value is Unreadable;
export const isNoResponse = guard("no_response") as (value: unknown) => value is NoResponse;
export const isSignatureRefused = guard("signature_refused") as (value: unknown) => value is SignatureRefused;

function ofPlain(plain: ErrorJson, text: string, raw?: Uint8Array): EnrollkitError {
  switch (plain.code) {
    case "invalid_input":
      return new InvalidInput(plain, text);
    case "api_error":
      return new ApiError(plain, text, raw);
    case "unreadable":
      return new Unreadable(plain, text, raw);
    case "no_response":
      return new NoResponse(plain, text);
    case "signature_refused":
      return new SignatureRefused(plain, text);
    default:
      throw new TypeError("not the plain form of one of enrollkit's errors");
  }
}

/** The error of what the glue threw; anything else is thrown on as it is. */
export function toError(thrown: unknown): EnrollkitError {
  // The glue's own: values that no call and no error of ours has.
  if (typeof thrown === "string") throw new TypeError(thrown);
  if (!Array.isArray(thrown)) throw thrown;
  const [plain, text, raw] = thrown as Thrown;
  const members = toObject(plain) as { [key: string]: unknown };
  // `JSON.stringify` takes no `bigint`. A relay writes a wait of more than 2^53 seconds as text, too, and it is read so.
  for (const [key, value] of Object.entries(members)) if (typeof value === "bigint") members[key] = String(value);
  return ofPlain(members as unknown as ErrorJson, text, raw);
}

/** Runs what the glue may refuse. */
export function attempt<T>(work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    throw toError(thrown);
  }
}

/** The error of violations that the facade itself found. */
export function invalid(violations: readonly Violation[]): InvalidInput {
  const shownPath = (path: string): string => path.replace(/[\p{Cc}\p{Cf}]/gu, "\uFFFD").slice(0, 120) || "(the whole)";
  const shown = violations.map(({ path, code, message }) => `${shownPath(path)} ${message} (${code})`);
  return new InvalidInput({ code: "invalid_input", violations }, `invalid_input: ${shown.join("; ")}`);
}
