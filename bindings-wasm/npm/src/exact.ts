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
  const spelled = (token: string): string => (token.startsWith('"') || isExact(token) ? token : `"${token}"`);
  return JSON.parse(SUSPICIOUS.test(json) ? json.replace(TOKEN, spelled) : json) as Plain;
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

/** What `JSON.stringify` must write in the place of a value. */
interface Inexact {
  readonly value: unknown;
  readonly write: () => unknown;
}

/** What writes an object that holds any such; nothing where there is none. */
function prepare(value: { [key: string]: Plain }, texts: Plain | undefined): (() => unknown) | undefined {
  const inexact = new Map<string, Inexact>();
  for (const key of Object.keys(value)) {
    const item = value[key];
    const text = (texts as typeof value)[key];
    if (typeof item === "number" && typeof text === "string") {
      const own = /[.eE]|^-0$/.test(text) ? item : BigInt(text);
      if (own !== item) set(value, key, own);
      inexact.set(key, { value: own, write: () => text });
    } else if (typeof item === "object" && item !== null) {
      const write = prepare(item as typeof value, text);
      if (write !== undefined) inexact.set(key, { value: item, write });
    }
  }
  if (inexact.size === 0) return undefined;
  // As the value is now: what was taken out of it, or put into it, since it came, is not to be undone.
  const write = (): unknown => {
    const out: { [key: string]: unknown } = {};
    for (const [key, item] of Object.entries(value) as [string, unknown][]) {
      const was = inexact.get(key);
      set(out, key, was !== undefined && Object.is(was.value, item) ? was.write() : typeof item === "bigint" ? String(item) : item);
    }
    return Array.isArray(value) ? Object.values(out) : out;
  };
  // A member of that name is somebody's data; what is around the object writes it then.
  if (!Object.hasOwn(value, "toJSON")) Object.defineProperty(value, "toJSON", { value: write, configurable: true, writable: true });
  return write;
}
