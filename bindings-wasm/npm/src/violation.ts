import { MAX_DEPTH } from "./generated/constants.js";
import { ADDITIONS, MESSAGES } from "./generated/messages.js";
import type { ViolationCode } from "./generated/words.js";

/** One thing that is wrong: where, what, and by which measure. Never the value itself. */
export interface Violation {
  /** The wire path, steps joined by `/`: `userBiometrics/0`. */
  readonly path: string;
  /** What is wrong. A newer version may have more codes. */
  readonly code: ViolationCode;
  /** In English, to stand behind or beside the field's name. */
  readonly message: string;
  readonly limit?: number;
  readonly expected?: string;
}

/**
 * A violation that is found before the core sees the value: a cycle, a getter, a value that is no JSON.
 * @internal
 */
export function violation(path: string, code: keyof typeof MESSAGES, expected?: string): Violation {
  const addition = expected === undefined ? undefined : ADDITIONS[code];
  return said(path, code, `${MESSAGES[code]}${addition ?? ""}`, expected);
}

/**
 * A violation with a message of its own.
 * @internal
 */
export function said(path: string, code: ViolationCode, template: string, expected?: string): Violation {
  const limit = code === "too_deep" ? { limit: MAX_DEPTH } : {};
  const message = template.replaceAll("{expected}", () => expected ?? "").replaceAll("{limit}", String(MAX_DEPTH));
  return { path, code, message, ...limit, ...(expected === undefined ? {} : { expected }) };
}

/** Whether a violation stands at this place already, or at one around it: then what is in it is wrong as well, and not told again. */
export function isTold(violations: readonly Violation[], path: string): boolean {
  return violations.some((told) => path === told.path || path.startsWith(`${told.path}/`) || told.path === "");
}
