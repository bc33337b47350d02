import { type Call, toCall } from "./call.js";
import { attempt, invalid, type Violation } from "./errors.js";
import type { Environment } from "./generated.js";
import { type Intent, type SmileIdIntent, withIntent } from "./intent.js";
import { AROUND, isUnicode, requireText, textViolations, toText, withText } from "./json.js";
import { own } from "./options.js";
import type { Acknowledged, EnrolleeInfo, RawReply } from "./outcome.js";
import { type Time, toMillis } from "./time.js";
import { core, type SmileIdCore } from "./wasm.js";

/** A timestamp and its signature. Whoever holds one can do anything to any user until it is stale: for your own back ends only. */
export interface Pair {
  readonly partner_id: string;
  readonly environment: Environment;
  readonly timestamp: string;
  readonly signature: string;
  /** Seconds from receipt. */
  readonly expires_in: number;
}

export interface SmileIdOptions {
  /** Digits as issued, leading zeros included: text, never a number. */
  readonly partnerId: string;
  /** Each has its own host and its own API key. There is no default. */
  readonly environment: Environment;
  /** The operator's e-mail address, which every change to a user needs. */
  readonly operator?: string | undefined;
  /** A gateway, a proxy or the sandbox: it replaces scheme, host and prefix. */
  readonly baseUrl?: string | undefined;
  /** Lets `baseUrl` be `http` for any host: for a network that you alone can read, such as Compose's own. */
  readonly allowHttp?: boolean | undefined;
  /** For servers and scripts only; see `dangerouslyAllowBrowser`. */
  readonly apiKey?: string | undefined;
  /** Instead of a key: a pair that another back end of yours made, and when it was received. */
  readonly pair?: Pair | string | undefined;
  readonly pairReceivedAt?: Time | undefined;
  /** An API key in a page is everybody's key: whoever reads it can delete every user. */
  readonly dangerouslyAllowBrowser?: boolean | undefined;
}

/** What stands behind a `?`, in this order; a name with several texts comes several times. Any text will do. */
export interface Query {
  readonly [name: string]: string | readonly string[];
}

/** An authenticated call for what has no method. */
export interface SmileIdRawRequest {
  readonly host: "portal" | "api";
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** A plain path, or its steps, which may hold any text. */
  readonly path: string | readonly string[];
  readonly query?: Query | undefined;
  readonly auth: "body" | "headers";
  readonly body?: object | undefined;
}

type OutcomeOf<A> = A extends "smile_id.enrollee_info" ? EnrolleeInfo : A extends `smile_id.${string}` ? Acknowledged : never;

/** Smile ID's user management: re-enroll, deactivate, flag, delete, look up. */
export class SmileId {
  readonly #core: SmileIdCore | undefined;
  readonly #relay: string | undefined;

  constructor(options: SmileIdOptions);
  /** @internal */
  constructor(options: SmileIdOptions, made?: { core?: SmileIdCore; relay?: string });
  constructor(options: SmileIdOptions, made?: { core?: SmileIdCore; relay?: string }) {
    this.#core = made === undefined ? make(options) : made.core;
    this.#relay = made?.relay;
  }

  /** For pages and apps: no credentials; each call brings the intent to your own back end at `url`, which may be a path. */
  static relay(url: string): SmileId {
    const text = requireText("url", url);
    attempt(() => core().checkRelayUrl(text));
    return new SmileId({} as SmileIdOptions, { relay: text });
  }

  /** The same client for another operator. */
  withOperator(email: string): SmileId {
    const client = this.#direct("operator");
    return new SmileId({} as SmileIdOptions, { core: attempt(() => client.withOperator(requireText("operator", email))) });
  }

