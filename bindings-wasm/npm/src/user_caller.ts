import type { Call } from "./call.js";
import { Caller } from "./caller.js";
import type { SignUpUser } from "./generated/sign_up_user.js";
import { type CheckRules, withUser } from "./user.js";
import type { Violation } from "./violation.js";

/** Whoever makes calls that carry a user object, too: it is written and checked once, from where it stands. */
export abstract class UserCaller extends Caller {
  abstract check(user: Partial<SignUpUser> | string, rules?: CheckRules): Violation[];

  /**
   * The call that signs a user up, of the bytes of their text.
   * @internal
   */
  protected abstract callOfUser<T>(user: Uint8Array, organization: string | undefined): Call<T>;

  /**
   * The call of an intent that has a user. Each such action has a way of its own through the glue.
   * @internal
   */
  protected callWithUser<T>(
    _action: "unifyia.sign_up",
    user: Partial<SignUpUser> | string,
    { organization }: { readonly organization: string | undefined },
  ): Call<T> {
    return withUser(user, organization, (bytes, name) => this.callOfUser(bytes, name));
  }
}
