// What users write, under the strictest settings. `types.test.mjs` compiles it; nothing runs.

import {
  type AnyError,
  type Call,
  checkUser,
  confirmedBy,
  EnrollkitError,
  type EnrolleeInfo,
  type Fetch,
  Intent,
  type IntentOf,
  intentText,
  isEnrollkitError,
  isNoResponse,
  type Outcome,
  outcomeText,
  parseIntent,
  parseOutcome,
  type RefusalReason,
  relay,
  send,
  type SignUpRules,
  type SignUpUser,
  SmileId,
  type SmileIdActions,
  SmileIdRelay,
  Unifyia,
  type UnifyiaActions,
  UnifyiaRelay,
  Verifier,
  withUserFields,
} from "enrollkit";

declare const env: { readonly [name: string]: string | undefined };
declare const maybe: <T>(value: T) => T | undefined;

/** Exactly this type: neither wider nor narrower. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const is = <_T extends true>(): void => {};

// Settings come from the environment, where each may be missing.
export const smile = new SmileId({
  partnerId: "085",
  environment: "sandbox",
  operator: env["OPERATOR"],
  baseUrl: env["BASE_URL"],
  allowHttp: maybe(true),
  apiKey: env["SMILE_ID_API_KEY"],
  pair: maybe("{}"),
  pairReceivedAt: maybe(new Date()),
  dangerouslyAllowBrowser: maybe(false),
});
export const unifyia = new Unifyia({
  baseUrl: "https://id.bank.example",
  token: env["UNIFYIA_TOKEN"],
  allowHttp: maybe(true),
  authHeader: env["HEADER"],
  pathSpelling: maybe("organizations" as const),
  wrapping: maybe("bare" as const),
  allowExtraKeys: maybe(true),
});
export const verifier = new Verifier({
  partnerId: "085",
  keys: [env["SMILE_ID_API_KEY"]],
  maxAgeSeconds: maybe(300),
  maxAheadSeconds: maybe(60),
  partnerIdWithoutZeros: maybe(true),
});
export const rules: SignUpRules = { selfService: maybe(true), allowExtraKeys: maybe(false) };
export const violations = checkUser({ name: "jane" }, { ...rules, organization: env["ORGANIZATION"] });
export const signal = (controller?: AbortController) =>
  send(smile.deactivate("u"), maybe(fetch), { signal: controller?.signal, timeoutMs: maybe(5), maxBytes: maybe(5) });
smile.raw({ host: "api", method: "GET", path: "/v2/jobs", auth: "headers", body: maybe({}), query: { page: "1", role: ["1", "2"] } });
unifyia.raw({ method: "GET", path: ["organizations", "a/b"], headers: maybe({ "X-Trace": "1" }), query: maybe({}) });

// Each of the errors says whether it may have happened; `code` tells them apart.
export function caught(error: unknown): boolean | RefusalReason | readonly unknown[] | number | string {
  if (isNoResponse(error) && error.notSent) return false;
  if (error instanceof EnrollkitError && error.outcomeUnknown) return true;
  if (!isEnrollkitError(error) || error.outcomeUnknown) throw error;
  is<Same<typeof error, AnyError>>();
  switch (error.code) {
    case "invalid_input":
      return error.violations;
    case "api_error":
      return error.status;
    case "unreadable":
      return error.reason;
    case "no_response":
      return error.notSent;
    case "signature_refused":
      return error.reason;
  }
}

// `operation` tells outcomes apart.
export function told(outcome: Outcome): unknown {
  switch (outcome.operation) {
    case "smile_id.enrollee_info":
      is<Same<typeof outcome, EnrolleeInfo>>();
      return outcome.enrolledUser?.inactive;
    case "unifyia.sign_up":
      return [outcome.acknowledgement, outcome.json];
    case "unifyia.branding":
      return outcome.logo;
    case "smile_id.raw":
    case "unifyia.raw":
      return [outcome.status, outcome.json];
    default:
      return [outcome.acknowledgement, outcome.message];
  }
}
// @ts-expect-error: what only a look-up has
export const flags = (outcome: Outcome) => outcome.enrolledUser;

// `action` tells intents apart, and what one kind of them has can be asked of all.
export function asked(intent: Intent): unknown {
  if (intent.action === "unifyia.sign_up") {
    const { name, id }: SignUpUser = withUserFields(intent, { userStatus: "Active" }).user ?? intent.user;
    return [name, id];
  }
  if (intent.action === "smile_id.delete_permanently") return intent.confirm.length;
  return intent.user_id?.length ?? intent.organization?.length;
}
export const id = parseIntent("{}").user?.id;
export const made: Intent[] = [
  { action: "smile_id.re_enroll", user_id: "u" },
  { action: "unifyia.branding", organization: "Acme" },
  // @ts-expect-error: a deletion repeats the id
  { action: "smile_id.delete_permanently", user_id: "u" },
  // @ts-expect-error: no such member of this one
  { action: "smile_id.re_enroll", user_id: "u", organization: "Acme" },
];
export const lookUp: Call<EnrolleeInfo> = smile.call({ action: "smile_id.enrollee_info", user_id: "u" });
is<Same<Awaited<ReturnType<typeof again>>["operation"], Exclude<Outcome["operation"], `unifyia.${string}` | "smile_id.raw">>>();

// A factory's intent is known to be of its action.
export const wanted: IntentOf<"smile_id.enrollee_info"> = Intent.enrolleeInfo("u");
export const known: Call<EnrolleeInfo> = smile.call(wanted);
export const signUpIntent = Intent.signUp({ name: "jane" }, env["ORGANIZATION"]).user.name;
// @ts-expect-error: a deletion repeats the id
Intent.deletePermanently("u");

// A page's part takes a client or a relay; what needs credentials does not compile on a relay.
export const page = (client: SmileIdActions, form: UnifyiaActions) => [client.call(wanted), client.reEnroll("u", new Date()), form.check({ name: "jane" }, { selfService: true }), form.branding("Acme")];
export const relays = [page(new SmileIdRelay("/api/smile"), new UnifyiaRelay("/api/unifyia")), page(smile, unifyia)];
// @ts-expect-error: a relay signs nothing
new SmileIdRelay("/api/smile").sign();
// @ts-expect-error: nor does it call what has no method
new UnifyiaRelay("/api/unifyia").raw({ method: "GET", path: "/x" });
// @ts-expect-error: the operator is the back end's to know
new SmileIdRelay("/api/smile").withOperator("ops@bank.example");
// @ts-expect-error: and so is the token
new UnifyiaRelay("/api/unifyia").withToken("t");

// There and back, through a queue.
export const again = (queued: string) => send(smile.call(parseIntent(queued)));
export const queued: string = intentText({ action: "smile_id.re_enroll", user_id: "u" });
export const kept = async (): Promise<Outcome> => parseOutcome(outcomeText(await again(queued)));

// What a form holds is no whole user yet: what is missing is told when the call is made.
const typed = () => ({
  ...Object.fromEntries([...new Map([["name", "jane"]])]),
  organisationName: "Acme Bank",
  userAppearance: {},
  userBiometrics: [],
});
export const signedUp = async () => (await send(unifyia.signUp(typed()))).acknowledgement;
// @ts-expect-error: no such field
unifyia.signUp({ nickname: "j" });

// A route, with what each framework has; a look-up that may have failed.
export const refusals = [
  relay.routeRefusal(new Request("https://a.example"), { origins: ["https://app.bank.example"] })?.status,
  relay.routeRefusal({ method: "POST", headers: { origin: "x", "set-cookie": ["a"], host: undefined } }, { allowNoOrigin: maybe(true), origins: maybe([""]) })?.body,
];
export const confirmed = async () =>
  confirmedBy("smile_id.deactivate", await send(lookUp).then((outcome) => ({ outcome }), (error: unknown) => ({ error })));

// A verifier's refusal is a condition that reads right.
export function webhook(request: Request, body: ArrayBuffer): string {
  const reason = verifier.webhookRefusal(request.headers, body);
  if (reason !== undefined) return reason;
  const { jobId, userId, idsDiffer, resultCode, partnerIdForm } = verifier.webhook(request.headers, body);
  return `${jobId ?? ""}${userId ?? ""}${resultCode ?? ""}${idsDiffer}${partnerIdForm}`;
}

// A fetch of a test's own.
export const own: Fetch = async (url, { method, headers, body, signal: abort }) => ({ status: url.length + method.length + Object.keys(headers).length + (body?.length ?? 0) + Number(abort.aborted), text: async () => "{}" });
// @ts-expect-error: an intent is no call
void send({ action: "smile_id.re_enroll", user_id: "u" });
// @ts-expect-error: nor is a promise
void send(Promise.resolve(lookUp));
