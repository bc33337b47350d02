// Options that the core reads, under the wire's names.

import { invalid, isInvalidInput } from "./errors.js";
import { OPTION_NAMES } from "./generated/option_names.js";
import { ownProperties } from "./options.js";
import { type Violation, violation } from "./violation.js";

export interface ClientOptions {
  (name: string): unknown;
  /**
   * The options by the wire's names. What is neither one of these nor one of `further` goes along, so that the core refuses it
   * by name.
   */
  wire(names: readonly string[], further?: readonly string[]): Record<string, unknown>;
  /** Builds from the options' text; paths come back in this language's spelling. */
  build<T>(options: { text: string; violations: Violation[] }, use: (text: string) => T): T;
}

/** This language's name where the wire's is another. A key is one of the options here, and beside them for the core. */
const otherName = (wire: string): string | undefined => (wire === "api_key" ? "apiKey" : OPTION_NAMES.get(wire));

const ownName = (name: string): string => otherName(name) ?? name;

const respelled = ({ path, expected, ...rest }: Violation): Violation => {
  const other = otherName(expected ?? "");
  return {
    path: ownName(path),
    ...rest,
    ...(expected === undefined ? {} : { expected }),
    ...(other === undefined ? {} : { expected: other, message: rest.message.replace(expected!, other) }),
  };
};

export function clientOptions(options: unknown): ClientOptions {
  const properties = ownProperties(options);
  const read = (name: string): unknown => properties.get(name);
  // The wire's spelling is the core's, not this language's: what is written so here is a mistake.
  const misspelled = [...properties.keys()].filter((key) => otherName(key) !== undefined);
  const wire = (names: readonly string[], further: readonly string[] = []): Record<string, unknown> => {
    const known = [...names, ...further].map(ownName);
    const others = [...properties.keys()].filter((key) => !known.includes(key) && !misspelled.includes(key));
    return Object.fromEntries([...names.map((name) => [name, read(ownName(name))]), ...others.map((key) => [key, read(key)])]);
  };
  const build = <T>({ text, violations }: { text: string; violations: Violation[] }, use: (text: string) => T): T => {
    const own = [...misspelled.map((key) => violation(key, "unknown_key", otherName(key))), ...violations.map(respelled)];
    // A wrong value stands in the text as null: the core must not count it again, nor what it is in.
    const isCounted = (path: string): boolean => own.some((one) => one.path === path || one.path.startsWith(`${path}/`));
    try {
      const result = use(text);
      if (own.length === 0) return result;
    } catch (error) {
      if (!isInvalidInput(error)) throw error;
      throw invalid([...own, ...error.violations.map(respelled).filter(({ path }) => !isCounted(path))]);
    }
    throw invalid(own);
  };
  return Object.assign(read, { wire, build });
}
