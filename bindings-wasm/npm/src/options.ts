import { invalid, isInvalidInput } from "./errors.js";
import { OPTION_NAMES } from "./generated/option_names.js";
import { type Violation, violation } from "./violation.js";

/** Reads options from own data properties only: a polluted prototype sets nothing. */
export interface OwnProperties {
  (name: string): unknown;
  /**
   * The options by the wire's names. What is neither one of these nor one of `further` goes along, so that the core refuses it
   * by name.
   */
  wire(names: readonly string[], further?: readonly string[]): Record<string, unknown>;
  /** Members that are none of these, as violations: where no core reads the options. */
  refused(known: readonly string[]): Violation[];
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

export function ownProperties(options: unknown): OwnProperties {
  if (typeof options !== "object" || options === null) throw invalid([violation("", options === undefined ? "required" : "wrong_type", "object")]);
  const properties = new Map<string, PropertyDescriptor>();
  try {
    for (const key of Object.keys(options)) properties.set(key, Object.getOwnPropertyDescriptor(options, key)!);
  } catch {
    throw invalid([violation("", "wrong_type", "plain object")]);
  }
  const getters = [...properties].filter(([, property]) => !("value" in property)).map(([key]) => violation(key, "wrong_type", "value, not a getter"));
  if (getters.length > 0) throw invalid(getters);
  const read = (name: string): unknown => properties.get(name)?.value as unknown;
  // The wire's spelling is the core's, not this language's: what is written so here is a mistake.
  const misspelled = [...properties.keys()].filter((key) => otherName(key) !== undefined);
  const refuse = (key: string): Violation => violation(key, "unknown_key", otherName(key));
  const unknown = (known: readonly string[]): string[] => {
    const own = known.map(ownName);
    return [...properties.keys()].filter((key) => !own.includes(key));
  };
  const wire = (names: readonly string[], further: readonly string[] = []): Record<string, unknown> => {
    const others = unknown([...names, ...further]).filter((key) => !misspelled.includes(key));
    return Object.fromEntries([...names.map((name) => [name, read(ownName(name))]), ...others.map((key) => [key, read(key)])]);
  };
  const refused = (known: readonly string[]): Violation[] => unknown(known).map(refuse);
  const build = <T>({ text, violations }: { text: string; violations: Violation[] }, use: (text: string) => T): T => {
    const own = [...misspelled.map(refuse), ...violations.map(respelled)];
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
  return Object.assign(read, { wire, refused, build });
}

/** Options that are switches, all of them optional, by the wire's names; others may stand beside them. */
export function switches<K extends string>(options: object, names: readonly K[], further: readonly string[] = []): { [key in K]: boolean } {
  const given = ownProperties(options);
  const wrong = names.map(ownName).filter((name) => given(name) !== undefined && typeof given(name) !== "boolean");
  const violations = [...given.refused([...names, ...further]), ...wrong.map((name) => violation(name, "wrong_type", "boolean"))];
  if (violations.length > 0) throw invalid(violations);
  return Object.fromEntries(names.map((name) => [name, given(ownName(name)) === true])) as { [key in K]: boolean };
}
