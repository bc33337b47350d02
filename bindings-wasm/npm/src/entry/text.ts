// esbuild puts these in the place of the globals, for two engines that lack them:
// - Jest's jsdom hides Node's. Asked for in a way that no bundler sees: a browser's bundle must not look for `node:util`.
// - Hermes has no decoder; without WebAssembly none is ever used, but the glue makes one at once, and its failure would hide
//   the sentence that says what to do.

interface Coders {
  TextDecoder?: typeof TextDecoder;
  TextEncoder?: typeof TextEncoder;
}

const scope = globalThis as Coders & { process?: { getBuiltinModule?: (name: string) => Coders | undefined } };
const lacking = scope.TextDecoder === undefined || scope.TextEncoder === undefined;
const host: Coders = (lacking ? scope.process?.getBuiltinModule?.("node:util") : undefined) ?? scope;

class Lacking {
  decode(): string {
    return "";
  }
}

const decoder = host.TextDecoder ?? (Lacking as unknown as typeof TextDecoder);
const encoder = host.TextEncoder ?? (Lacking as unknown as typeof TextEncoder);

export { decoder as TextDecoder, encoder as TextEncoder };
