import { type Body, isBytes, toBytes } from "./bytes.js";
import { attempt, isEnrollkitError } from "./errors.js";
import { memberText, stringifiable, withTexts } from "./exact.js";
import type { Acknowledgement, Operation } from "./generated.js";
import { isJson, toText } from "./json.js";
import { camel, isOpen, type Plain, toObject } from "./plain.js";
import { core, type Read } from "./wasm.js";

/** A change to a user was accepted. */
export interface Acknowledged {
  readonly operation: Exclude<Operation, "smile_id.enrollee_info" | "smile_id.raw" | `unifyia.${string}`>;
  readonly status: number;
  /** On `unstated`, look the user up before you say "done". */
  readonly acknowledgement: Acknowledgement;
  /** The service's message, safe to show. */
  readonly message?: string;
}

/** A user's flags; one that the answer left out is missing. */
export interface EnrolledUser {
  readonly allowNewEnroll?: boolean;
  readonly complete?: boolean;
  readonly deleted?: boolean;
  readonly inactive?: boolean;
  readonly isFraudulent?: boolean;
  readonly pending?: boolean;
  readonly provisional?: boolean;
}

/** An identity document that was checked: heavy personal data. */
export interface IdCheck {
  readonly name?: string;
  readonly idNumber?: string;
  readonly country?: string;
  readonly idType?: string;
  readonly dob?: string;
  readonly expirationDate?: string;
  /** base64 */
  readonly photo?: string;
  readonly address?: string;
  readonly gender?: string;
  readonly phoneNumber?: string;
  readonly resultCode?: string;
  readonly resultText?: string;
  /** Whatever the authority answered, its own keys kept. */
  readonly fullData?: Plain;
}

/** One job of a user. */
export interface HistoryEntry {
  readonly createdAt?: string;
  readonly partnerParams: { readonly jobId?: string; readonly userId?: string; readonly jobType?: string };
  readonly jobId?: string;
  /** As text: `"0840"`. */
  readonly resultCode?: string;
  readonly resultMessage?: string;
  /** Withheld by a relay unless its policy gives it. */
  readonly idCheck?: IdCheck;
}

/** What Smile ID knows of a user. */
export interface EnrolleeInfo {
  readonly operation: "smile_id.enrollee_info";
  /** Missing when the answer has no such object, which then confirms nothing. */
  readonly enrolledUser?: EnrolledUser;
  readonly history: readonly HistoryEntry[];
}

/** A user was signed up. */
export interface SignedUp {
  readonly operation: "unifyia.sign_up";
  readonly status: number;
  readonly acknowledgement: Acknowledgement;
  /** The service's answer, its own keys kept, integers beyond 2^53 as `bigint`. Withheld by a relay unless its policy gives it. */
  readonly json?: Plain;
}

/** An organization's branding. */
export interface Branding {
  readonly operation: "unifyia.branding";
  /** A base64 image. */
  readonly logo?: string;
  /** A URL. Check its scheme before it becomes a link. */
  readonly policyStatement?: string;
  readonly language?: string;
  readonly issuerPublicKey?: string;
  readonly issuerCertificate?: string;
}

/** The answer to a `raw` call. */
export interface RawReply {
  readonly operation: "smile_id.raw" | "unifyia.raw";
  readonly status: number;
  /** The JSON, its own keys kept, integers beyond 2^53 as `bigint`; missing when the body is not JSON. */
  readonly json?: Plain;
}

/** What a call read; `operation` says which. */
export type Outcome = Acknowledged | EnrolleeInfo | SignedUp | Branding | RawReply;

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
