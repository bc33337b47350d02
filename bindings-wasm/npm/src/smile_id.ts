import type { Call } from "./call.js";
import { requireText, withText } from "./checked.js";
import { clientOptions } from "./client_options.js";
import { type CallHeads, callHeads, direct } from "./direct.js";
import { attempt, invalid } from "./errors.js";
import { SmileIdMethods } from "./generated/actions.js";
import { API_KEY_IN_BROWSER } from "./generated/messages.js";
import { SMILE_ID_OPTIONS } from "./generated/option_names.js";
import type * as options from "./generated/options.js";
import type { RawReply } from "./generated/outcomes.js";
import type { Action, Method, RawAuth, RawHost } from "./generated/words.js";
import { AROUND, isUnicode, textViolations, toText } from "./json_text.js";
import type { Pair } from "./pair.js";
import { Pairs } from "./pairs.js";
import { server, type SmileIdCore } from "./server.js";
import { type Time, toMillis } from "./time.js";
import { said } from "./violation.js";

export interface SmileIdOptions extends options.SmileIdOptions {
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
  readonly host: RawHost;
  readonly method: Method;
  /** A plain path, or its steps, which may hold any text. */
  readonly path: string | readonly string[];
  readonly query?: Query | undefined;
  readonly auth: RawAuth;
  readonly body?: object | undefined;
}

/** Smile ID's user management: re-enroll, deactivate, flag, delete, look up. */
export class SmileId extends SmileIdMethods {
  readonly #core: SmileIdCore;
  readonly #heads: CallHeads;
  readonly #pairs: Pairs;

  constructor(options: SmileIdOptions);
  /** @internal */
  constructor(options: SmileIdOptions, core?: SmileIdCore);
  constructor(options: SmileIdOptions, core = coreOf(options)) {
    super();
    this.#core = core;
    this.#heads = callHeads(core);
    this.#pairs = new Pairs(core);
  }

  /** The same client for another operator. */
  withOperator(email: string): SmileId {
    return new SmileId({} as SmileIdOptions, attempt(() => this.#core.withOperator(requireText("operator", email))));
  }

  /** A signed pair for another of your own back ends. */
  sign(now?: Time): Pair {
    return this.#pairs.sign(toMillis(now));
  }

  /** An authenticated call for what has no method. JSON text is sent to the last digit. */
  raw(request: SmileIdRawRequest | string, now?: Time): Call<RawReply> {
    const at = toMillis(now);
    return withText(request, (text) => direct(this.#heads, this.#core.raw(text, at)), AROUND);
  }

  /** @internal */
  protected override callOfText<T>(intent: string, now: Time | undefined): Call<T> {
    return direct(this.#heads, this.#core.call(intent, toMillis(now)));
  }

  /**
   * Without an intent's text.
   * @internal
   */
  protected override callAbout<T>(action: Action, userId: string, now?: Time): Call<T> {
    if (typeof userId !== "string" || !isUnicode(userId)) return super.callAbout(action, userId, now);
    return direct(this.#heads, this.#core.about(action, userId, toMillis(now)));
  }
}

function coreOf(options: SmileIdOptions): SmileIdCore {
  const given = clientOptions(options);
  const plain = toText(given.wire(SMILE_ID_OPTIONS, ["apiKey", "pair", "pairReceivedAt", "dangerouslyAllowBrowser"]));
  const sign = given("apiKey") === undefined || given("dangerouslyAllowBrowser") === true ? undefined : signOfBrowser();
  if (sign !== undefined) throw invalid([said("apiKey", "api_key_in_browser", API_KEY_IN_BROWSER, sign)]);
  const [pair, key] = [given("pair"), given("apiKey")];
  plain.violations.push(...textViolations("apiKey", key));
  return given.build(plain, (text) => {
    if (pair !== undefined) {
      const at = toMillis(given("pairReceivedAt") as Time | undefined, "pairReceivedAt");
      return withText(pair, (pairText) => attempt(() => server().SmileIdCore.fromPair(text, pairText, at)));
    }
    return attempt(() => new (server().SmileIdCore)(text, typeof key === "string" ? key : ""));
  });
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
