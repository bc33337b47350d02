// What is public of what a page can do.

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
export { MAX_DEPTH, MAX_RESPONSE_BYTES } from "./generated/constants.js";
export * from "./generated/exports.js";
export type { ResponseHeaders } from "./headers.js";
export { intentText, parseIntent } from "./intent.js";
export { isLossy, outcomeText, parseOutcome, rawBody } from "./outcome.js";
export { confirmedBy } from "./page_confirmed.js";
export { send } from "./page_send.js";
export type { Plain } from "./plain.js";
export type { Reply } from "./reply.js";
export { SmileIdRelay, UnifyiaRelay } from "./relays.js";
export type { Fetch, FetchInit, SendOptions } from "./send.js";
export type { Time } from "./time.js";
export type { CheckRules, SignUpRules } from "./user.js";
export { checkUser } from "./user.js";
export type { Violation } from "./violation.js";
