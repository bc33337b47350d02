// How an instance is started, whichever build it is of.

import { type Core, explain, isReady, provide } from "./core.js";

/** A build's glue: what it can do once there is an instance, what that imports, and how it is taken. */
export interface Glue extends Core {
  imports(): WebAssembly.Imports;
  adopt(exports: object): void;
}

const noWebAssembly =
  "this JavaScript engine has no WebAssembly (React Native's Hermes, iOS in Lockdown Mode): import enrollkit/page/js, or call your back end";

function needWebAssembly(): void {
  if (typeof WebAssembly !== "object") throw new Error(noWebAssembly);
}

/** Takes an instance that the platform has made. */
export function adopt(glue: Glue, exports: object): void {
  if (isReady(glue)) return;
  glue.adopt(exports);
  provide(glue);
}

/** Starts the instance from bytes or a compiled module, at once. */
export function initSync(glue: Glue, source: WebAssembly.Module | BufferSource): void {
  if (isReady(glue)) return;
  needWebAssembly();
  const module = source instanceof WebAssembly.Module ? source : new WebAssembly.Module(source);
  adopt(glue, new WebAssembly.Instance(module, glue.imports()).exports);
}

/** Starts the instance in the background, of what `instantiate` makes of its imports. */
export async function initFrom(glue: Glue, instantiate: (imports: WebAssembly.Imports) => Promise<WebAssembly.Instance>): Promise<void> {
  if (isReady(glue)) return;
  needWebAssembly();
  adopt(glue, (await instantiate(glue.imports())).exports);
}

/** The instance of bytes or of a compiled module. */
export async function instanceOf(source: WebAssembly.Module | BufferSource, imports: WebAssembly.Imports): Promise<WebAssembly.Instance> {
  const started: WebAssembly.Instance | WebAssembly.WebAssemblyInstantiatedSource = await WebAssembly.instantiate(source as BufferSource, imports);
  return "instance" in started ? started.instance : started;
}

/** For an entry that has its bytes: starts the instance if the engine lets it, and remembers why it did not. */
export function tryInitSync(glue: Glue, module: () => WebAssembly.Module | BufferSource): void {
  try {
    initSync(glue, module());
  } catch (error) {
    // Old engines compile more than a few kilobytes only asynchronously; a policy may forbid it altogether.
    const why = error instanceof Error ? error.message : String(error);
    const isThere = typeof WebAssembly === "object";
    explain(isThere ? `enrollkit could not start at once (${why}): await init() first` : noWebAssembly);
    // Waiting helps nobody then: it is said at once, though only use can fail.
    if (!isThere) console.warn(noWebAssembly);
  }
}
