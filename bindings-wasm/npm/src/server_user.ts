// User objects where time matters more than bytes: one of plain values is written and checked in one go. All that is to be said of any
// other, and of what is wrong with one, is said as it is in a page.

import { isRefusal } from "./errors.js";
import type { SignUpUser } from "./generated/sign_up_user.js";
import { textViolations } from "./json_text.js";
import { withQuickText } from "./quick_text.js";
import { checkBy, type CheckRules, checkUser as checkAnyUser } from "./user.js";
import type { Violation } from "./violation.js";

/** What is wrong with a user object; empty when it can be sent. Needs no client. */
export function checkUser(user: Partial<SignUpUser> | string, rules: CheckRules = {}): Violation[] {
  const check = checkBy(rules);
  const list = withQuickText(user, ({ bytes, mayHaveControls }) => {
    const ofCore = check(bytes);
    return mayHaveControls && ofCore !== "[]" ? undefined : ofCore;
  });
  return list === undefined ? checkAnyUser(user, rules) : (JSON.parse(list) as Violation[]);
}

/** What `use` gives of a user's text and the organization, unless it refuses; nothing where `withUser` must tell what is wrong. */
export function ofPlainUser(user: unknown, organization: string | undefined, use: (user: Uint8Array, organization: string | undefined) => string): string | undefined {
  if (textViolations("organization", organization).length > 0) return undefined;
  const text = withQuickText(user, ({ bytes }) => use(bytes, organization));
  return text === undefined || isRefusal(text) ? undefined : text;
}
