// Numbers that JavaScript can't hold, or would write otherwise: what came is text, and it stays what came.

import { type Plain, set } from "./plain.js";

/** A number's text, or another text: those are passed over. */
const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g;

/** Without any of these, no number of a text can be inexact; most texts end here. */
const SUSPICIOUS = /\d[.eE]|-0|\d{16}/;

/** Whether JavaScript reads this number and writes it again, digit by digit. */
function isExact(digits: string): boolean {
  const number = Number(digits);
  return JSON.stringify(number) === digits && (!Number.isInteger(number) || Number.isSafeInteger(number));
}

/** The value of JSON text, where each number that is not exact stays text; nothing where there is no such number. */
export function withTexts(json: string): Plain | undefined {
  if (!SUSPICIOUS.test(json)) return undefined;
  let isInexact = false;
  const text = json.replace(TOKEN, (token) => {
    if (token.startsWith('"') || isExact(token)) return token;
    isInexact = true;
    return `"${token}"`;
  });
  return isInexact ? (JSON.parse(text) as Plain) : undefined;
}

/** What an object holds that `JSON.stringify` must write otherwise: for each value, the text of its digits, if it is a number. */
type Inexact = Map<string, { readonly value: unknown; readonly text?: string }>;

const inexactOf = new WeakMap<object, Inexact>();

/**
 * Makes `JSON.stringify` of a value, and of whatever is in it, lose no digit: an inexact number is written as its text. Nothing
 * that lists, copies or clones the value sees any of this.
 */
export function stringifiable<T>(value: T, texts: Plain | undefined): T {
  if (typeof value === "object" && value !== null) prepare(value as { [key: string]: unknown }, texts);
  return value;
}

/** Whether the object around this one must write it. */
function prepare(value: { [key: string]: unknown }, texts: Plain | undefined): boolean {
  const inexact: Inexact = new Map();
  for (const key of Object.keys(value)) {
    const item = value[key];
    const text = typeof texts === "object" && texts !== null && Object.hasOwn(texts, key) ? (texts as { [key: string]: Plain })[key] : undefined;
    if (typeof item === "bigint") inexact.set(key, { value: item, text: String(item) });
    else if (typeof item === "number" && typeof text === "string") inexact.set(key, { value: item, text });
    else if (typeof item === "object" && item !== null && prepare(item as typeof value, text)) inexact.set(key, { value: item });
  }
  if (inexact.size === 0) return false;
  inexactOf.set(value, inexact);
  // A member of that name is somebody's data.
  if (Object.hasOwn(value, "toJSON")) return true;
  Object.defineProperty(value, "toJSON", { value: toJSON, configurable: true, writable: true });
  return false;
}

/** As the value is now: what was taken out of it, or put into it, since it came, is not to be undone. */
function toJSON(this: object): unknown {
  const inexact = inexactOf.get(this);
  const out: { [key: string]: unknown } = {};
  for (const [key, value] of Object.entries(this) as [string, unknown][]) {
    const was = inexact?.get(key);
    if (was === undefined || !Object.is(was.value, value)) set(out, key, typeof value === "bigint" ? String(value) : value);
    else set(out, key, was.text ?? toJSON.call(value as object));
  }
  return Array.isArray(this) ? Object.values(out) : out;
}

/** The exact text of a member of a JSON object, whose text is known to be valid; the last one, where there are several. */
export function memberText(json: string, name: string): string | undefined {
  const PART = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;
  let [depth, key, from, member]: [number, unknown, number, string | undefined] = [0, undefined, -1, undefined];
  let last = "";
  for (const { 0: part, index } of json.matchAll(PART)) {
    if (depth === 1 && part === ":") [key, from] = [JSON.parse(last), index + 1];
    const closes = part === "}" || part === "]";
    if (depth === 1 && (part === "," || closes)) {
      if (key === name && from >= 0) member = json.slice(from, index).trim();
      from = -1;
    }
    if (closes) depth -= 1;
    else if (part === "{" || part === "[") depth += 1;
    last = part;
  }
  return member;
}
