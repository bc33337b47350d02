// Errors in the words of somebody who signs up: what they can do about it, and nothing about keys and codes.

import { type AnyError, isApiError, isInvalidInput, isNoResponse } from "enrollkit/page";

import type { Report } from "../dom.js";

export function explain(error: AnyError, organization: string): Report {
  if (!isInvalidInput(error) && error.code !== "signature_refused" && error.outcomeUnknown) {
    return { tone: "unsure", title: "We do not know whether your sign-up arrived.", details: [`Please ask ${organization} before you send it again.`] };
  }
  if (isNoResponse(error) && error.notSent) {
    return { tone: "bad", title: "Your sign-up was not sent", details: ["The service can't be reached at the moment. Please try again later."] };
  }
  return { tone: "bad", title: "That did not work", details: [why(error, organization)] };
}

function why(error: AnyError, organization: string): string {
  const ours = `Something went wrong on our side; it is not because of what you wrote. Please try again later, or ask ${organization}.`;
  if (isInvalidInput(error)) return "Some of this can't be sent as it is.";
  if (!isApiError(error)) return ours;
  switch (error.kind) {
    case "rate_limited":
      return error.retryAfterSeconds === undefined ? "Too many sign-ups at the moment. Please try again later." : `Too many sign-ups at the moment. Please try again in ${error.retryAfterSeconds} seconds.`;
    case "refused_by_policy":
      return `${organization} does not take this sign-up.`;
    default:
      return ours;
  }
}
