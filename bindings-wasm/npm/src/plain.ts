// Plain values from the glue: it gives `Map`s, since only they take `__proto__` for a key like any other.

import { OPEN_FIELDS } from "./generated/open_fields.js";

export type Plain = null | boolean | number | bigint | string | Plain[] | { [key: string]: Plain };

/** The object of a `Map`, all the way down. Every key becomes an own property, `__proto__` included. */
export function toObject(value: unknown): Plain {
  if (value instanceof Map) {
    const out: { [key: string]: Plain } = {};
    for (const [key, item] of value as Map<string, unknown>) set(out, key, toObject(item));
    return out;
  }
  return Array.isArray(value) ? value.map(toObject) : (value as Plain);
}

/** An own property, whatever it is called. */
export function set<T>(out: { [key: string]: T }, key: string, value: T): void {
  if (key === "__proto__") Object.defineProperty(out, key, { value, enumerable: true, configurable: true, writable: true });
  else out[key] = value;
}

export const isOpen = (key: string): boolean => OPEN_FIELDS.has(key);

/** The same with camel-case keys, but for what is open JSON. */
export function camel(value: Plain): Plain {
  if (Array.isArray(value)) return value.map(camel);
  if (typeof value !== "object" || value === null) return value;
  const out: { [key: string]: Plain } = {};
  for (const [key, item] of Object.entries(value)) {
    set(out, key.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()), isOpen(key) ? item : camel(item));
  }
  return out;
}
