import { core } from "./core.js";
import { withTexts } from "./exact.js";
import type { Cause, ErrorCode, ErrorKind, Operation, RefusalReason, Retry, UnreadableReason } from "./generated/words.js";
import { toText } from "./json_text.js";
import { memoryOf, remember } from "./memory.js";
import { camelName } from "./plain.js";
import type { Violation } from "./violation.js";

/**
 * The plain form of an error: what `toJSON` gives and `EnrollkitError.from` takes. Without the raw body, and without what the
 * service wrote, which may repeat personal data.
 */
export interface ErrorJson {
  readonly code: ErrorCode;
  readonly [key: string]: unknown;
}

/** Where an error has its plain form, and where its body. */
const PLAIN = Symbol.for("org.enrollkit.error");
const BODY = Symbol();

/** The ESM and the CommonJS build may both be loaded: a class knows an instance by its code, not by its prototype. */
function isOfCode(value: unknown, code?: ErrorCode): boolean {
  const own = memoryOf<ErrorJson>(value, PLAIN)?.code;
  return own !== undefined && (code === undefined || own === code);
}

/** The plain form with what the service wrote, of an error of either build. */
export function wholeOf(error: EnrollkitError): ErrorJson {
  return memoryOf(error, PLAIN)!;
}

const bodyOf = (error: object): Uint8Array => memoryOf(error, BODY) ?? new Uint8Array();

/** Takes members of the plain form under JavaScript's names. */
function take(error: object, plain: ErrorJson, ...names: readonly string[]): void {
  for (const name of names) (error as { [name: string]: unknown })[camelName(name)] = plain[name];
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
    remember(this, PLAIN, plain);
    if (raw !== undefined) remember(this, BODY, raw);
  }

  static override [Symbol.hasInstance](this: { readonly errorCode: ErrorCode | undefined }, value: unknown): boolean {
    try {
      // Where classes were compiled to functions, a constructor asks this of what it is only about to make.
      return isOfCode(value, this.errorCode) || Function.prototype[Symbol.hasInstance].call(this, value);
    } catch {
      // A proxy of somebody else's.
      return false;
    }
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
    const refusal = core().errorFrom(toText(json).text);
    if (refusal === "") throw new TypeError("not the plain form of one of enrollkit's errors");
    return toError(refusal);
  }
}

/** The input can't become a request; nothing was sent. All violations are listed. */
export class InvalidInput extends EnrollkitError {
  static override readonly errorCode = "invalid_input";
  declare readonly code: "invalid_input";
  override readonly name = "InvalidInput";
  declare readonly violations: readonly Violation[];

  /** @internal */
  constructor(plain: ErrorJson, text: string) {
    super(plain, text);
    take(this, plain, "violations");
  }
}

/** The service answered, and said no. */
export class ApiError extends EnrollkitError {
  static override readonly errorCode = "api_error";
  declare readonly code: "api_error";
  override readonly name = "ApiError";
  declare readonly kind: ErrorKind;
  declare readonly operation: Operation;
  /** The HTTP status; 0 where a browser hides a redirect's. */
  declare readonly status: number;
  /**
   * Whether it was not the service that said no but your own back end, or something before it: no session, its policy, its
   * limits.
   */
  declare readonly byRelay: boolean;
  /** The service's own code, as text: `"2205"`. */
  declare readonly serviceCode: string | undefined;
  declare readonly retry: Retry;
  declare readonly retryAfterSeconds: number | undefined;
  /** The usual causes of `unauthorized`. */
  declare readonly causes: readonly Cause[];
  declare readonly clockSkewSeconds: number | undefined;
  /** What the service wrote, safe to show. Not for logs: it may repeat personal data. */
  declare readonly serviceMessage: string | undefined;

  /** @internal */
  constructor(plain: ErrorJson, text: string, raw?: Uint8Array) {
    super(plain, text, raw);
    take(this, plain, "kind", "operation", "status", "by_relay", "service_code", "retry", "retry_after_seconds", "causes", "clock_skew_seconds");
    // One of more than 2^53 is text.
    if (this.retryAfterSeconds !== undefined) (this as { retryAfterSeconds: unknown }).retryAfterSeconds = Number(this.retryAfterSeconds);
    // Not enumerable, so that nothing logs it by the way.
    Object.defineProperty(this, "serviceMessage", { value: plain["service_message"] });
  }

