// What a `fetch` answers with. Not every one is the platform's: what there is of an answer is read.

import { type Body, toBytes } from "./bytes.js";
import type { ResponseHeaders } from "./headers.js";
import { toText } from "./json_text.js";

/** The least of an answer. */
export type Reply = { readonly status: number } | { readonly statusCode: number };

interface Parts {
  readonly status?: unknown;
  readonly statusCode?: unknown;
  readonly headers?: ResponseHeaders;
  readonly body?: unknown;
  readonly arrayBuffer?: unknown;
  readonly text?: unknown;
  readonly json?: unknown;
}

/** Named otherwise by undici's `request`, which is no `fetch`, but answers. */
export function statusOf(reply: Reply): number {
  const { status, statusCode } = reply as Parts;
  const given = status ?? statusCode;
  if (typeof given !== "number") throw new TypeError("the answer that fetch gave has no status");
  return given;
}

export function headersOf(reply: Reply): ResponseHeaders | undefined {
  return (reply as Parts).headers;
}

/** The body, up to a little more than the limit: that is enough for the reader to refuse it. */
export async function contentOf(reply: Reply, maxBytes: number): Promise<Uint8Array> {
  const parts = reply as Parts;
  const { body, arrayBuffer, text, json } = parts;
  if (hasMethod<ReadableStream<Uint8Array>>(body, "getReader")) return joined(chunksOf(body), maxBytes);
  // A stream of Node's.
  if (hasMethod<AsyncIterable<Body>>(body, Symbol.asyncIterator)) return joined(body, maxBytes);
  if (typeof arrayBuffer === "function") return toBytes((await arrayBuffer.call(parts)) as Body);
  if (typeof text === "function") return toBytes((await text.call(parts)) as Body);
  if (typeof json === "function") return toBytes(toText(await json.call(parts)).text);
  return body === null ? new Uint8Array() : toBytes(body as Body);
}

function hasMethod<T>(value: unknown, member: string | symbol): value is T {
  return typeof value === "object" && value !== null && typeof (value as { [key: symbol]: unknown })[member as symbol] === "function";
}

async function* chunksOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  let ended = false;
  try {
    for (let read = await reader.read(); !(ended = read.done); read = await reader.read()) yield read.value!;
  } finally {
    if (!ended) await reader.cancel();
  }
}

async function joined(chunks: AsyncIterable<Body>, maxBytes: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    const part = toBytes(chunk);
    parts.push(part);
    length += part.length;
    // Leaving the loop ends the stream.
    if (length > maxBytes) break;
  }
  const content = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    content.set(part, at);
    at += part.length;
  }
  return content;
}
