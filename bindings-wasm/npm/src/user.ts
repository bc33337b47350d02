import { unlessWrong, withText } from "./checked.js";
import { core } from "./core.js";
import { withBytes } from "./encoded.js";
import { invalid } from "./errors.js";
import { SIGN_UP_RULES } from "./generated/option_names.js";
import type * as options from "./generated/options.js";
import type { SignUpUser } from "./generated/sign_up_user.js";
import { jsonText, textViolations } from "./json_text.js";
import { ownProperties, switches } from "./options.js";
import { isTold, type Violation } from "./violation.js";

/** How the user object of a sign-up is checked. */
export interface SignUpRules extends options.SignUpRules {}

/** How a form's user object is checked. */
export interface CheckRules extends SignUpRules {
  /** Where the user is to be signed up: another `organisationName` is then told with the other violations. */
  readonly organization?: string | undefined;
}

/** What checks the bytes of a user's text by rules, and gives the core's list as JSON. */
export function checkBy(rules: CheckRules): (user: Uint8Array) => string {
  const given = ownProperties(rules);
  const { self_service, allow_extra_keys } = switches(given, SIGN_UP_RULES, ["organization"]);
  const organization = given.get("organization") as string | undefined;
  const wrong = textViolations("organization", organization);
  if (wrong.length > 0) throw invalid(wrong);
  return (user) => core().checkUser(user, self_service, allow_extra_keys, organization);
}

/** What is wrong with a user object; empty when it can be sent. Needs no client. */
export function checkUser(user: Partial<SignUpUser> | string, rules: CheckRules = {}): Violation[] {
  const check = checkBy(rules);
  const { text, violations } = jsonText(user);
  const ofCore = withBytes(text, check);
  return [...violations, ...(JSON.parse(ofCore) as Violation[]).filter(({ path }) => !isTold(violations, path))];
}

/** Gives `use` the text of a user, and the organization. A missing organization is left out; a wrong one is a violation like any other. */
export function withUser<T>(user: unknown, organization: unknown, use: (user: Uint8Array, organization: string | undefined) => T): T {
  const wrong = textViolations("organization", organization);
  const name = wrong.length === 0 ? (organization as string | undefined) : undefined;
  return unlessWrong(wrong, () => withText(user, (text) => withBytes(text, (bytes) => use(bytes, name))));
}
