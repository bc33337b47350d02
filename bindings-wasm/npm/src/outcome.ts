import type { Acknowledgement, Operation } from "./generated.js";
import { toText } from "./json.js";
import { type Plain, toObject } from "./plain.js";

/** A change to a user was accepted. */
export interface Acknowledged {
  readonly operation: Operation;
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
  readonly operation: Operation;
  readonly status: number;
  /** The JSON, its own keys kept, integers beyond 2^53 as `bigint`; missing when the body is not JSON. */
  readonly json?: Plain;
}

export type Outcome = Acknowledged | EnrolleeInfo | SignedUp | Branding | RawReply;

interface Memory {
  readonly plain: Map<string, unknown>;
  readonly raw: Uint8Array;
  readonly lossy: boolean;
  /** The exact text, where the plain form would be written otherwise: `1.10`. */
  readonly text: string | undefined;
}

const memories = new WeakMap<object, Memory>();

export function remember(outcome: Plain, memory: Memory): object {
  memories.set(outcome as object, memory);
  return outcome as object;
}

/** The body that an outcome was read from, the call's secrets masked; empty for what came through a relay. */
export function rawBody(outcome: Outcome): Uint8Array {
  return memories.get(outcome)?.raw ?? new Uint8Array();
}

/** Whether reading lost something: invalid UTF-8, a lone surrogate, a repeated key. */
export function isLossy(outcome: Outcome): boolean {
  return memories.get(outcome)?.lossy ?? false;
}

/** The text of the plain form with the wire's names, for relays and queues. */
export function textOf(outcome: Outcome): string | undefined {
  const memory = memories.get(outcome);
  return memory === undefined ? undefined : (memory.text ?? toText(toObject(memory.plain)).text);
}