  /** The body as it came, the call's secrets masked. It may hold personal data. */
  raw(): Uint8Array {
    return bodyOf(this);
  }
}

/** The service answered, and the answer can't be read. */
export class Unreadable extends EnrollkitError {
  static override readonly errorCode = "unreadable";
  declare readonly code: "unreadable";
  override readonly name = "Unreadable";
  declare readonly operation: Operation;
  declare readonly reason: UnreadableReason;
  declare readonly status: number;

  /** @internal */
  constructor(plain: ErrorJson, text: string, raw?: Uint8Array) {
    super(plain, text, raw);
    take(this, plain, "operation", "reason", "status");
  }

  /** The body as it came, the call's secrets masked; empty when it was too large. */
  raw(): Uint8Array {
    return bodyOf(this);
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
  declare readonly operation: Operation;
  /** Nothing was sent: no such host, a refused port, an aborted signal. Where that can't be told, it is false. */
  readonly notSent: boolean;

  /** @internal */
  constructor(plain: ErrorJson, text: string) {
    super(plain, text);
    take(this, plain, "operation");
    this.notSent = plain["not_sent"] === true;
  }
}

/** A callback or webhook is not to be trusted. `reason` is for your log; tell the sender only "refused". */
export class SignatureRefused extends EnrollkitError {
  static override readonly errorCode = "signature_refused";
  declare readonly code: "signature_refused";
  override readonly name = "SignatureRefused";
  declare readonly reason: RefusalReason;

  /** @internal */
  constructor(plain: ErrorJson, text: string) {
    super(plain, text);
    take(this, plain, "reason");
  }
}

/** Any of enrollkit's errors, told apart by `code`. */
export type AnyError = InvalidInput | ApiError | Unreadable | NoResponse | SignatureRefused;

export const isEnrollkitError = (value: unknown): value is AnyError => isOfCode(value);
export const isInvalidInput = (value: unknown): value is InvalidInput => isOfCode(value, "invalid_input");
export const isApiError = (value: unknown): value is ApiError => isOfCode(value, "api_error");
export const isUnreadable = (value: unknown): value is Unreadable => isOfCode(value, "unreadable");
export const isNoResponse = (value: unknown): value is NoResponse => isOfCode(value, "no_response");
export const isSignatureRefused = (value: unknown): value is SignatureRefused => isOfCode(value, "signature_refused");

const CLASSES = [InvalidInput, ApiError, Unreadable, NoResponse, SignatureRefused];

/** The error of a refusal of the glue's, and the body that it came of. */
export function toError(refusal: string, raw?: Uint8Array): EnrollkitError {
  const end = refusal.indexOf("\n");
  const [plain, text] = [refusal.slice(1, end), refusal.slice(end + 1)];
  // The glue's own: values that no call and no error of ours has.
  if (plain === "") throw new TypeError(text);
  // `JSON.stringify` takes no `bigint`. A relay writes a wait of more than 2^53 seconds as text, too, and it is read so.
  const members = withTexts(plain) as unknown as ErrorJson;
  const type = CLASSES.find(({ errorCode }) => errorCode === members.code)!;
  return new type(members, text, raw);
}

export const isRefusal = (text: string): boolean => text[0] === "!" || text[0] === "#";

/** What the glue gives, unless it refuses. */
export function settled(text: string, raw?: Uint8Array): string {
  if (isRefusal(text)) throw toError(text, raw);
  return text;
}

/** What the glue's constructors give; they throw their refusals. */
export function attempt<T>(work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    throw typeof thrown === "string" ? toError(thrown) : thrown;
  }
}

/** The error of violations that the facade itself found. */
export function invalid(violations: readonly Violation[]): InvalidInput {
  const shownPath = (path: string): string => path.replace(/[\p{Cc}\p{Cf}]/gu, "\uFFFD").slice(0, 120) || "(the whole)";
  const shown = violations.map(({ path, code, message }) => `${shownPath(path)} ${message} (${code})`);
  return new InvalidInput({ code: "invalid_input", violations }, `invalid_input: ${shown.join("; ")}`);
}
