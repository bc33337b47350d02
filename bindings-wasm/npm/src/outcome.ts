import { type Body, isBytes, toBytes } from "./bytes.js";
import { attempt, isEnrollkitError } from "./errors.js";
import { memberText, stringifiable, withTexts } from "./exact.js";
import type { Outcome } from "./generated/outcomes.js";
import { isJson, toText } from "./json_text.js";
import { camel, isOpen, toObject } from "./plain.js";
import { core, type Read } from "./wasm.js";

interface Memory {
  readonly plain: Map<string, unknown>;
  readonly raw: Uint8Array;
  readonly lossy: boolean;
  /** The exact text, where the plain form would be written otherwise: `1.10`. */
  readonly text: string | undefined;
}

const memories = new WeakMap<object, Memory>();

/**
 * The outcome of what the glue has read.
 * @internal
 */
export function toOutcome([plain, lossy, raw, text]: Read): Outcome {
  const texts = text === undefined ? undefined : withTexts(text);
  const outcome = stringifiable(camel(toObject(plain)), texts && camel(texts)) as unknown as Outcome;
  memories.set(outcome, { plain, raw, lossy, text });
  return outcome;
}

/** The body that an outcome was read from, the call's secrets masked; empty for what came through a relay, or from a text. */
export function rawBody(outcome: Outcome): Uint8Array {
  return memories.get(outcome)?.raw ?? new Uint8Array();
}

/** Whether reading lost something: invalid UTF-8, a lone surrogate, a repeated key. */
export function isLossy(outcome: Outcome): boolean {
  return memories.get(outcome)?.lossy ?? false;
}

/**
 * The exact text of an outcome's plain form, the same JSON in every language: for queues and stores. It holds everything but
 * the raw body, identity documents included. A `TypeError` for what is no outcome that enrollkit has read, a copy say.
 */
export function outcomeText(outcome: Outcome): string {
  const memory = memories.get(outcome);
  if (memory === undefined) throw new TypeError("not an outcome that a call has read");
  return memory.text ?? toText(toObject(memory.plain)).text;
}

/** Reads what `outcomeText` wrote, to the last digit: all but the raw body. A `TypeError` for anything else. */
export function parseOutcome(text: Body): Outcome {
  const json = isBytes(text) ? new TextDecoder().decode(toBytes(text)) : text;
  if (typeof json !== "string" || !isJson(json)) throw notPlain();
  const value = JSON.parse(json) as { operation?: unknown; status?: unknown } | null;
  const operation = value?.operation;
  if (typeof operation !== "string" || isCamel(value)) throw notPlain();
  try {
    return operation.endsWith(".raw") ? ofRaw(operation, value?.status, memberText(json, "json")) : ofRelay(operation, json);
  } catch (error) {
    if (isEnrollkitError(error)) throw notPlain();
    throw error;
  }
}

/** As a relay's client reads it. */
function ofRelay(operation: string, json: string): Outcome {
  const body = encoder.encode(`{"outcome":${json}}`);
  return toOutcome(attempt(() => core().read(operation, true, "", "", Infinity, 200, "", body)));
}

/** As it was read from the service; a relay has no such reply. */
function ofRaw(operation: string, status: unknown, json = ""): Outcome {
  if (typeof status !== "number" || !(status >= 200 && status <= 299)) throw notPlain();
  const body = encoder.encode(json);
  const [plain, , , text] = attempt(() => core().read(operation, false, "", "", Infinity, status, "", body));
  return toOutcome([plain, false, new Uint8Array(), text]);
}

const encoder = new TextEncoder();

function notPlain(): TypeError {
  return new TypeError("not the plain form of an outcome: give it what outcomeText wrote");
}

/** `JSON.stringify` writes JavaScript's own names, and numbers as text: read as the plain form, it would lose both. */
function isCamel(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(([key, item]) => /[A-Z]/.test(key) || (!isOpen(key) && isCamel(item)));
}
