// Clients for pages and apps: they hold no credentials.

import type { Call } from "./call.js";
import { requireText } from "./checked.js";
import { core } from "./core.js";
import { withBytes } from "./encoded.js";
import { settled } from "./errors.js";
import { SmileIdMethods, UnifyiaMethods } from "./generated/actions.js";
import type { SignUpUser } from "./generated/sign_up_user.js";
import { relayed } from "./relayed.js";
import type { Time } from "./time.js";
import { type CheckRules, checkUser } from "./user.js";
import type { Violation } from "./violation.js";

function relayUrl(url: unknown): string {
  const text = requireText("url", url);
  settled(core().checkRelayUrl(text));
  return text;
}

/** Smile ID through your own back end at `url`, which may be a path: each call brings the intent there. */
export class SmileIdRelay extends SmileIdMethods {
  readonly #url: string;

  constructor(url: string) {
    super();
    this.#url = relayUrl(url);
  }

  /** @internal */
  protected override callOfText<T>(intent: string): Call<T> {
    return relayed(core().relaySmileId(this.#url, intent));
  }
}

/** Unifyia through your own back end at `url`, which may be a path: each call brings the intent there. */
export class UnifyiaRelay extends UnifyiaMethods {
  readonly #url: string;

  constructor(url: string) {
    super();
    this.#url = relayUrl(url);
  }

  override check(user: Partial<SignUpUser> | string, rules: CheckRules = {}): Violation[] {
    return checkUser(user, rules);
  }

  /** @internal */
  protected override callOfText<T>(intent: string, _now: Time | undefined, extraKeys: boolean): Call<T> {
    return relayed(withBytes(intent, (bytes) => core().relayUnifyia(this.#url, bytes, extraKeys)));
  }

  /** @internal */
  protected override callOfUser<T>(user: Uint8Array, organization: string | undefined): Call<T> {
    return relayed(core().relaySignUp(this.#url, user, organization));
  }
}
