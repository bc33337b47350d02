// JSON whose numbers keep their digits: vectors and scenarios hold integers that a JavaScript number would round.

/** A number's text, as it stands in a parsed file. */
export class Digits {
  constructor(text) {
    this.text = text;
  }
}

/** Parses JSON; every number becomes `Digits`. */
export function parseExact(text) {
  const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g;
  const MARK = "\u0000number:";
  const marked = text.replace(TOKEN, (token) => (token.startsWith('"') ? token : JSON.stringify(MARK + token)));
  return JSON.parse(marked, (_, value) =>
    typeof value === "string" && value.startsWith(MARK) ? new Digits(value.slice(MARK.length)) : value,
  );
}

/** JSON text of what `parseExact` gave, to the last digit. */
export function writeExact(value) {
  if (value instanceof Digits) return value.text;
  if (Array.isArray(value)) return `[${value.map(writeExact).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return `{${Object.keys(value).map((key) => `${JSON.stringify(key)}:${writeExact(value[key])}`).join(",")}}`;
}

/** The same as a program has it: numbers, and `bigint` where a number would round. */
export function native(value) {
  if (value instanceof Digits) {
    const number = Number(value.text);
    return /^-?\d+$/.test(value.text) && !Number.isSafeInteger(number) ? BigInt(value.text) : number;
  }
  if (Array.isArray(value)) return value.map(native);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, native(item)]));
}

/** Where and how the two differ first: members that are not expected may be there, null means absent. */
export function difference(expected, actual, path = "") {
  const wrong = () => `${path || "(the whole)"}: expected ${writeExact(expected)}, came ${show(actual)}`;
  if (expected === null) return actual === null || actual === undefined ? undefined : wrong();
  if (expected instanceof Digits) return same(native(expected), actual) ? undefined : wrong();
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length) return wrong();
    return first(expected.keys(), (place) => difference(expected[place], actual[place], `${path}/${place}`));
  }
  if (typeof expected === "object") {
    if (typeof actual !== "object" || actual === null || Array.isArray(actual)) return wrong();
    const own = (key) => (Object.hasOwn(actual, key) ? actual[key] : undefined);
    return first(Object.keys(expected), (key) => difference(expected[key], own(key), `${path}/${key}`));
  }
  return expected === actual ? undefined : wrong();
}

/** `5` and `5n` are the same; `5.5` and a rounded integer are not. */
function same(expected, actual) {
  if (typeof actual === typeof expected) return Object.is(actual, expected) || actual === expected;
  return typeof actual === "bigint" && Number.isInteger(expected) && actual === BigInt(expected);
}

function first(items, find) {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

export function show(value) {
  return JSON.stringify(value, (_, item) => (typeof item === "bigint" ? `${item}n` : item)) ?? String(value);
}
