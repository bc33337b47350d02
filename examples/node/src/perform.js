// Sends a call, and makes of what came of it: the relay's answer, and a word for the audit file.

import { isApiError, isEnrollkitError, isUnreadable, relay, send } from "enrollkit";

/** `details`: errors say what the service wrote, for operators. What it says of a person is withheld from everybody. */
export async function perform(makeCall, timeoutMs, options) {
  try {
    const outcome = await send(makeCall(), fetch, { timeoutMs });
    return { answer: relay.answer({ outcome }), outcome: outcome.acknowledgement ?? "stated" };
  } catch (error) {
    return refused(error, options);
  }
}

/** The same for an intent that was not sent. */
export function refused(error, { details = false } = {}) {
  // Anything else is a defect of ours, and no answer of a relay.
  if (!isEnrollkitError(error)) throw error;
  return { answer: relay.answer({ error }, { details }), outcome: codeOf(error) };
}

/** `api_error user_not_found 2210`: codes only. Texts may repeat what was sent. */
function codeOf(error) {
  const words = [error.code];
  if (isApiError(error)) words.push(error.kind, error.serviceCode);
  if (isUnreadable(error)) words.push(error.reason);
  if (error.notSent) words.push("not_sent");
  if (error.outcomeUnknown) words.push("outcome_unknown");
  return words.filter(Boolean).join(" ");
}
