import { ApiError, type AnyError, attempt, EnrollkitError, isEnrollkitError, toError } from "./errors.js";
import type { Action, Confirmation } from "./generated.js";
import type { Intent } from "./intent.js";
import { toText } from "./json.js";
import { switches } from "./options.js";
import { type EnrolleeInfo, type Outcome, outcomeText } from "./outcome.js";
import { core } from "./wasm.js";

/** What came of an intent: what a relay's back end answers with. */
export type Result = { readonly outcome: Outcome } | { readonly error: AnyError | EnrollkitError };

/** A relay's answer. Send it as `application/json`, with `Cache-Control: no-store`. */
export interface Answer {
  readonly status: number;
  readonly body: string;
}

export const relay = {
  /**
   * The answer for what came of an intent: without the service's raw body, integers beyond 2^53 as text. Identity documents and
   * the sign-up's answer are withheld unless `details` is true.
   */
  answer(result: Result, options: { readonly details?: boolean | undefined } = {}): Answer {
    const { details } = switches(options, "details");
    const { outcome, error } = texts(result);
    const lines = attempt(() => core().relayAnswer(outcome, error, details));
    const end = lines.indexOf("\n");
    return { status: Number(lines.slice(0, end)), body: lines.slice(end + 1) };
  },

  /** The error for a policy's "no". Nothing was sent. */
  refused(intent: Intent | { readonly action: Action }): ApiError {
    return toError(core().refusedByPolicy(String(intent.action))) as ApiError;
  },
};

/**
 * Whether a change is in effect, by a look-up that was made after it: for an answer that was lost (`error.outcomeUnknown`) or
 * unstated.
 */
export function confirmedBy(action: Action, lookUp: { readonly outcome: EnrolleeInfo } | { readonly error: unknown }): Confirmation {
  if (Object.hasOwn(lookUp, "error") && !isEnrollkitError((lookUp as { error: unknown }).error)) return "unknown";
  const { outcome, error } = texts(lookUp as Result);
  return attempt(() => core().confirmedBy(action, outcome, error)) as Confirmation;
}

function texts(result: Result): { outcome: string | undefined; error: string | undefined } {
  const { outcome, error } = result as { readonly outcome?: Outcome; readonly error?: unknown };
  if (Object.hasOwn(result, "error")) {
    if (!isEnrollkitError(error)) throw new TypeError("not one of enrollkit's errors: it says nothing of the intent");
    return { outcome: undefined, error: toText(error.toJSON()).text };
  }
  if (!Object.hasOwn(result, "outcome")) throw new TypeError("neither an outcome nor an error");
  return { outcome: outcomeText(outcome!), error: undefined };
}
