import { type Call, toCall } from "./call.js";
import { attempt, invalid, isInvalidInput, type Violation } from "./errors.js";
import type { PathSpelling, SignUpUser, Wrapping } from "./generated.js";
import { hasExtraKeys, type Intent, type SignUpRules, withIntent } from "./intent.js";
import { AROUND, jsonText, requireText, textViolations, toText, withText } from "./json.js";
import { own, switches } from "./options.js";
import type { Branding, RawReply, SignedUp } from "./outcome.js";
import type { Query } from "./smile_id.js";
import { type Plain, toObject } from "./plain.js";
import { core, type UnifyiaCore, withBytes } from "./wasm.js";

export interface UnifyiaOptions {
  /** Scheme, host and the installation's prefix. */
  readonly baseUrl: string;
  /** Lets `baseUrl` be `http` for any host: for a network that you alone can read, such as Compose's own. */
  readonly allowHttp?: boolean | undefined;
  /** The bearer token, without the word `Bearer`. For servers and scripts only. */
  readonly token?: string | undefined;
  /** The header of the token. Default `Authorization` (an assumption). */
  readonly authHeader?: string | undefined;
  /** How the sign-up's path is spelled. Default `organizations` (an assumption). */
  readonly pathSpelling?: PathSpelling | undefined;
  /** Whether the body is the user object or wraps it. Default `bare` (an assumption). */
  readonly wrapping?: Wrapping | undefined;
  /** Lets keys through that the user object does not have. */
  readonly allowExtraKeys?: boolean | undefined;
}

/** How a form's user object is checked. */
export interface CheckRules extends SignUpRules {
  /** Where the user is to be signed up: another `organisationName` is then told with the other violations. */
  readonly organization?: string | undefined;
}

/** An authenticated call for what has no method: the default workflow, groups and roles, say. */
export interface UnifyiaRawRequest {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** A plain path, or its steps, which may hold any text. */
  readonly path: string | readonly string[];
  readonly query?: Query | undefined;
  readonly headers?: { readonly [name: string]: string } | undefined;
  readonly body?: object | undefined;
}

type OutcomeOf<A> = A extends "unifyia.branding" ? Branding : A extends `unifyia.${string}` ? SignedUp : never;

const OPTIONS = ["baseUrl", "allowHttp", "token", "authHeader", "pathSpelling", "wrapping", "allowExtraKeys"];

/** Unifyia's user sign-up, and what is fetched before it. */
export class Unifyia {
  readonly #core: UnifyiaCore | undefined;
  readonly #relay: string | undefined;
  readonly #extraKeys: boolean;

  constructor(options: UnifyiaOptions);
  /** @internal */
  constructor(options: UnifyiaOptions, made?: { core?: UnifyiaCore; relay?: string; extraKeys: boolean });
  constructor(options: UnifyiaOptions, made?: { core?: UnifyiaCore; relay?: string; extraKeys: boolean }) {
    this.#core = made === undefined ? make(options) : made.core;
    this.#relay = made?.relay;
    this.#extraKeys = made?.extraKeys ?? own(options)("allowExtraKeys") === true;
  }

  /** For pages and apps: no token; each call brings the intent to your own back end at `url`, which may be a path. */
  static relay(url: string): Unifyia {
    const text = requireText("url", url);
    attempt(() => core().checkRelayUrl(text));
    return new Unifyia({} as UnifyiaOptions, { relay: text, extraKeys: false });
  }

