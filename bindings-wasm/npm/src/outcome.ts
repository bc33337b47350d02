import { type Body, isBytes, toBytes } from "./bytes.js";
import { core } from "./core.js";
import { withBytes } from "./encoded.js";
import { isEnrollkitError, settled } from "./errors.js";
import { exactValue } from "./exact.js";
import type { Outcome } from "./generated/outcomes.js";
import { isJson } from "./json_text.js";
import { memoryOf, remember } from "./memory.js";
import { camel, isOpen } from "./plain.js";

interface Memory {
  /** The exact text of the plain form. */
  readonly text: string;
  readonly raw: Uint8Array;
  readonly lossy: boolean;
}

const key = Symbol.for("org.enrollkit.outcome");
const memory = (outcome: unknown): Memory | undefined => memoryOf(outcome, key);
const nothing = /* @__PURE__ */ new Uint8Array();

/**
 * The outcome that the glue has read; an error, with the body that it came of, is thrown.
 * @internal
 */
export function toOutcome(reading: string, raw: Uint8Array, rawOfError = raw): Outcome {
  const text = settled(reading, rawOfError).slice(1);
  const outcome = exactValue(text, camel) as unknown as Outcome;
  return remember(outcome, key, { text, raw, lossy: reading[0] === "~" });
}

/** The body that an outcome was read from, the call's secrets masked; empty for what came through a relay, or from a text. */
export function rawBody(outcome: Outcome): Uint8Array {
  return memory(outcome)?.raw ?? new Uint8Array();
}

/** Whether reading lost something: invalid UTF-8, a lone surrogate, a repeated key. */
export function isLossy(outcome: Outcome): boolean {
  return memory(outcome)?.lossy ?? false;
}

/**
 * The exact text of an outcome's plain form, the same JSON in every language: for queues and stores. It holds everything but
 * the raw body, identity documents included. A `TypeError` for what is no outcome that enrollkit has read, a copy say.
 */
export function outcomeText(outcome: Outcome): string {
  const text = memory(outcome)?.text;
  if (text === undefined) throw new TypeError("not an outcome that a call has read");
  return text;
}

/** Reads what `outcomeText` wrote, to the last digit: all but the raw body. A `TypeError` for anything else. */
export function parseOutcome(text: Body): Outcome {
  const json = isBytes(text) ? new TextDecoder().decode(toBytes(text)) : text;
  if (typeof json !== "string" || !isJson(json)) throw notPlain();
  const value = JSON.parse(json) as { operation?: unknown } | null;
  const operation = value?.operation;
  if (typeof operation !== "string" || isCamel(value)) throw notPlain();
  try {
    return operation.endsWith(".raw") ? ofRaw(json) : ofRelay(operation, json);
  } catch (error) {
    if (isEnrollkitError(error)) throw notPlain();
    throw error;
  }
}

/** As a relay's client reads it. */
function ofRelay(operation: string, json: string): Outcome {
  return withBytes(`{"outcome":${json}}`, (body) => toOutcome(core().readRelayed(operation, Infinity, 200, "", body), nothing));
}

/** As it was read from the service, which only a server reads. */
function ofRaw(json: string): Outcome {
  const reading = core().rawOutcome?.(json) ?? "";
  if (reading === "") throw notPlain();
  return toOutcome(reading, nothing);
}

function notPlain(): TypeError {
  return new TypeError("not the plain form of an outcome: give it what outcomeText wrote");
}

/** `JSON.stringify` writes JavaScript's own names, and numbers as text: read as the plain form, it would lose both. */
function isCamel(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(([key, item]) => /[A-Z]/.test(key) || (!isOpen(key) && isCamel(item)));
}
