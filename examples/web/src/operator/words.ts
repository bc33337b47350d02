// Errors in the words of somebody at a desk.

import { type AnyError, type ApiError, type Cause, type ErrorKind, isApiError, isInvalidInput, isNoResponse, isUnreadable, type UnreadableReason } from "enrollkit/page";

import type { Report } from "../dom.js";

const KINDS: Record<ErrorKind, string> = {
  unauthorized: "Smile ID does not accept our credentials.",
  user_disabled: "This user is deactivated.",
  user_deleted: "This user was deleted. Nothing can be done under this id any more.",
  user_not_found: "There is no user with this id.",
  already_enrolled: "This user is enrolled already.",
  reenrollment_incomplete: "This user has to finish the re-enrollment first.",
  invalid_request: "The service can't make sense of this request.",
  payment_required: "The account with the service has to be paid first.",
  forbidden: "The service does not allow this.",
  rate_limited: "Too many requests at the moment.",
  conflict: "This contradicts what is there already.",
  redirected: "Something between us and the service sent us to another address. We did not go there.",
  refused_by_policy: "Your role does not allow this. Nothing was sent.",
  server: "The service has a failure.",
  unknown: "The service refused, and did not say why in a way we know.",
};

const CAUSES: Record<Cause, string> = {
  key_of_other_environment: "Often the API key belongs to the other environment: sandbox and production have different keys.",
  partner_id_changed: "Or the partner id is not as it was issued: leading zeros count.",
  clock: "Or the clock of our server is wrong.",
  token: "Or the token has expired.",
};

const UNREADABLE: Record<UnreadableReason, string> = {
  too_large: "The answer was too large to read.",
  too_deep: "The answer was nested too deep to read.",
  not_json: "The answer could not be read.",
  not_relay: "Something other than our back end answered. Are you behind a log-in page of a network?",
};

export function explain(error: AnyError): Report {
  return { tone: "bad", title: titleOf(error), details: detailsOf(error) };
}

function titleOf(error: AnyError): string {
  if (isApiError(error)) return KINDS[error.kind] ?? KINDS.unknown;
  if (isUnreadable(error)) return UNREADABLE[error.reason] ?? UNREADABLE.not_json;
  if (isInvalidInput(error)) return "This can't be sent as it is.";
  return isNotSent(error) ? "Nothing was sent: the service could not be reached." : "No answer came.";
}

const isNotSent = (error: AnyError) => isNoResponse(error) && error.notSent;

function detailsOf(error: AnyError): string[] {
  if (isInvalidInput(error)) return error.violations.map(({ path, message }) => `${path} ${message}`.trim());
  if (isApiError(error)) return detailsOfApi(error);
  return isNotSent(error) ? ["You may try again."] : [];
}

function detailsOfApi(error: ApiError): string[] {
  const details = error.causes.map((cause) => CAUSES[cause]).filter((text) => text !== undefined);
  if (error.clockSkewSeconds !== undefined && Math.abs(error.clockSkewSeconds) > 60) {
    details.push(`Our clock and the service's are ${Math.abs(error.clockSkewSeconds)} seconds apart.`);
  }
  if (error.serviceMessage !== undefined) details.push(`The service said: “${error.serviceMessage}”`);
  if (error.serviceCode !== undefined) details.push(`Its code: ${error.serviceCode}`);
  if (error.retryAfterSeconds !== undefined) details.push(`Try again in ${error.retryAfterSeconds} seconds.`);
  else if (error.retry !== "never") details.push("You may try again.");
  return details;
}
