// Plain values, as JSON has them.

import { OPEN_FIELDS } from "./generated/open_fields.js";

export type Plain = null | boolean | number | bigint | string | Plain[] | { [key: string]: Plain };

/** An own property, whatever it is called. */
export function set<T>(out: { [key: string]: T }, key: string, value: T): void {
  if (key === "__proto__") Object.defineProperty(out, key, { value, enumerable: true, configurable: true, writable: true });
  else out[key] = value;
}

export const isOpen = (key: string): boolean => OPEN_FIELDS.has(key);

/** JavaScript's name of the wire's. */
export const camelName = (name: string): string => name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** The same with camel-case keys, but for what is open JSON. */
export function camel(value: Plain): Plain {
  if (Array.isArray(value)) return value.map(camel);
  if (typeof value !== "object" || value === null) return value;
  const out: { [key: string]: Plain } = {};
  for (const [key, item] of Object.entries(value)) {
    set(out, camelName(key), isOpen(key) ? item : camel(item));
  }
  return out;
}
