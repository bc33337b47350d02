// A user's program, with what they would write. `main.js` compiles it as an ES module and as CommonJS.

import {
  ApiError,
  type Acknowledged,
  type Call,
  type EnrolleeInfo,
  EnrollkitError,
  type Fetch,
  type Intent,
  InvalidInput,
  type Outcome,
  type RefusalReason,
  SmileId,
  type SignUpUser,
  Unifyia,
  UnifyiaRelay,
  Verifier,
  intentText,
  isApiError,
  isEnrollkitError,
  isNoResponse,
  outcomeText,
  parseIntent,
  parseOutcome,
  relay,
  send,
  signature,
  withUserFields,
} from "enrollkit";
import { init as initSlim } from "enrollkit/slim";

const smile = new SmileId({ partnerId: "085", environment: "sandbox", operator: "ops@bank.example", apiKey: "key" });

export async function reEnroll(userId: string, signal: AbortSignal): Promise<string> {
  const call: Call<Acknowledged> = smile.reEnroll(userId);
  const reply = await fetch(call.url, { ...call, signal });
  const outcome = call.read(reply.status, await reply.arrayBuffer(), reply.headers);
  return outcome.acknowledgement;
}

export async function lookUp(userId: string): Promise<boolean | undefined> {
  try {
    const info: EnrolleeInfo = await send(smile.enrolleeInfo(userId));
    return info.enrolledUser?.inactive;
  } catch (error) {
    if (error instanceof InvalidInput) console.log(error.violations.map(({ path, code }) => `${path}: ${code}`));
    else if (isApiError(error)) console.log(error.kind, error.retryAfterSeconds);
    else if (error instanceof EnrollkitError) console.log(error.toJSON().code);
    throw error;
  }
}

export function signUp(user: SignUpUser): string {
  const form: Partial<SignUpUser> = { name: "ada", id: 9_007_199_254_740_993n };
  const violations = new Unifyia({ baseUrl: "https://unifyia.example" }).check(form, { selfService: true });
  return new UnifyiaRelay("/api/unifyia").signUp(user).url + violations.length;
}

export function relayed(body: Uint8Array): string {
  const intent: Intent = parseIntent(body);
  switch (intent.action) {
    case "smile_id.delete_permanently":
      return intent.confirm;
    case "unifyia.sign_up":
      return withUserFields(intent, { userStatus: "Active" }).action;
    default:
      return intent.action;
  }
}

export function webhook(headers: Record<string, string | string[] | undefined>, body: Uint8Array): string {
  return new Verifier({ partnerId: "085", keys: ["key"] }).webhook(headers, body).deliveryKey;
}

/** What an environment variable gives: perhaps nothing. */
export function fromEnvironment(apiKey: string | undefined, baseUrl: string | undefined, token: string | undefined): [SmileId, Unifyia] {
  const smileId = new SmileId({ partnerId: "085", environment: "sandbox", apiKey, baseUrl, allowHttp: baseUrl?.startsWith("http://sandbox:") });
  return [smileId, new Unifyia({ baseUrl: baseUrl ?? "https://unifyia.example", token })];
}

/** Each operation has one kind of outcome. */
export function told(outcome: Outcome): string {
  switch (outcome.operation) {
    case "smile_id.enrollee_info":
      return String(outcome.history.length);
    case "unifyia.branding":
      return outcome.language ?? "";
    case "smile_id.raw":
    case "unifyia.raw":
      return String(outcome.status);
    default:
      return outcome.acknowledgement;
  }
}

/** Nothing has to be known of an error but that it is one of enrollkit's. */
export function happened(error: unknown): "no" | "perhaps" {
  if (isNoResponse(error) && error.notSent) return "no";
  return isEnrollkitError(error) && error.outcomeUnknown ? "perhaps" : "no";
}

const withCookies: Fetch = (url, init) => fetch(url, { ...init, credentials: "include" });

export async function queued(job: string): Promise<Outcome> {
  const intent = parseIntent(job);
  if (intent.action === "unifyia.sign_up") console.log(intent.user.id, intentText(intent));
  return parseOutcome(outcomeText(await send(smile.call(intent), withCookies, { signal: undefined })));
}

export function route(request: Request, node: { method?: string; headers: Record<string, string | string[] | undefined> }): number | undefined {
  const rules = { origins: ["https://app.bank.example"], allowNoOrigin: true };
  return (relay.routeRefusal(request, rules) ?? relay.routeRefusal(node, rules))?.status;
}

export function refused(headers: Headers, body: Uint8Array): RefusalReason | undefined {
  const verifier = new Verifier({ partnerId: "085", keys: ["key"], partnerIdWithoutZeros: true });
  return verifier.webhookRefusal(headers, body) ?? verifier.callbackRefusal(body);
}

export const text: string = signature("key", "2026-11-22T10:00:00.000Z", "085");
export const started: Promise<void> = initSlim("/enrollkit.wasm");

// What the types must refuse; an unused directive is an error in its turn.
// @ts-expect-error: a partner id is text
new SmileId({ partnerId: 85, environment: "sandbox" });
// @ts-expect-error: a time is never a bare number
smile.reEnroll("user-42", 1_700_000_000);
// @ts-expect-error: the confirmation is not optional
smile.deletePermanently("user-42");
// @ts-expect-error: no such environment
new SmileId({ partnerId: "085", environment: "test" });
// @ts-expect-error: only a look-up has a history
export const history = (outcome: Outcome): unknown => outcome.history;
// @ts-expect-error: an outcome is not `any`
smile.branding;
// @ts-expect-error: an error's kind is one of a closed set
export const never = (error: ApiError): boolean => error.kind === "no_such_kind";
