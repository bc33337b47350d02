// The servers' build of the core: it signs, verifies, and answers for relays.

import * as generated from "../generated/server/glue.js";
import { type Core, own } from "./core.js";
import type { Glue } from "./start.js";
import type { Verified } from "./verified.js";

export interface SmileIdCore {
  withOperator(email: string): SmileIdCore;
  call(intent: string, now: number): string;
  about(action: string, userId: string, now: number): string;
  raw(request: string, now: number): string;
  /** Gives how long the pair lives, and throws what it refuses. */
  sign(now: number): number;
  pairPlace(): number;
  pairAccount(): string;
  headNumber(): number;
  head(): string;
}

export interface UnifyiaCore {
  withToken(token: string): UnifyiaCore;
  call(intent: Uint8Array, extraKeys: boolean): string;
  signUp(user: Uint8Array, organization?: string): string;
  raw(request: string): string;
  headNumber(): number;
  head(): string;
}

/** What is said of a verified message; the body, where it is JSON, as its text. */
export type VerifiedFacts = Omit<Verified, "json"> & { readonly json: string | undefined };

/** What is refused is a text. */
export interface VerifierCore {
  callback(body: Uint8Array, now: number): VerifiedFacts | string;
  webhook(headers: string, body: Uint8Array, now: number): VerifiedFacts | string;
}

interface ServerCore extends Core {
  SmileIdCore: { new (options: string, apiKey: string): SmileIdCore; fromPair(options: string, pair: string, at: number): SmileIdCore };
  UnifyiaCore: { new (options: string, token?: string): UnifyiaCore };
  VerifierCore: { new (options: string, keys: string): VerifierCore };
  withUserFields(intent: Uint8Array, fields: Uint8Array, extraKeys: boolean): string;
  /** What was read, and the raw body. */
  read(operation: string, signedAt: string, secrets: string, maxBytes: number, status: number, headers: string, body: Uint8Array): [string, Uint8Array?];
  refusedByPolicy(action: string): string;
  relayAnswer(outcome: string | undefined, error: string | undefined, details: boolean): string;
  routeRefusal(rules: string, method: string, headers: string): string;
  confirmedBy(action: string, outcome: string | undefined, error: string | undefined): string;
  ownMemory(): { readonly buffer: ArrayBuffer };
  signature(apiKey: string, timestamp: string, partnerId: string): string;
  parseTime(text: string, path: string): string;
}

// Checked as it is built, since what wasm-bindgen declares of the glue must fit.
export const glue = generated satisfies Omit<ServerCore, "read"> as unknown as ServerCore & Glue;

export function server(): ServerCore {
  return own(glue);
}
