import { type Body, isBytes, toBytes } from "./bytes.js";
import { withText } from "./checked.js";
import { core } from "./core.js";
import { withBytes } from "./encoded.js";
import { invalid, settled } from "./errors.js";
import { exactValue } from "./exact.js";
import type { Intent, IntentOf } from "./generated/intents.js";
import { SIGN_UP_RULES } from "./generated/option_names.js";
import type { SignUpUser } from "./generated/sign_up_user.js";
import { AROUND } from "./json_text.js";
import { memoryOf, remember } from "./memory.js";
import { ownProperties, switches } from "./options.js";
import { type SignUpRules, withUser } from "./user.js";
import { violation } from "./violation.js";

interface Memory {
  /** The exact text. */
  readonly text: string;
  readonly extraKeys: boolean;
}

const key = Symbol.for("org.enrollkit.intent");
const memory = (intent: unknown): Memory | undefined => memoryOf(intent, key);

/**
 * Reads an intent that someone else wrote: the body of a relayed request, say, or what `intentText` wrote. Every violation is
 * reported at once.
 *
 * The result is frozen, and what a policy saw of it is what gets signed, to the last digit. `JSON.stringify` writes a number
 * that JavaScript can't hold, or would write otherwise (`9007199254740993`, `1.10`), as text: good for a log, but no longer
 * the same intent. What is to be read again is `intentText`.
 */
export function parseIntent(json: Body | object, rules: SignUpRules = {}): Intent {
  const { self_service, allow_extra_keys } = switches(ownProperties(rules), SIGN_UP_RULES);
  const given = isBytes(json) ? decode(toBytes(json as Body)) : json;
  const parse = (text: string) => settled(withBytes(text, (bytes) => core().parseIntent(bytes, self_service, allow_extra_keys)));
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
  const lines = withUser(user, organization, (bytes, name) => settled(core().relaySignUp("/", bytes, name)));
  return parseIntent(lines.slice(lines.lastIndexOf("\n") + 1)) as IntentOf<"unifyia.sign_up">;
}

/**
 * The exact text of an intent, the same JSON in every language: for queues and stores. `parseIntent` reads it again, to the last
 * digit; with `allowExtraKeys`, if the intent was parsed so. An intent that nobody has parsed yet is checked first.
 */
export function intentText(intent: Intent): string {
  return (memory(intent) ?? memory(parseIntent(intent))!).text;
}

/** The intent of its exact text. */
export function keep(text: string, extraKeys: boolean): Intent {
  return freeze(remember(exactValue(text) as unknown as Intent, key, { text, extraKeys }));
}

/** Gives `use` the text of an intent: the exact one, if it was parsed. */
export function withIntent<T>(intent: unknown, use: (text: string) => T): T {
  // Paths inside a sign-up's user begin at the user.
  return withText(memory(intent)?.text ?? intent, use, AROUND, (path) => path.replace(/^user\//, ""));
}

/** Whether an intent was parsed with extra keys, which it then keeps. */
export function hasExtraKeys(intent: Intent | string): boolean {
  return memory(intent)?.extraKeys === true;
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw invalid([violation("", "not_unicode")]);
  }
}

function freeze<T>(value: T): T {
  // No `forEach`: React Native's engine lets few of its own functions call one another.
  if (typeof value === "object" && value !== null) for (const item of Object.values(value)) freeze(item);
  return Object.freeze(value);
}
