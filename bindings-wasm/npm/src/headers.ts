import { invalid } from "./errors.js";
import { violation } from "./violation.js";

/** Headers, as `fetch`, Node's `http` and most frameworks give them. */
export type ResponseHeaders =
  | Iterable<readonly [string, string]>
  | { readonly [name: string]: string | readonly string[] | number | undefined }
  | { get(name: string): string | null | undefined };

/**
 * Lines of names and values by turns. A value that comes twice comes twice. `asked` is what the core asks for: all that can be had
 * where headers are only known by name.
 */
export function headerLines(headers: ResponseHeaders | undefined, asked: readonly string[]): string {
  if (headers === undefined || headers === null) return "";
  const lines: string[] = [];
  // A line break can't come from an HTTP client; from elsewhere it must not become a further header.
  const line = (text: unknown): string => String(text).replaceAll("\n", " ");
  const add = (name: string, value: unknown) => lines.push(line(name), line(value));
  try {
    for (const [name, value] of pairs(headers, asked)) {
      if (Array.isArray(value)) value.forEach((one) => add(name, one));
      else if (value !== undefined && value !== null) add(name, value);
    }
  } catch {
    throw invalid([violation("headers", "wrong_type", "headers")]);
  }
  return lines.join("\n");
}

function pairs(headers: ResponseHeaders, asked: readonly string[]): Iterable<readonly [string, unknown]> {
  if (typeof headers !== "object") throw new TypeError("no headers");
  if (typeof (headers as Iterable<unknown>)[Symbol.iterator] === "function") return headers as Iterable<readonly [string, string]>;
  const { get } = headers as { get?: unknown };
  if (typeof get === "function") return asked.map((name) => [name, get.call(headers, name) as unknown]);
  return Object.entries(headers);
}