  /** The same client with another token: tokens expire. */
  withToken(token: string): Unifyia {
    const client = this.#direct("token");
    return new Unifyia({} as UnifyiaOptions, { core: attempt(() => client.withToken(requireText("token", token))), extraKeys: this.#extraKeys });
  }

  /** The call of any intent, or of its JSON text; Smile ID's are refused. Every method below is shorthand for this. */
  call<I extends Intent>(intent: I | string): Call<OutcomeOf<I["action"]>> {
    const extraKeys = this.#extraKeys || hasExtraKeys(intent);
    const build = (text: string) =>
      attempt(() => withBytes(text, (bytes) => (this.#core === undefined ? core().relayUnifyia(this.#relay!, bytes, extraKeys) : this.#core.call(bytes, extraKeys))));
    return toCall(withIntent(intent, build));
  }

  /**
   * Signs a user up, at the user's `organisationName` unless the path has another. What is missing, in what a form holds say, is
   * told as a violation. The user may be given as JSON text, which is sent to the last digit.
   */
  signUp(user: Partial<SignUpUser> | string, organization?: string): Call<SignedUp> {
    // A missing organization is left out; a wrong one is a violation like any other.
    const wrong = textViolations("organization", organization);
    const given = wrong.length === 0 ? organization : undefined;
    const build = (bytes: Uint8Array) => (this.#core === undefined ? core().relaySignUp(this.#relay!, bytes, given) : this.#core.signUp(bytes, given));
    return toCall(also(wrong, () => withText(user, (text) => attempt(() => withBytes(text, build)))));
  }

  /** What is wrong with a user object, for a form that checks while one types; empty when it can be sent. */
  check(user: Partial<SignUpUser> | string, rules: CheckRules = {}): Violation[] {
    return checkUser(user, { allowExtraKeys: this.#extraKeys, ...rules });
  }

  /** Fetches an organization's branding. */
  branding(organization: string): Call<Branding> {
    return this.call({ action: "unifyia.branding", organization });
  }

  /** An authenticated call for what has no method. JSON text is sent to the last digit. */
  raw(request: UnifyiaRawRequest | string): Call<RawReply> {
    const client = this.#direct("raw");
    return toCall(withText(request, (text) => attempt(() => client.raw(text)), AROUND));
  }

  #direct(path: string): UnifyiaCore {
    if (this.#core === undefined) {
      throw invalid([{ path, code: "not_through_relay", message: "can't be done through a relay" }]);
    }
    return this.#core;
  }
}

/** What is wrong with a user object; empty when it can be sent. Needs no client. */
export function checkUser(user: Partial<SignUpUser> | string, rules: CheckRules = {}): Violation[] {
  const { organization, ...others } = own(rules).unknown([]) as CheckRules;
  const { selfService, allowExtraKeys } = switches(others, "selfService", "allowExtraKeys");
  const wrong = textViolations("organization", organization);
  if (wrong.length > 0) throw invalid(wrong);
  const { text, violations } = jsonText(user);
  const found = toObject(withBytes(text, (bytes) => core().checkUser(bytes, selfService, allowExtraKeys, organization))) as Plain[];
  const known = (path: string) => violations.some((mine) => path === mine.path || path.startsWith(`${mine.path}/`) || mine.path === "");
  return [...violations, ...(found as unknown as Violation[]).filter(({ path }) => !known(path))];
}

/** What is made, unless something is wrong besides: then both tell what is. */
function also<T>(wrong: readonly Violation[], build: () => T): T {
  if (wrong.length === 0) return build();
  try {
    build();
  } catch (error) {
    if (!isInvalidInput(error)) throw error;
    throw invalid([...error.violations, ...wrong]);
  }
  throw invalid(wrong);
}

function make(options: UnifyiaOptions): UnifyiaCore {
  const given = own(options);
  const plain = toText({
    base_url: given("baseUrl"),
    allow_http: given("allowHttp"),
    auth_header: given("authHeader"),
    path_spelling: given("pathSpelling"),
    wrapping: given("wrapping"),
    allow_extra_keys: given("allowExtraKeys"),
    ...given.unknown(OPTIONS),
  });
  const token = given("token");
  plain.violations.push(...textViolations("token", token));
  return given.build(plain, (text) => attempt(() => new (core().UnifyiaCore)(text, typeof token === "string" ? token : undefined)));
}
