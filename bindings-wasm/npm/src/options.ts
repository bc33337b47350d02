import { invalid } from "./errors.js";
import { camelName } from "./plain.js";
import { type Violation, violation } from "./violation.js";

/** Reads options from own data properties only: a polluted prototype sets nothing. */
export function ownProperties(options: unknown): ReadonlyMap<string, unknown> {
  if (typeof options !== "object" || options === null) throw invalid([violation("", options === undefined ? "required" : "wrong_type", "object")]);
  const properties = new Map<string, unknown>();
  const getters: Violation[] = [];
  try {
    for (const key of Object.keys(options)) {
      const property = Object.getOwnPropertyDescriptor(options, key)!;
      if ("value" in property) properties.set(key, property.value);
      else getters.push(violation(key, "wrong_type", "value, not a getter"));
    }
  } catch {
    throw invalid([violation("", "wrong_type", "plain object")]);
  }
  if (getters.length > 0) throw invalid(getters);
  return properties;
}

/** Members that are none of these; one in the wire's spelling is a mistake. */
export function unknownKeys(given: ReadonlyMap<string, unknown>, known: readonly string[]): Violation[] {
  const unknown = [...given.keys()].filter((key) => !known.includes(key));
  return unknown.map((key) => violation(key, "unknown_key", known.find((name) => name === camelName(key))));
}

/** Options that are switches, all of them optional, by the wire's names; others may stand beside them. */
export function switches<K extends string>(
  given: ReadonlyMap<string, unknown>,
  names: readonly K[],
  further: readonly string[] = [],
): { [key in K]: boolean } {
  const own = names.map(camelName);
  const wrong = own.filter((name) => !["undefined", "boolean"].includes(typeof given.get(name)));
  const violations = [...unknownKeys(given, [...own, ...further]), ...wrong.map((name) => violation(name, "wrong_type", "boolean"))];
  if (violations.length > 0) throw invalid(violations);
  return Object.fromEntries(names.map((name) => [name, given.get(camelName(name)) === true])) as { [key in K]: boolean };
}
