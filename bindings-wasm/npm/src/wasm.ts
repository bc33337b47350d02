// The one WebAssembly instance. Only this file knows the glue.

import * as generated from "../generated/glue.js";

/** What a call of the glue that can fail throws: the error's plain form, its text, and the raw body. */
export type Thrown = [Map<string, unknown>, string, Uint8Array];

/** What the glue has read: an outcome's plain form, whether it is lossy, the raw body, and its text where it is not exact. */
export type Read = [plain: Map<string, unknown>, lossy: boolean, raw: Uint8Array, text: string | undefined];

export interface SmileIdCore {
  withOperator(email: string): SmileIdCore;
  call(intent: string, now: number): string;
  raw(request: string, now: number): string;
  sign(now: number): string;
}

export interface UnifyiaCore {
  withToken(token: string): UnifyiaCore;
  call(intent: Uint8Array, extraKeys: boolean): string;
  signUp(user: Uint8Array, organization?: string): string;
  raw(request: string): string;
}

export interface VerifierCore {
  callback(body: Uint8Array, now: number): unknown[];
  webhook(headers: string, body: Uint8Array, now: number): unknown[];
}

interface Glue {
  SmileIdCore: { new (options: string, apiKey: string): SmileIdCore; fromPair(options: string, pair: string, at: number): SmileIdCore };
  UnifyiaCore: { new (options: string, token?: string): UnifyiaCore };
  VerifierCore: { new (options: string, keys: string): VerifierCore };
  relaySmileId(url: string, intent: string): string;
  relayUnifyia(url: string, intent: Uint8Array, extraKeys: boolean): string;
  relaySignUp(url: string, user: Uint8Array, organization?: string): string;
  checkRelayUrl(url: string): void;
  parseIntent(intent: Uint8Array, selfService: boolean, extraKeys: boolean): [Map<string, unknown>, string];
  withUserFields(intent: Uint8Array, fields: Uint8Array, extraKeys: boolean): [Map<string, unknown>, string];
  checkUser(user: Uint8Array, selfService: boolean, extraKeys: boolean, organization?: string): Map<string, unknown>[];
  read(operation: string, relayed: boolean, signedAt: string, secrets: string, maxBytes: number, status: number, headers: string, body: Uint8Array): Read;
  errorFrom(json: string): Thrown | undefined;
  noResponse(operation: string, notSent: boolean): Thrown;
  refusedByPolicy(action: string): Thrown;
  relayAnswer(outcome: string | undefined, error: string | undefined, details: boolean): string;
  routeRefusal(rules: string, method: string, headers: string): string | undefined;
  confirmedBy(action: string, outcome: string | undefined, error: string | undefined): string;
  signature(apiKey: string, timestamp: string, partnerId: string): string;
  parseTime(text: string, path: string): number;
  initSync(options: { module: WebAssembly.Module | BufferSource }): unknown;
  default(options: { module_or_path: unknown }): Promise<unknown>;
  /** The build's addition to the glue. */
  adopt(exports: object): void;
}

const glue = generated as unknown as Glue;

let ready = false;
let reason = "enrollkit is not initialised: await init() first";

/** The instance; an error that says what to do where there is none. */
export function core(): Glue {
  if (!ready) throw new Error(reason);
  return glue;
}

function noWebAssembly(): string {
  return (
    "this JavaScript engine has no WebAssembly (React Native's Hermes has none, for instance): " +
    "call enrollkit in your back end, or use its Kotlin or Swift package"
  );
}

/** Starts the instance from bytes or a compiled module, at once. */
export function initSync(module: WebAssembly.Module | BufferSource): void {
  if (ready) return;
  if (typeof WebAssembly !== "object") throw new Error(noWebAssembly());
  glue.initSync({ module });
  ready = true;
}

/** Starts the instance from bytes, a module, a URL or a response. */
export async function initFrom(source: unknown): Promise<void> {
  if (ready) return;
  if (typeof WebAssembly !== "object") throw new Error(noWebAssembly());
  await glue.default({ module_or_path: await source });
  ready = true;
}

/** Takes an instance that the platform has made. */
export function adopt(exports: object): void {
  if (ready) return;
  glue.adopt(exports);
  ready = true;
}

/** For the default entry: starts the instance if the engine lets it, and remembers why it did not. */
export function tryInitSync(module: () => WebAssembly.Module | BufferSource): void {
  try {
    initSync(module());
  } catch (error) {
    // Old engines compile more than a few kilobytes only asynchronously; a policy may forbid it altogether.
    const why = error instanceof Error ? error.message : String(error);
    if (typeof WebAssembly === "object") {
      reason = `enrollkit could not start at once (${why}): await init() first`;
      return;
    }
    // Waiting helps nobody here: it is said at once, though only use can fail.
    reason = noWebAssembly();
    console.warn(reason);
  }
}

const encoder = new TextEncoder();

/** A new array of bytes costs more than their copy. */
const buffer = new Uint8Array(0x4000);
let taken = false;

/**
 * Gives `use`, which must not keep them, the bytes of a text that may be long: the platform's encoder is many times faster than
 * the glue's own.
 */
export function withBytes<T>(text: string, use: (bytes: Uint8Array) => T): T {
  // A code unit becomes three bytes at most.
  if (taken || text.length * 3 > buffer.length) return use(encoder.encode(text));
  taken = true;
  const { written } = encoder.encodeInto(text, buffer);
  const bytes = buffer.subarray(0, written);
  try {
    return use(bytes);
  } finally {
    // What was in it is somebody's data.
    bytes.fill(0);
    taken = false;
  }
}
