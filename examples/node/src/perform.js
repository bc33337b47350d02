// Sends a call, and makes of what came of it: the relay's answer, and a word for the audit file.

import { isApiError, isEnrollkitError, isUnreadable, relay, send } from "enrollkit";

export async function perform(makeCall, timeoutMs) {
  try {
    const outcome = await send(makeCall(), fetch, { timeoutMs });
    return { answer: relay.answer({ outcome }), outcome: outcome.acknowledgement ?? "stated" };
  } catch (error) {
    return refused(error);
  }
}

/** The same for an intent that was not sent. */
export function refused(error) {
  // Anything else is a defect of ours, and no answer of a relay.
  if (!isEnrollkitError(error)) throw error;
  return { answer: relay.answer({ error }), outcome: codeOf(error) };
}

/** `api_error user_not_found 2210`: codes only. Texts may repeat what was sent. */
function codeOf(error) {
  const words = [error.code];
  if (isApiError(error)) words.push(error.kind, error.serviceCode);
  if (isUnreadable(error)) words.push(error.reason);
  if (error.outcomeUnknown) words.push("outcome_unknown");
  return words.filter(Boolean).join(" ");
}
