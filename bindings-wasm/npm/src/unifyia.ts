import type { Call } from "./call.js";
import { requireText, withText } from "./checked.js";
import { clientOptions } from "./client_options.js";
import { type CallHeads, callHeads, direct } from "./direct.js";
import { withBytes } from "./encoded.js";
import { attempt } from "./errors.js";
import { UnifyiaMethods } from "./generated/actions.js";
import { UNIFYIA_OPTIONS } from "./generated/option_names.js";
import type * as options from "./generated/options.js";
import type { RawReply } from "./generated/outcomes.js";
import type { SignUpUser } from "./generated/sign_up_user.js";
import type { Method } from "./generated/words.js";
import { AROUND, textViolations, toText } from "./json_text.js";
import { server, type UnifyiaCore } from "./server.js";
import { checkUser, ofPlainUser } from "./server_user.js";
import type { Query } from "./smile_id.js";
import type { Time } from "./time.js";
import type { CheckRules } from "./user.js";
import type { Violation } from "./violation.js";

export interface UnifyiaOptions extends options.UnifyiaOptions {
  /** The bearer token, without the word `Bearer`. For servers and scripts only. */
  readonly token?: string | undefined;
}

/** An authenticated call for what has no method: the default workflow, groups and roles, say. */
export interface UnifyiaRawRequest {
  readonly method: Method;
  /** A plain path, or its steps, which may hold any text. */
  readonly path: string | readonly string[];
  readonly query?: Query | undefined;
  readonly headers?: { readonly [name: string]: string } | undefined;
  readonly body?: object | undefined;
}

/** Unifyia's user sign-up, and what is fetched before it. */
export class Unifyia extends UnifyiaMethods {
  readonly #core: UnifyiaCore;
  readonly #heads: CallHeads;
  readonly #extraKeys: boolean;

  constructor(options: UnifyiaOptions);
  /** @internal */
  constructor(options: UnifyiaOptions, copy?: { core: UnifyiaCore; extraKeys: boolean });
  constructor(options: UnifyiaOptions, copy?: { core: UnifyiaCore; extraKeys: boolean }) {
    super();
    this.#core = copy?.core ?? coreOf(options);
    this.#heads = callHeads(this.#core);
    this.#extraKeys = copy?.extraKeys ?? clientOptions(options)("allowExtraKeys") === true;
  }

  /** The same client with another token: tokens expire. */
  withToken(token: string): Unifyia {
    const core = attempt(() => this.#core.withToken(requireText("token", token)));
    return new Unifyia({} as UnifyiaOptions, { core, extraKeys: this.#extraKeys });
  }

  override check(user: Partial<SignUpUser> | string, rules: CheckRules = {}): Violation[] {
    return checkUser(user, { allowExtraKeys: this.#extraKeys, ...rules });
  }

  /** An authenticated call for what has no method. JSON text is sent to the last digit. */
  raw(request: UnifyiaRawRequest | string): Call<RawReply> {
    return withText(request, (text) => direct(this.#heads, this.#core.raw(text)), AROUND);
  }

  /** @internal */
  protected override callOfText<T>(intent: string, _now: Time | undefined, extraKeys: boolean): Call<T> {
    return direct(this.#heads, withBytes(intent, (bytes) => this.#core.call(bytes, this.#extraKeys || extraKeys)));
  }

  /** @internal */
  protected override callWithUser<T>(action: "unifyia.sign_up", user: Partial<SignUpUser> | string, keys: { readonly organization: string | undefined }): Call<T> {
    const lines = ofPlainUser(user, keys.organization, (bytes, organization) => this.#core.signUp(bytes, organization));
    return lines === undefined ? super.callWithUser(action, user, keys) : direct(this.#heads, lines);
  }

  /** @internal */
  protected override callOfUser<T>(user: Uint8Array, organization: string | undefined): Call<T> {
    return direct(this.#heads, this.#core.signUp(user, organization));
  }
}

function coreOf(options: UnifyiaOptions): UnifyiaCore {
  const given = clientOptions(options);
  const plain = toText(given.wire(UNIFYIA_OPTIONS, ["token"]));
  const token = given("token");
  plain.violations.push(...textViolations("token", token));
  return given.build(plain, (text) => attempt(() => new (server().UnifyiaCore)(text, typeof token === "string" ? token : undefined)));
}
