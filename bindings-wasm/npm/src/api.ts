// Everything that is public.

import { attempt } from "./errors.js";
import { requireText } from "./json.js";
import { core } from "./wasm.js";

export type { Body } from "./bytes.js";
export type { Call } from "./call.js";
export { MAX_RESPONSE_BYTES } from "./call.js";
export type { AnyError, ErrorJson, Violation } from "./errors.js";
export {
  ApiError,
  EnrollkitError,
  InvalidInput,
  NoResponse,
  SignatureRefused,
  Unreadable,
  isApiError,
  isEnrollkitError,
  isInvalidInput,
  isNoResponse,
  isSignatureRefused,
  isUnreadable,
} from "./errors.js";
export type * from "./generated.js";
export { ENROLLMENT_STATUSES } from "./generated.js";
export type { ResponseHeaders } from "./headers.js";
export type { Intent, SignUpRules, SmileIdIntent, UnifyiaIntent } from "./intent.js";
export { intentText, parseIntent, withUserFields } from "./intent.js";
export type {
  Acknowledged,
  Branding,
  EnrolledUser,
  EnrolleeInfo,
  HistoryEntry,
  IdCheck,
  Outcome,
  RawReply,
  SignedUp,
} from "./outcome.js";
export { isLossy, outcomeText, parseOutcome, rawBody } from "./outcome.js";
export type { Plain } from "./plain.js";
export type { Reply } from "./reply.js";
export type { Answer, Result, RouteRequest, RouteRules } from "./relay.js";
export { confirmedBy, relay } from "./relay.js";
export type { Fetch, FetchInit, SendOptions } from "./send.js";
export { send } from "./send.js";
export type { Pair, Query, SmileIdOptions, SmileIdRawRequest } from "./smile_id.js";
export { SmileId } from "./smile_id.js";
export type { Time } from "./time.js";
export type { CheckRules, UnifyiaOptions, UnifyiaRawRequest } from "./unifyia.js";
export { Unifyia, checkUser } from "./unifyia.js";
export type { Verified, VerifierOptions } from "./verifier.js";
export { Verifier } from "./verifier.js";

/**
 * The low-level signature of any text, for talking to other implementations. The fields are not separated: (`…Z`, `12`) and
 * (`…Z1`, `2`) have the same signature.
 */
export function signature(apiKey: string, timestamp: string, partnerId: string): string {
  const [key, time, partner] = [requireText("apiKey", apiKey), requireText("timestamp", timestamp), requireText("partnerId", partnerId)];
  return attempt(() => core().signature(key, time, partner));
}
