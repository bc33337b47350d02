// What came of an intent, in its plain form.

import { type AnyError, type EnrollkitError, type ErrorJson, isEnrollkitError, wholeOf } from "./errors.js";
import type { EnrolleeInfo, Outcome } from "./generated/outcomes.js";
import type { Confirmation } from "./generated/words.js";
import { outcomeText } from "./outcome.js";

/** What came of an intent: what a relay's back end answers with. */
export type Result = { readonly outcome: Outcome } | { readonly error: AnyError | EnrollkitError };

/** What came of a look-up. */
export type LookUp = { readonly outcome: EnrolleeInfo } | { readonly error: unknown };

/** The exact text of the outcome; a `TypeError` where there is none. */
export function textOfOutcome(result: Result | LookUp): string {
  if (!Object.hasOwn(result, "outcome")) throw new TypeError("neither an outcome nor an error");
  return outcomeText((result as { outcome: Outcome }).outcome);
}

/** What `decide` finds of a look-up's outcome or error; an error of somebody else's says nothing of the user. */
export function confirmation(lookUp: LookUp, decide: (outcome: string | undefined, error: ErrorJson | undefined) => string): Confirmation {
  if (!Object.hasOwn(lookUp, "error")) return decide(textOfOutcome(lookUp), undefined) as Confirmation;
  const { error } = lookUp as { error: unknown };
  return isEnrollkitError(error) ? (decide(undefined, wholeOf(error)) as Confirmation) : "unknown";
}
