import { type Body, isBytes, toBytes } from "./bytes.js";
import { attempt, invalid, violation } from "./errors.js";
import { stringifiable, withTexts } from "./exact.js";
import type { SignUpUser } from "./generated.js";
import { AROUND, withText } from "./json.js";
import { switches } from "./options.js";
import { toObject } from "./plain.js";
import { core, withBytes } from "./wasm.js";

/** The members that one kind of intent or another has: `intent.user?.name` needs no look at `action` first. */
interface Without {
  readonly user_id?: undefined;
  readonly confirm?: undefined;
  readonly user?: undefined;
  readonly organization?: undefined;
}

type With<T> = T & Omit<Without, keyof T>;

/** What is wanted at Smile ID, as plain data without credentials: the same JSON in every language. `action` says which. */
export type SmileIdIntent =
  | With<{
      readonly action:
        | "smile_id.re_enroll"
        | "smile_id.deactivate"
        | "smile_id.reactivate"
        | "smile_id.flag_fraud"
        | "smile_id.clear_fraud"
        | "smile_id.enrollee_info";
      readonly user_id: string;
    }>
  | With<{ readonly action: "smile_id.delete_permanently"; readonly user_id: string; readonly confirm: string }>;

/** What is wanted at Unifyia. `action` says which. */
export type UnifyiaIntent =
  | With<{ readonly action: "unifyia.sign_up"; readonly user: SignUpUser; readonly organization?: string | undefined }>
  | With<{ readonly action: "unifyia.branding"; readonly organization: string }>;

export type Intent = SmileIdIntent | UnifyiaIntent;

/** How the user object of a sign-up is checked. */
export interface SignUpRules {
  /** For whoever fills in their own form: what only the organization may set is a violation, `set_by_server`. */
  readonly selfService?: boolean | undefined;
  /** Lets keys through that the documentation does not know. */
  readonly allowExtraKeys?: boolean | undefined;
}

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
  const { selfService, allowExtraKeys: extraKeys } = switches(rules, "selfService", "allowExtraKeys");
  const given = isBytes(json) ? decode(toBytes(json as Body)) : json;
  return keep(withIntent(given, (text) => attempt(() => withBytes(text, (bytes) => core().parseIntent(bytes, selfService, extraKeys)))), extraKeys);
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
