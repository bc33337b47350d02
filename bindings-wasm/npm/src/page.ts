// The pages' build of the core: relays, intents and checks, and nothing that signs. All that crosses are texts, bytes, numbers and flags:
// a few lines stand for what wasm-bindgen would write of each function, which would be a tenth of what a page downloads.

import type * as generated from "../generated/page/glue.js";
import { from, name } from "../generated/page/imports.js";
import type { Core } from "./core.js";
import type { Glue } from "./start.js";

/** What the instance exports: texts and bytes are a place and a length, a missing one is no place. */
interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer };
  __wbindgen_malloc(length: number, align: number): number;
  __wbindgen_free(place: number, length: number, align: number): void;
  __wbindgen_add_to_stack_pointer(length: number): number;
}
type Export = (result: number, ...parts: number[]) => void;

/** As wasm-bindgen declares it; a text may come as its bytes. */
type Declared<F> = F extends (...given: infer G) => string ? (...given: { [place in keyof G]: G[place] | (string extends G[place] ? Uint8Array : never) }) => string : never;

/** The functions: where they no longer fit, this does not compile. */
type Functions = { [name in Exclude<keyof Core, "rawOutcome">]-?: name extends keyof typeof generated ? Declared<(typeof generated)[name]> : never };

const encoder = new TextEncoder();
let exports: Exports & { readonly [name in keyof Functions]: Export };

const view = (place: number, length: number): Uint8Array => new Uint8Array(exports.memory.buffer, place >>> 0, length >>> 0);

/** Its callee frees what is put there. */
function put(bytes: Uint8Array): [place: number, length: number] {
  const { length } = bytes;
  const place = exports.__wbindgen_malloc(length, 1);
  view(place, length).set(bytes);
  return [place, length];
}

function partsOf(value: unknown): number | [number, number] {
  if (value === undefined) return [0, 0];
  if (typeof value === "string") return put(encoder.encode(value));
  return typeof value === "object" ? put(value as Uint8Array) : Number(value);
}

/** Each text has a decoder of its own: one of Safari's ends after 2 GiB. */
const textOf = (bytes: Uint8Array): string => new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
const textAt = (place: number, length: number): string => textOf(view(place, length));

/** Calls an export. */
const calling =
  (name: keyof Functions) =>
  (...given: unknown[]): string => {
    const parts = given.flatMap(partsOf);
    // A pair of results is more than plain JavaScript has: it is written on the stack.
    const result = exports.__wbindgen_add_to_stack_pointer(-16);
    exports[name](result, ...parts);
    const [place, length] = new Int32Array(exports.memory.buffer, result, 2) as unknown as [number, number];
    exports.__wbindgen_add_to_stack_pointer(16);
    const text = textAt(place, length);
    exports.__wbindgen_free(place, length, 1);
    return text;
  };

function raise(place: number, length: number): never {
  throw new Error(textAt(place, length));
}

export const imports = (): WebAssembly.Imports => ({ [from]: { [name]: raise } });

export const glue = {
  imports,
  adopt(instance) {
    exports = instance as typeof exports;
    // What of them is no function is never asked for.
    const functions = Object.fromEntries(Object.keys(instance).map((name) => [name, calling(name as keyof Functions)])) as unknown as Functions;
    // The library takes text as it is: what is none becomes it here.
    const readRelayed: Core["readRelayed"] = (operation, maxBytes, status, headers, body) =>
      functions.readRelayed(operation, status, headers, body.length > maxBytes ? undefined : textOf(body));
    Object.assign(glue, functions satisfies Omit<Core, "readRelayed">, { readRelayed });
  },
} as Glue;
