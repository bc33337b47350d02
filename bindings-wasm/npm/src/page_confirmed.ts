import { encoder } from "./bytes.js";
import { core } from "./core.js";
import { settled } from "./errors.js";
import { CONFIRMATIONS } from "./generated/confirmations.js";
import type { EnrolleeInfo } from "./generated/outcomes.js";
import type { Action, Confirmation } from "./generated/words.js";
import { confirmation, type LookUp } from "./result.js";

const LOOK_UP: EnrolleeInfo["operation"] = "smile_id.enrollee_info";

/**
 * Whether a change is in effect, by a look-up that was made after it: for an answer that was lost (`error.outcomeUnknown`) or
 * unstated.
 */
export function confirmedBy(action: Action, lookUp: LookUp): Confirmation {
  return confirmation(lookUp, (outcome, error) => {
    // What a look-up says is in a table of the core's, so that who asks for none does not download it.
    const row = own(CONFIRMATIONS, String(action)) as (typeof CONFIRMATIONS)[Action] | undefined;
    // What is no action is refused as an intent's.
    if (row === undefined) return settled(core().parseIntent(encoder.encode('{"action":""}'), false, false));
    const [flag, set, unset, deleted] = row;
    if (outcome === undefined) return own(error, "kind") === "user_deleted" ? deleted : "unknown";
    const plain: unknown = JSON.parse(outcome);
    if (own(plain, "operation") !== LOOK_UP) throw new TypeError("not a look-up");
    const value = own(own(plain, "enrolled_user"), String(flag));
    return value === true ? set : value === false ? unset : "unknown";
  });
}

/** A member of a plain value: a prototype that somebody has changed adds none. */
function own(value: unknown, key: string): unknown {
  return Object.hasOwn(value ?? {}, key) ? (value as { [key: string]: unknown })[key] : undefined;
}
