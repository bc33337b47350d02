// How a WebAssembly that is not inside is started.

import type { Source } from "./sources.js";
import { type Glue, initFrom, instanceOf } from "./start.js";

const starts = new WeakMap<Glue, Promise<void>>();

/** Starts the instance, once: later calls wait for the same start, unless it failed. */
export async function initOf(glue: Glue, source: Source | PromiseLike<Source>): Promise<void> {
  const start = starts.get(glue) ?? initFrom(glue, async (imports) => await instantiate(await source, imports));
  starts.set(glue, start);
  try {
    await start;
  } catch (error) {
    starts.delete(glue);
    throw error;
  }
}

async function instantiate(source: Source, imports: WebAssembly.Imports): Promise<WebAssembly.Instance> {
  const found = typeof source === "string" || source instanceof URL ? await fetch(source) : source;
  if (typeof Response !== "function" || !(found instanceof Response)) return await instanceOf(found as BufferSource, imports);
  if (!found.ok) throw new Error(`enrollkit's WebAssembly is not at ${found.url}: ${found.status} ${found.statusText}`);
  // Only this type compiles as it comes in.
  const isNamed = found.headers.get("Content-Type") === "application/wasm";
  if (isNamed) return (await WebAssembly.instantiateStreaming(found, imports)).instance;
  return await instanceOf(await found.arrayBuffer(), imports);
}
