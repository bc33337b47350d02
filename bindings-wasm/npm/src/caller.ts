import { type Call, toCall } from "./call.js";
import { attempt } from "./errors.js";
import type { Intent } from "./generated/intents.js";
import type { Action } from "./generated/words.js";
import { hasExtraKeys, withIntent } from "./intent.js";
import { isUnicode } from "./json_text.js";
import type { Time } from "./time.js";

/** Whoever makes calls of intents: a client signs them, a relay brings them to a back end. */
export abstract class Caller {
  /**
   * The glue's lines of the call of an intent's text.
   * @internal
   */
  protected abstract linesOf(intent: string, now: Time | undefined, extraKeys: boolean): string;

  /**
   * The call of an intent, or of its JSON text.
   * @internal
   */
  protected callOf<T>(intent: Intent | string, now?: Time): Call<T> {
    const extraKeys = hasExtraKeys(intent);
    return toCall(withIntent(intent, (text) => attempt(() => this.linesOf(text, now, extraKeys))));
  }

  /**
   * As `callOf`. Most intents are two texts: they are written without a walk over an object.
   * @internal
   */
  protected callAbout<T>(action: Action, userId: string, now?: Time): Call<T> {
    if (typeof userId !== "string" || !isUnicode(userId)) return this.callOf({ action, user_id: userId } as Intent, now);
    return toCall(attempt(() => this.linesOf(`{"action":"${action}","user_id":${JSON.stringify(userId)}}`, now, false)));
  }
}
