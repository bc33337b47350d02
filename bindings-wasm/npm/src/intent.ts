import { type Body, isBytes, toBytes } from "./bytes.js";
import { withText } from "./checked.js";
import { attempt, invalid } from "./errors.js";
import { stringifiable, withTexts } from "./exact.js";
import type { Intent, IntentOf } from "./generated/intents.js";
import { SIGN_UP_RULES } from "./generated/option_names.js";
import type { SignUpUser } from "./generated/sign_up_user.js";
import { AROUND } from "./json_text.js";
import { switches } from "./options.js";
import { toObject } from "./plain.js";
import { type SignUpRules, withUser } from "./user.js";
import { violation } from "./violation.js";
import { core, withBytes } from "./wasm.js";

const parsed = new WeakMap<object, { readonly text: string; readonly extraKeys: boolean }>();

/**
 * Reads an intent that someone else wrote: the body of a relayed request, say, or what `intentText` wrote. Every violation is
 * reported at once.
 *
 * The result is frozen, and what a policy saw of it is what gets signed, to the last digit. `JSON.stringify` writes a number
 * that JavaScript can't hold, or would write otherwise (`9007199254740993`, `1.10`), as text: good for a log, but no longer
 * the same intent. What is to be read again is `intentText`.
 */
export function parseIntent(json: Body | object, rules: SignUpRules = {}): Intent {
  const { self_service, allow_extra_keys } = switches(rules, SIGN_UP_RULES);
  const given = isBytes(json) ? decode(toBytes(json as Body)) : json;
  const parse = (text: string) => attempt(() => withBytes(text, (bytes) => core().parseIntent(bytes, self_service, allow_extra_keys)));
  return keep(withIntent(given, parse), allow_extra_keys);
}

/**
 * The intent of an action and its keys, as `parseIntent` gives it.
 * @internal
 */
export function intentOf<T extends Intent>(intent: T): T {
  return parseIntent(intent) as T;
}

/**
 * The intent of an action that has a user. Each has a way of its own through the glue.
 * @internal
 */
export function intentWithUser(
  _action: "unifyia.sign_up",
  user: Partial<SignUpUser> | string,
  { organization }: { readonly organization: string | undefined },
): IntentOf<"unifyia.sign_up"> {
  // What a relay is sent, in the call's last line, is the intent.
  const lines = withUser(user, organization, (bytes, name) => core().relaySignUp("/", bytes, name));
  return parseIntent(lines.slice(lines.lastIndexOf("\n") + 1)) as IntentOf<"unifyia.sign_up">;
}

/**
 * The same sign-up with further fields of the user, in the place of those that have the same name: what a back end sets itself,
 * after `selfService` kept the form from it. All else stays as it was parsed, to the last digit.
 */
export function withUserFields(intent: Intent, fields: Partial<SignUpUser> | string): Intent {
  const extraKeys = hasExtraKeys(intent);
  const withFields = (text: string) =>
    withText(fields, (fieldsText) =>
      attempt(() => withBytes(text, (bytes) => withBytes(fieldsText, (more) => core().withUserFields(bytes, more, extraKeys)))),
    );
  return keep(withIntent(intent, withFields), extraKeys);
}

/**
 * The exact text of an intent, the same JSON in every language: for queues and stores. `parseIntent` reads it again, to the last
 * digit; with `allowExtraKeys`, if the intent was parsed so. An intent that nobody has parsed yet is checked first.
 */
export function intentText(intent: Intent): string {
  return (parsed.get(intent) ?? parsed.get(parseIntent(intent))!).text;
}

function keep([plain, text]: [plain: unknown, text: string], extraKeys: boolean): Intent {
  const intent = freeze(stringifiable(toObject(plain), withTexts(text))) as unknown as Intent;
  parsed.set(intent, { text, extraKeys });
  return intent;
}

/** Gives `use` the text of an intent: the exact one, if it was parsed. */
export function withIntent<T>(intent: unknown, use: (text: string) => T): T {
  // Paths inside a sign-up's user begin at the user.
  return withText(parsed.get(intent as object)?.text ?? intent, use, AROUND, (path) => path.replace(/^user\//, ""));
}

/** Whether an intent was parsed with extra keys, which it then keeps. */
export function hasExtraKeys(intent: Intent | string): boolean {
  return parsed.get(intent as Intent)?.extraKeys === true;
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw invalid([violation("", "not_unicode")]);
  }
}

function freeze<T>(value: T): T {
  if (typeof value === "object" && value !== null) Object.values(value).forEach(freeze);
  return Object.freeze(value);
}
