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

/** The value of JSON text, where each number that is not exact stays text. */
export function withTexts(json: string): Plain {
  let isInexact = false;
  const inexact = (token: string): string => {
    if (token.startsWith('"') || isExact(token)) return token;
    isInexact = true;
    return `"${token}"`;
  };
  const text = SUSPICIOUS.test(json) ? json.replace(TOKEN, inexact) : json;
  return JSON.parse(isInexact ? text : json) as Plain;
}

/**
 * The value of JSON text, to the last digit: integers that a number would round are `bigint`, and `JSON.stringify` of it, or of
 * whatever is in it, loses no digit: an inexact number is written as its text. Nothing that lists, copies or clones the value sees
 * any of this.
 */
export function exactValue(json: string, shape: (value: Plain) => Plain = (value) => value): Plain {
  const value = shape(JSON.parse(json) as Plain);
  if (SUSPICIOUS.test(json)) prepare(value as { [key: string]: Plain }, shape(withTexts(json)));
  return value;
}

/** What an object holds that `JSON.stringify` must write otherwise: for each value, the text of its digits, if it is a number. */
type Inexact = Map<string, { readonly value: unknown; readonly text?: string }>;

const inexactOf = new WeakMap<object, Inexact>();

/** Whether the object around this one must write it. */
function prepare(value: { [key: string]: Plain }, texts: Plain | undefined): boolean {
  const inexact: Inexact = new Map();
  for (const key of Object.keys(value)) {
    const item = value[key];
    const text = (texts as typeof value)[key];
    if (typeof item === "number" && typeof text === "string") {
      const own = /[.eE]|^-0$/.test(text) ? item : BigInt(text);
      if (own !== item) set(value, key, own);
      inexact.set(key, { value: own, text });
    } else if (typeof item === "object" && item !== null && prepare(item as typeof value, text)) inexact.set(key, { value: item });
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
