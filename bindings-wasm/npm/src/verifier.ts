import { type Body, toBytes } from "./bytes.js";
import { clientOptions } from "./client_options.js";
import { attempt, isSignatureRefused, toError } from "./errors.js";
import { exactValue } from "./exact.js";
import { VERIFIER_OPTIONS } from "./generated/option_names.js";
import type * as options from "./generated/options.js";
import type { RefusalReason } from "./generated/words.js";
import { headerLines, type ResponseHeaders } from "./headers.js";
import { toText } from "./json_text.js";
import { server, type VerifiedFacts, type VerifierCore } from "./server.js";
import { type Time, toMillis } from "./time.js";
import type { Verified } from "./verified.js";
import { type Violation, violation } from "./violation.js";

export interface VerifierOptions extends Omit<options.VerifierOptions, "keys"> {
  /** The API key, or several while keys are rotated. One that is missing is a violation, not left out. */
  readonly keys: readonly (string | undefined)[];
}

const ASKED = ["Response-Timestamp", "Response-Signature", "Job-ID", "User-ID"];

/** Verifies what Smile ID sends: callbacks (signature in the body) and webhooks (signature in headers). */
export class Verifier {
  readonly #core: VerifierCore;

  constructor(options: VerifierOptions) {
    const given = clientOptions(options);
    const { keys, ...others } = given.wire(VERIFIER_OPTIONS);
    const violations: Violation[] = [];
    for (const name of ["max_age_seconds", "max_ahead_seconds"]) {
      const seconds = others[name];
      if (seconds !== undefined && typeof seconds !== "number") violations.push(violation(name, "wrong_type", "number"));
      // JSON has no NaN and no Infinity. No more than they is this ever in range.
      else if (seconds !== undefined && !(Math.abs(seconds) <= Number.MAX_SAFE_INTEGER)) others[name] = -1;
    }
    const [plain, keysPlain] = [toText(others), toText(keys, "keys")];
    violations.push(...plain.violations, ...keysPlain.violations);
    if (keys !== undefined && keysPlain.violations.length === 0 && !isTexts(keysPlain.text)) violations.push(violation("keys", "wrong_type", "array of strings"));
    this.#core = given.build({ text: plain.text, violations }, (text) => attempt(() => new (server().VerifierCore)(text, keysPlain.text)));
  }

  /** Verifies a callback, or throws `SignatureRefused`. */
  callback(body: Body, now?: Time): Verified {
    const [bytes, at] = [toBytes(body), toMillis(now)];
    return verified(this.#core.callback(bytes, at));
  }

  /** Verifies a webhook by its headers, or throws `SignatureRefused`. */
  webhook(headers: ResponseHeaders, body: Body, now?: Time): Verified {
    const [lines, bytes, at] = [headerLines(headers, ASKED), toBytes(body), toMillis(now)];
    return verified(this.#core.webhook(lines, bytes, at));
  }

  /** Why `callback` would refuse this one; `undefined` when it would not: `if (verifier.callbackRefusal(body)) …`. */
  callbackRefusal(body: Body, now?: Time): RefusalReason | undefined {
    return refusal(() => this.callback(body, now));
  }

  /** Why `webhook` would refuse this one; `undefined` when it would not. */
  webhookRefusal(headers: ResponseHeaders, body: Body, now?: Time): RefusalReason | undefined {
    return refusal(() => this.webhook(headers, body, now));
  }
}

function isTexts(json: string): boolean {
  const value = JSON.parse(json) as unknown;
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

function verified(said: VerifiedFacts | string): Verified {
  if (typeof said === "string") throw toError(said);
  const { json, ...facts } = said;
  // Not enumerable: what logs a verified message must not log a live signature.
  return Object.defineProperty(facts, "json", { value: json === undefined ? undefined : exactValue(json) }) as Verified;
}

function refusal(verify: () => unknown): RefusalReason | undefined {
  try {
    verify();
    return undefined;
  } catch (error) {
    if (isSignatureRefused(error)) return error.reason;
    throw error;
  }
}