  /** The call of any intent, or of its JSON text; Unifyia's are refused. Every method below is shorthand for this. */
  call<I extends Intent>(intent: I | string, now?: Time): Call<OutcomeOf<I["action"]>> {
    return withIntent(intent, (text) => this.#build(text, now));
  }

  /** Lets a user submit one more enrollment job under the same id. */
  reEnroll(userId: string, now?: Time): Call<Acknowledged> {
    return this.#about("smile_id.re_enroll", userId, now);
  }

  /** Keeps a user from running jobs, until reactivated. */
  deactivate(userId: string, now?: Time): Call<Acknowledged> {
    return this.#about("smile_id.deactivate", userId, now);
  }

  /** Undoes a deactivation. */
  reactivate(userId: string, now?: Time): Call<Acknowledged> {
    return this.#about("smile_id.reactivate", userId, now);
  }

  /** Marks a user as fraudulent: jobs still run and collect data, all are marked failed. */
  flagFraud(userId: string, now?: Time): Call<Acknowledged> {
    return this.#about("smile_id.flag_fraud", userId, now);
  }

  /** Takes the fraud mark away. */
  clearFraud(userId: string, now?: Time): Call<Acknowledged> {
    return this.#about("smile_id.clear_fraud", userId, now);
  }

  /** Deletes a user for ever; the id can never be used again. `confirm` must repeat the user id exactly. */
  deletePermanently(userId: string, confirm: string, now?: Time): Call<Acknowledged> {
    return this.call({ action: "smile_id.delete_permanently", user_id: userId, confirm }, now);
  }

  /** Looks a user up. The answer holds heavy personal data. */
  enrolleeInfo(userId: string, now?: Time): Call<EnrolleeInfo> {
    return this.#about("smile_id.enrollee_info", userId, now);
  }

  /** A signed pair for another of your own back ends. */
  sign(now?: Time): Pair {
    const client = this.#direct("sign");
    const at = toMillis(now);
    const parts = attempt(() => client.sign(at)).split("\n");
    // By their places: taking an array apart goes through its iterator.
    return { partner_id: parts[0]!, environment: parts[1] as Environment, timestamp: parts[2]!, signature: parts[3]!, expires_in: Number(parts[4]) };
  }

  /** An authenticated call for what has no method. JSON text is sent to the last digit. */
  raw(request: SmileIdRawRequest | string, now?: Time): Call<RawReply> {
    const client = this.#direct("raw");
    const at = toMillis(now);
    return toCall(withText(request, (text) => attempt(() => client.raw(text, at)), AROUND));
  }

  /** As `call`. Most intents are two texts: they are written without a walk over an object. */
  #about<T>(action: SmileIdIntent["action"], userId: string, now: Time | undefined): Call<T> {
    if (typeof userId !== "string" || !isUnicode(userId)) {
      return this.call({ action, user_id: userId } as SmileIdIntent, now) as unknown as Call<T>;
    }
    return this.#build(`{"action":"${action}","user_id":${JSON.stringify(userId)}}`, now);
  }

  #build<T>(intent: string, now: Time | undefined): Call<T> {
    const relay = this.#relay;
    const client = this.#core;
    const at = relay === undefined ? toMillis(now) : 0;
    return toCall(attempt(() => (client === undefined ? core().relaySmileId(relay!, intent) : client.call(intent, at))));
  }

  #direct(path: string): SmileIdCore {
    if (this.#core === undefined) {
      throw invalid([{ path, code: "not_through_relay", message: "can't be done through a relay" }]);
    }
    return this.#core;
  }
}

function make(options: SmileIdOptions): SmileIdCore {
  const given = own(options);
  const plain = toText({
    partner_id: given("partnerId"),
    environment: given("environment"),
    operator: given("operator"),
    base_url: given("baseUrl"),
    allow_http: given("allowHttp"),
    ...given.unknown(["partnerId", "environment", "operator", "baseUrl", "allowHttp", "apiKey", "pair", "pairReceivedAt", "dangerouslyAllowBrowser"]),
  });
  const seen = given("apiKey") === undefined || given("dangerouslyAllowBrowser") === true ? undefined : signOfBrowser();
  if (seen !== undefined) throw invalid([keyInBrowser(seen)]);
  const [pair, key] = [given("pair"), given("apiKey")];
  plain.violations.push(...textViolations("apiKey", key));
  const build = (text: string): SmileIdCore => {
    if (pair !== undefined) {
      const at = toMillis(given("pairReceivedAt") as Time | undefined, "pairReceivedAt");
      return withText(pair, (pairText) => attempt(() => core().SmileIdCore.fromPair(text, pairText, at)));
    }
    return attempt(() => new (core().SmileIdCore)(text, typeof key === "string" ? key : ""));
  };
  return given.build(plain, build);
}

function keyInBrowser(seen: string): Violation {
  const message =
    `must not be in a page, and this is taken for one, since there is \`${seen}\`: whoever reads the key can delete every user. In a page, ` +
    `use SmileId.relay(url). On a server, where a library or a test set-up (jsdom, say) has put \`${seen}\` there, and in a page that nobody ` +
    "else can read, set dangerouslyAllowBrowser";
  return { path: "apiKey", code: "api_key_in_browser", message };
}

/** What only a page or a worker of one has, where a secret is everybody's. Deno and Node have none of it of themselves. */
function signOfBrowser(): string | undefined {
  const scope = globalThis as { document?: unknown; window?: unknown; importScripts?: unknown; Deno?: unknown; process?: { versions?: { node?: string } } };
  if (scope.process?.versions?.node !== undefined && scope.window === undefined) return undefined;
  if (scope.Deno !== undefined) return undefined;
  if (scope.window !== undefined) return "window";
  if (scope.document !== undefined) return "document";
  return typeof scope.importScripts === "function" ? "importScripts" : undefined;
}
