import { invalid, isInvalidInput, type Violation, violation } from "./errors.js";

/** Reads options from own data properties only: a polluted prototype sets nothing. */
export interface Own {
  (key: string): unknown;
  /** Members that are none of these, with their values: so that the core refuses them by name. */
  unknown(known: readonly string[]): Record<string, unknown>;
  /** The same as violations, where no core reads the options. */
  refused(known: readonly string[]): Violation[];
  /** Builds from the options' text; paths come back in this language's spelling. */
  build<T>(options: { text: string; violations: Violation[] }, make: (text: string) => T): T;
}

/** The wire's names and this language's. A `Map`, since an object has `__proto__` and whatever a page has added. */
const CAMEL = new Map([
  ["partner_id", "partnerId"],
  ["base_url", "baseUrl"],
  ["allow_http", "allowHttp"],
  ["api_key", "apiKey"],
  ["auth_header", "authHeader"],
  ["path_spelling", "pathSpelling"],
  ["allow_extra_keys", "allowExtraKeys"],
  ["max_age_seconds", "maxAgeSeconds"],
  ["max_ahead_seconds", "maxAheadSeconds"],
  ["partner_id_without_zeros", "partnerIdWithoutZeros"],
  ["allow_no_origin", "allowNoOrigin"],
]);

const spelled = ({ path, expected, ...rest }: Violation): Violation => {
  const other = CAMEL.get(expected ?? "");
  return {
    path: CAMEL.get(path) ?? path,
    ...rest,
    ...(expected === undefined ? {} : { expected }),
    ...(other === undefined ? {} : { expected: other, message: rest.message.replace(expected!, other) }),
  };
};

export function own(options: unknown): Own {
  if (typeof options !== "object" || options === null) throw invalid([violation("", options === undefined ? "required" : "wrong_type", "object")]);
  const properties = new Map<string, PropertyDescriptor>();
  try {
    for (const key of Object.keys(options)) properties.set(key, Object.getOwnPropertyDescriptor(options, key)!);
  } catch {
    throw invalid([violation("", "wrong_type", "plain object")]);
  }
  const getter = [...properties].filter(([, property]) => !("value" in property)).map(([key]) => violation(key, "wrong_type", "value, not a getter"));
  if (getter.length > 0) throw invalid(getter);
  const read = (key: string): unknown => properties.get(key)?.value as unknown;
  // The wire's spelling is the core's, not this language's: what is written so here is a mistake.
  const misspelled = [...properties.keys()].filter((key) => CAMEL.has(key));
  const refuse = (key: string): Violation => violation(key, "unknown_key", CAMEL.get(key));
  return Object.assign(read, {
    unknown: (known: readonly string[]) =>
      Object.fromEntries(
        [...properties]
          .filter(([key]) => !known.includes(key) && !misspelled.includes(key))
          .map(([key, property]) => [key, property.value as unknown]),
      ),
    refused: (known: readonly string[]) => [...properties.keys()].filter((key) => !known.includes(key)).map(refuse),
    build: <T>({ text, violations }: { text: string; violations: Violation[] }, make: (text: string) => T): T => {
      const own = [...misspelled.map(refuse), ...violations.map(spelled)];
      // A wrong value stands in the text as null: the core must not count it again, nor what it is in.
      const isKnown = (path: string) => own.some((mine) => mine.path === path || mine.path.startsWith(`${path}/`));
      try {
        const made = make(text);
        if (own.length === 0) return made;
      } catch (error) {
        if (!isInvalidInput(error)) throw error;
        throw invalid([...own, ...error.violations.map(spelled).filter(({ path }) => !isKnown(path))]);
      }
      throw invalid(own);
    },
  });
}

/** Options that are switches, all of them optional. */
export function switches<K extends string>(options: { readonly [key in K]?: boolean | undefined }, ...names: K[]): { [key in K]: boolean } {
  const given = own(options);
  const wrong = names.filter((name) => given(name) !== undefined && typeof given(name) !== "boolean");
  const violations = [...given.refused(names), ...wrong.map((name) => violation(name, "wrong_type", "boolean"))];
  if (violations.length > 0) throw invalid(violations);
  return Object.fromEntries(names.map((name) => [name, given(name) === true])) as { [key in K]: boolean };
}
