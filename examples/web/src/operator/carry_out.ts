// Sends a change, and finds out what came of it where the answer does not say.

import { type Acknowledged, type AnyError, type Call, type Confirmation, confirmedBy, type EnrolleeInfo, type Fetch, isEnrollkitError, isInvalidInput, send, type SmileIdActions } from "enrollkit/page";

import type { Report } from "../dom.js";
import { ACTIONS, type Change } from "./actions.js";
import { explain } from "./words.js";

export type LookUp = { readonly outcome: EnrolleeInfo } | { readonly error: AnyError };

export async function lookUp(smile: SmileIdActions, userId: string, fetch: Fetch): Promise<LookUp> {
  try {
    return { outcome: await send(smile.enrolleeInfo(userId), fetch) };
  } catch (error) {
    if (!isEnrollkitError(error)) throw error;
    return { error };
  }
}

export async function carryOut(smile: SmileIdActions, call: Call<Acknowledged>, userId: string, fetch: Fetch, show: (report: Report) => void): Promise<{ report: Report; found: LookUp | undefined }> {
  const action = call.operation as Change;
  const { label, done } = ACTIONS[action];
  show({ tone: "busy", title: `${label}: sending…` });

  let why: string;
  try {
    const { acknowledgement } = await send(call, fetch);
    if (acknowledgement === "stated") {
      return { report: { tone: "good", title: `Done: ${userId} ${done}.` }, found: await lookUp(smile, userId, fetch) };
    }
    // A network's log-in page, say: a success by its status only.
    why = "Something answered, but not in the service's words.";
  } catch (error) {
    if (!isEnrollkitError(error)) throw error;
    const report = explain(error);
    if (isCertain(error)) return { report, found: undefined };
    why = report.title;
  }

  // Never sent again to be sure: one look-up tells whether it took effect.
  show({ tone: "unsure", title: "Outcome unknown, checking…", details: [why] });
  const found = await lookUp(smile, userId, fetch);
  return { report: verdict(confirmedBy(action, found), userId, done, why), found };
}

/** Whether the change surely did not take effect. */
function isCertain(error: AnyError): boolean {
  return isInvalidInput(error) || error.code === "signature_refused" || !error.outcomeUnknown;
}

function verdict(confirmation: Confirmation, userId: string, done: string, why: string): Report {
  switch (confirmation) {
    case "in_effect":
      return { tone: "good", title: `Done: ${userId} ${done}.`, details: [why, "A look-up confirms that it took effect."] };
    case "not_in_effect":
      return { tone: "bad", title: `Not done: the look-up shows no change to ${userId}.`, details: [why, "You may try again."] };
    case "unknown":
      return { tone: "unsure", title: "Outcome still unknown.", details: [why, "The look-up does not tell either. Look the user up again before you repeat the action."] };
  }
}
