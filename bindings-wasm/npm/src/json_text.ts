// Caller's values become JSON text here, once: no cycle, getter or proxy ever meets WebAssembly.

import { MAX_DEPTH } from "./generated/constants.js";
import { type Violation, violation } from "./violation.js";

/** The levels of what has a user object, or a body, as a member: that may be nested as deep as it may alone. */
export const AROUND = MAX_DEPTH + 1;

interface Walk {
  readonly violations: Violation[];
  readonly open: Set<object>;
  readonly levels: number;
}

/** JSON text, and what was wrong with the values; a wrong one stands there as null. */
export function toText(value: unknown, root = "", levels = MAX_DEPTH): { text: string; violations: Violation[] } {
  const walk: Walk = { violations: [], open: new Set(), levels };
  return { text: write(value, { parent: undefined, key: root }, walk) ?? "null", violations: walk.violations };
}

/** JSON text as it is, or that of a value. */
export function jsonText(value: unknown, levels = MAX_DEPTH): { text: string; violations: Violation[] } {
  if (typeof value !== "string") return toText(value, "", levels);
  return isUnicode(value) ? { text: value, violations: [] } : { text: "null", violations: [violation("", "not_unicode")] };
}

/** Whether a text is one JSON value and nothing beside it; what is in it, the core judges. */
export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return isUnicode(text);
  } catch {
    return false;
  }
}

// What JSON writes otherwise than it stands there, or may have to. `JSON.stringify` of a short text costs more than all else.
const SPECIAL = /[^ !#-[\]-~]/;

/** A text's JSON; nothing when it is not Unicode. */
function quoted(text: string): string | undefined {
  if (!SPECIAL.test(text)) return `"${text}"`;
  return isUnicode(text) ? JSON.stringify(text) : undefined;
}

// No look-behind: Safari before 16.4 would not even load the file.
const LONE_SURROGATE = /\p{Surrogate}/u;

/** No lone surrogate: two different texts must never become one. */
export function isUnicode(text: string): boolean {
  const native = (text as { isWellFormed?: () => boolean }).isWellFormed;
  return native === undefined ? !LONE_SURROGATE.test(text) : native.call(text);
}

/** Where a value stands. Text is made of it only when something is wrong there. */
interface Place {
  readonly parent: Place | undefined;
  readonly key: string;
}

function pathOf(place: Place): string {
  const escaped = place.key.replaceAll("~", "~0").replaceAll("/", "~1");
  if (place.parent === undefined) return escaped;
  const path = pathOf(place.parent);
  return path === "" ? escaped : `${path}/${escaped}`;
}

function refuse(walk: Walk, place: Place, code: Parameters<typeof violation>[1], expected?: string): string {
  walk.violations.push(violation(pathOf(place), code, expected));
  return "null";
}

function write(value: unknown, place: Place, walk: Walk): string | undefined {
  switch (typeof value) {
    case "string":
      return quoted(value) ?? refuse(walk, place, "not_unicode");
    case "boolean":
      return String(value);
    case "bigint":
      return value.toString();
    case "number":
      if (!Number.isFinite(value)) return refuse(walk, place, "wrong_type", "finite number");
      if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
        return refuse(walk, place, "out_of_range", "a safe integer, or a bigint");
      }
      return JSON.stringify(value);
    case "undefined":
      return undefined;
    case "object":
      return value === null ? "null" : writeObject(value, place, walk);
    default:
      return refuse(walk, place, "wrong_type", "JSON value");
  }
}

function writeObject(value: object, place: Place, walk: Walk): string {
  if (walk.open.has(value) || walk.open.size >= walk.levels) return refuse(walk, place, "too_deep");
  walk.open.add(value);
  try {
    // A proxy may throw at any of these.
    if (Array.isArray(value)) return writeArray(value, place, walk);
    const prototype = Object.getPrototypeOf(value) as object | null;
    // A plain object of another realm has another `Object.prototype`, which is an end of its chain as well.
    if (prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null) {
      return writeMembers(value, place, walk);
    }
    return writeDate(value, place, walk);
  } catch (error) {
    if (error instanceof RangeError) return refuse(walk, place, "too_deep");
    // Not a `Date` either.
    return refuse(walk, place, "wrong_type", "plain object");
  } finally {
    walk.open.delete(value);
  }
}

function writeArray(items: readonly unknown[], place: Place, walk: Walk): string {
  // What JSON can't show must not vanish: a hole, or a member beside the items.
  const keys = Object.keys(items);
  if (keys.length !== items.length || keys.some((key, at) => key !== String(at))) {
    refuse(walk, place, "wrong_type", "array without holes or other members");
    return "[]";
  }
  const texts = keys.map((key) => {
    const at = { parent: place, key };
    const text = write(dataOf(items, key, at, walk), at, walk);
    return text ?? refuse(walk, at, "wrong_type", "JSON value");
  });
  return `[${texts.join(",")}]`;
}

function writeMembers(value: object, place: Place, walk: Walk): string {
  let text = "{";
  for (const key of Object.keys(value)) {
    const name = quoted(key);
    if (name === undefined) {
      refuse(walk, place, "not_unicode");
      continue;
    }
    const at = { parent: place, key };
    const member = write(dataOf(value, key, at, walk), at, walk);
    if (member !== undefined) text += `${text.length > 1 ? "," : ""}${name}:${member}`;
  }
  return `${text}}`;
}

/** A property's value, without running a getter of the caller's. */
function dataOf(value: object, key: string, place: Place, walk: Walk): unknown {
  const property = Object.getOwnPropertyDescriptor(value, key);
  if (property !== undefined && !("value" in property)) {
    refuse(walk, place, "wrong_type", "value, not a getter");
    return null;
  }
  return property?.value as unknown;
}

/** Of this realm or another; a `TypeError` when it is none. */
function writeDate(value: object, place: Place, walk: Walk): string {
  const millis = Date.prototype.getTime.call(value as Date);
  if (Number.isNaN(millis)) return refuse(walk, place, "bad_timestamp", "2026-11-22T10:00:00.000Z");
  return JSON.stringify(new Date(millis).toISOString());
}

/** What is wrong with an argument that is plain text; nothing when it is left out. */
export function textViolations(path: string, value: unknown): Violation[] {
  if (value === undefined) return [];
  if (typeof value !== "string") return [violation(path, "wrong_type", "string")];
  return isUnicode(value) ? [] : [violation(path, "not_unicode")];
}
