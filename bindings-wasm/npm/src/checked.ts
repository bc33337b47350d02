// What is given is checked here before it reaches the core; what both find wrong is one list.

import { invalid, isInvalidInput } from "./errors.js";
import { jsonText, textViolations } from "./json_text.js";
import { MAX_DEPTH } from "./generated/constants.js";
import { isTold, type Violation, violation } from "./violation.js";

/**
 * Gives `use` the JSON text of a value. What it refuses and what was wrong before are one list.
 * Text is taken for JSON text: the exact door, for numbers that JavaScript can't hold. `respell` is for paths.
 */
export function withText<T>(value: unknown, use: (text: string) => T, levels = MAX_DEPTH, respell = (path: string): string => path): T {
  const { text, violations } = jsonText(value, levels);
  const spelled = (one: Violation): Violation => ({ ...one, path: respell(one.path) });
  const own = violations.map(spelled);
  try {
    const result = use(text);
    if (own.length === 0) return result;
  } catch (error) {
    if (!isInvalidInput(error)) throw error;
    throw invalid([...own, ...error.violations.map(spelled).filter(({ path }) => !isTold(own, path))]);
  }
  throw invalid(own);
}

/** What `build` gives, unless something is wrong besides: then both tell what is. */
export function unlessWrong<T>(violations: readonly Violation[], build: () => T): T {
  if (violations.length === 0) return build();
  try {
    build();
  } catch (error) {
    if (!isInvalidInput(error)) throw error;
    throw invalid([...error.violations, ...violations]);
  }
  throw invalid(violations);
}

export function requireText(path: string, value: unknown): string {
  const violations = value === undefined || value === null ? [violation(path, "required")] : textViolations(path, value);
  if (violations.length > 0) throw invalid(violations);
  return value as string;
}
