// The JSON text of plain values as bytes, in one go. Where anything is to be said of a value nothing comes of it: `json_text.ts` says it.

import { MAX_DEPTH } from "./generated/constants.js";
import { isUnicode } from "./json_text.js";

/** What could not be written, in the place of where it ends. */
const NOT = -1;

/** Longer texts are encoded by the platform, which costs as much as some dozen characters here. */
const SHORT = 128;

/** Always left behind a text, for what stands between texts. */
const ROOM = 64;

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_ARRAY = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_ARRAY = 0x5d;
const OPEN = 0x7b;
const CLOSE = 0x7d;

/** A new array of bytes costs more than what is written. */
const own = new Uint8Array(0x4000);
let taken = false;

let bytes = own;

/** What is written. */
interface Written {
  readonly bytes: Uint8Array;
  /** The platform's encoder does not say whether a text has control characters, which stand in no JSON text: the core refuses them. */
  readonly mayHaveControls: boolean;
}

let mayHaveControls = false;

/** Gives `use`, which must not keep them, the bytes of a plain object's JSON text; nothing where it is not as plain as that. */
export function withQuickText<T>(value: unknown, use: (written: Written) => T): T | undefined {
  // A proxy's traps may come here again.
  if (taken || typeof value !== "object" || value === null) return undefined;
  [taken, mayHaveControls] = [true, false];
  let end = NOT;
  try {
    end = ended(value);
    return end === NOT ? undefined : use({ bytes: bytes.subarray(0, end), mayHaveControls });
  } finally {
    // What was in it is somebody's data.
    own.fill(0, 0, end === NOT ? own.length : end);
    [bytes, taken] = [own, false];
  }
}

function ended(value: object): number {
  try {
    return writeObject(value, 0, 0);
  } catch {
    // A proxy, or too deep.
    return NOT;
  }
}

/** Makes room for so many more bytes, and some. */
function need(at: number, more: number): void {
  if (at + more + ROOM <= bytes.length) return;
  const larger = new Uint8Array(2 * (at + more + ROOM));
  larger.set(bytes.subarray(0, at));
  bytes = larger;
}

/** Each of these writes from `at` on, and gives where it ends. */
function write(value: unknown, at: number, depth: number): number {
  switch (typeof value) {
    case "string":
      return writeText(value, at);
    case "boolean":
      return writeAscii(value ? "true" : "false", at);
    case "number":
      return Number.isFinite(value) && (Number.isSafeInteger(value) || !Number.isInteger(value)) ? writeAscii(String(value), at) : NOT;
    case "bigint":
      return writeAscii(value.toString(), at);
    case "object":
      return value === null ? writeAscii("null", at) : writeObject(value, at, depth);
    default:
      return NOT;
  }
}

function writeObject(value: object, at: number, depth: number): number {
  if (depth === MAX_DEPTH) return NOT;
  if (Array.isArray(value)) return writeItems(value, at, depth + 1);
  const prototype = Object.getPrototypeOf(value) as unknown;
  return prototype === Object.prototype || prototype === null ? writeMembers(value, at, depth + 1) : NOT;
}

function writeItems(items: readonly unknown[], from: number, depth: number): number {
  // As many as there are places: then nothing is missing, if each place has its item.
  if (Object.keys(items).length !== items.length) return NOT;
  need(from, 0);
  let at = from;
  bytes[at++] = OPEN_ARRAY;
  for (let place = 0; place < items.length; place += 1) {
    const item = Object.getOwnPropertyDescriptor(items, place);
    if (item?.enumerable !== true || !("value" in item)) return NOT;
    if (place > 0) bytes[at++] = COMMA;
    at = write(item.value, at, depth);
    if (at === NOT) return NOT;
    need(at, 0);
  }
  bytes[at++] = CLOSE_ARRAY;
  return at;
}

function writeMembers(value: object, from: number, depth: number): number {
  need(from, 0);
  let at = from;
  bytes[at++] = OPEN;
  for (const key of Object.keys(value)) {
    // No getter of the caller's runs.
    const member = Object.getOwnPropertyDescriptor(value, key);
    if (member === undefined || !("value" in member)) return NOT;
    if (member.value === undefined) continue;
    if (at > from + 1) bytes[at++] = COMMA;
    at = writeText(key, at);
    if (at === NOT) return NOT;
    bytes[at++] = COLON;
    at = write(member.value, at, depth);
    if (at === NOT) return NOT;
    need(at, 0);
  }
  bytes[at++] = CLOSE;
  return at;
}

function writeAscii(text: string, at: number): number {
  need(at, text.length);
  for (let place = 0; place < text.length; place += 1) bytes[at + place] = text.charCodeAt(place);
  return at + text.length;
}

function writeText(text: string, at: number): number {
  const { length } = text;
  if (length > SHORT) return writeLong(text, at);
  need(at, length);
  const to = bytes;
  let place = at;
  to[place++] = QUOTE;
  for (let from = 0; from < length; from += 1) {
    const unit = text.charCodeAt(from);
    if (unit < 0x20 || unit > 0x7e || unit === QUOTE || unit === BACKSLASH) return writeLong(text, at);
    to[place++] = unit;
  }
  to[place++] = QUOTE;
  return place;
}

/** What JSON writes otherwise than it stands there. */
const isPlain = (text: string): boolean => !text.includes('"') && !text.includes("\\");

function writeLong(text: string, at: number): number {
  if (!isUnicode(text)) return NOT;
  const isShort = text.length <= SHORT;
  if (isShort || !isPlain(text)) return encode(JSON.stringify(text), at);
  mayHaveControls = true;
  bytes[at] = QUOTE;
  const end = encode(text, at + 1);
  bytes[end] = QUOTE;
  return end + 1;
}

const encoder = new TextEncoder();

function encode(text: string, at: number): number {
  need(at, text.length);
  const { read, written } = encoder.encodeInto(text, bytes.subarray(at, bytes.length - ROOM));
  if (read === text.length) return at + written;
  // Not ASCII: a code unit becomes three bytes at most.
  need(at + written, 3 * (text.length - read));
  return at + written + encoder.encodeInto(text.slice(read), bytes.subarray(at + written)).written;
}
