// What came of an intent, in its plain form.

import { type AnyError, type EnrollkitError, type ErrorJson, isEnrollkitError, wholeOf } from "./errors.js";
import type { EnrolleeInfo, Outcome } from "./generated/outcomes.js";
import type { Confirmation } from "./generated/words.js";
import { outcomeText } from "./outcome.js";

/** What came of an intent: what a relay's back end answers with. */
export type Result = { readonly outcome: Outcome } | { readonly error: AnyError | EnrollkitError };

/** What came of a look-up. */
export type LookUp = { readonly outcome: EnrolleeInfo } | { readonly error: unknown };

/** The exact text of an outcome, or an error with what the service wrote. */
export type PlainResult = { readonly outcome: string; readonly error?: undefined } | { readonly outcome?: undefined; readonly error: ErrorJson };

/** A `TypeError` where there is none. */
export function plainResult(result: Result): PlainResult {
  const { outcome, error } = result as { readonly outcome?: Outcome; readonly error?: unknown };
  if (Object.hasOwn(result, "error")) {
    if (!isEnrollkitError(error)) throw new TypeError("not one of enrollkit's errors: it says nothing of the intent");
    return { error: wholeOf(error) };
  }
  if (!Object.hasOwn(result, "outcome")) throw new TypeError("neither an outcome nor an error");
  return { outcome: outcomeText(outcome!) };
}

/** What `decide` finds of a look-up; an error of somebody else's says nothing of the user. */
export function confirmation(lookUp: LookUp, decide: (plain: PlainResult) => string): Confirmation {
  if (Object.hasOwn(lookUp, "error") && !isEnrollkitError((lookUp as { error: unknown }).error)) return "unknown";
  return decide(plainResult(lookUp as Result)) as Confirmation;
}
