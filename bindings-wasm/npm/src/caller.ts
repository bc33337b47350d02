import type { Call } from "./call.js";
import type { Intent } from "./generated/intents.js";
import type { Action } from "./generated/words.js";
import { hasExtraKeys, withIntent } from "./intent.js";
import { isUnicode } from "./json_text.js";
import type { Time } from "./time.js";

/** Whoever makes calls of intents: a client signs them, a relay brings them to a back end. */
export abstract class Caller {
  /**
   * The call of an intent's text.
   * @internal
   */
  protected abstract callOfText<T>(intent: string, now: Time | undefined, extraKeys: boolean): Call<T>;

  /**
   * The call of an intent, or of its JSON text.
   * @internal
   */
  protected callOf<T>(intent: Intent | string, now?: Time): Call<T> {
    const extraKeys = hasExtraKeys(intent);
    return withIntent(intent, (text) => this.callOfText(text, now, extraKeys));
  }

  /**
   * As `callOf`. Most intents are two texts: they are written without a walk over an object.
   * @internal
   */
  protected callAbout<T>(action: Action, userId: string, now?: Time): Call<T> {
    if (typeof userId !== "string" || !isUnicode(userId)) return this.callOf({ action, user_id: userId } as Intent, now);
    return this.callOfText(`{"action":"${action}","user_id":${JSON.stringify(userId)}}`, now, false);
  }
}
