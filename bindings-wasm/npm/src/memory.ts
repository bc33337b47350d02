// What is kept of a value that was read, beside it. The ESM and the CommonJS build may both be loaded, and a page's beside a
// server's: what one has read, the others know. No copy and no JSON has it.

/** Puts a memory beside a value. */
export function remember<T extends object>(value: T, key: symbol, memory: object): T {
  return Object.defineProperty(value, key, { value: memory });
}

/** The memory of a value; nothing for any that has none. */
export function memoryOf<M>(value: unknown, key: symbol): M | undefined {
  try {
    return (value as { [key: symbol]: M } | null | undefined)?.[key];
  } catch {
    // Somebody else's proxy.
    return undefined;
  }
}
