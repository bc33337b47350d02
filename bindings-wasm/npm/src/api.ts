// Everything that is public.

import { requireText } from "./checked.js";
import { attempt } from "./errors.js";
import { core } from "./wasm.js";

export type { Body } from "./bytes.js";
export type { Call } from "./call.js";
export type { AnyError, ErrorJson } from "./errors.js";
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
export * from "./generated/exports.js";
export type { ResponseHeaders } from "./headers.js";
export { intentText, parseIntent, withUserFields } from "./intent.js";
export { isLossy, outcomeText, parseOutcome, rawBody } from "./outcome.js";
export type { Plain } from "./plain.js";
export type { Reply } from "./reply.js";
export type { Answer, Result, RouteRequest, RouteRules } from "./relay.js";
export { confirmedBy, relay } from "./relay.js";
export { SmileIdRelay, UnifyiaRelay } from "./relays.js";
export type { Fetch, FetchInit, SendOptions } from "./send.js";
export { send } from "./send.js";
export type { Pair, Query, SmileIdOptions, SmileIdRawRequest } from "./smile_id.js";
export { SmileId } from "./smile_id.js";
export type { Time } from "./time.js";
export type { UnifyiaOptions, UnifyiaRawRequest } from "./unifyia.js";
export { Unifyia } from "./unifyia.js";
export type { CheckRules, SignUpRules } from "./user.js";
export { checkUser } from "./user.js";
export type { Verified, VerifierOptions } from "./verifier.js";
export { Verifier } from "./verifier.js";
export type { Violation } from "./violation.js";

/**
 * The low-level signature of any text, for talking to other implementations. The fields are not separated: (`…Z`, `12`) and
 * (`…Z1`, `2`) have the same signature.
 */
export function signature(apiKey: string, timestamp: string, partnerId: string): string {
  const [key, time, partner] = [requireText("apiKey", apiKey), requireText("timestamp", timestamp), requireText("partnerId", partnerId)];
  return attempt(() => core().signature(key, time, partner));
}
