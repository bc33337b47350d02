// Everything that is public: what a page can do, and what only a server may.

import { requireText } from "./checked.js";
import { server } from "./server.js";

export { DEFAULT_MAX_AGE_SECONDS, DEFAULT_MAX_AHEAD_SECONDS } from "./generated/constants.js";
export * from "./page_api.js";
export type { Pair } from "./pair.js";
export type { Answer, RouteRequest, RouteRules } from "./relay.js";
export { confirmedBy, relay } from "./relay.js";
export type { Result } from "./result.js";
export { send } from "./server_send.js";
export { checkUser } from "./server_user.js";
export type { Query, SmileIdOptions, SmileIdRawRequest } from "./smile_id.js";
export { SmileId } from "./smile_id.js";
export type { UnifyiaOptions, UnifyiaRawRequest } from "./unifyia.js";
export { Unifyia } from "./unifyia.js";
export { withUserFields } from "./user_fields.js";
export type { Verified } from "./verified.js";
export type { VerifierOptions } from "./verifier.js";
export { Verifier } from "./verifier.js";

/**
 * The low-level signature of any text, for talking to other implementations. The fields are not separated: (`…Z`, `12`) and
 * (`…Z1`, `2`) have the same signature.
 */
export function signature(apiKey: string, timestamp: string, partnerId: string): string {
  const [key, time, partner] = [requireText("apiKey", apiKey), requireText("timestamp", timestamp), requireText("partnerId", partnerId)];
  return server().signature(key, time, partner);
}
