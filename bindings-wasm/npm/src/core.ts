// The core, whichever build of it is here: a server's or a page's. Texts and bytes go in, and one text comes out. What is refused
// begins with `!`, or with `#` where the answer's body is the error's.

/** What every build can do. */
export interface Core {
  relaySmileId(url: string, intent: string): string;
  relayUnifyia(url: string, intent: Uint8Array, extraKeys: boolean): string;
  relaySignUp(url: string, user: Uint8Array, organization?: string): string;
  checkRelayUrl(url: string): string;
  parseIntent(intent: Uint8Array, selfService: boolean, extraKeys: boolean): string;
  checkUser(user: Uint8Array, selfService: boolean, extraKeys: boolean, organization?: string): string;
  readRelayed(operation: string, maxBytes: number, status: number, headers: string, body: Uint8Array): string;
  noResponse(operation: string, notSent: boolean): string;
  errorFrom(json: string): string;
  /** A server's alone: no relay gives a raw call's outcome. */
  rawOutcome?(json: string): string;
}

const ready = new WeakSet<Core>();
let present: Core | undefined;
let reason = "enrollkit is not initialised: await init() first";

/** The instance; an error that says what to do where there is none. */
export function core(): Core {
  return present ?? absent();
}

/** This build's instance: it may wait for its start while another's is here. */
export function own<T extends Core>(instance: T): T {
  return ready.has(instance) ? instance : absent();
}

export const isReady = (instance: Core): boolean => ready.has(instance);

/** For whoever has started an instance. A server's can do more than a page's, and takes its place. */
export function provide(instance: Core): void {
  ready.add(instance);
  if (present?.rawOutcome === undefined) present = instance;
}

/** Why there is none yet. */
export function explain(why: string): void {
  reason = why;
}

function absent(): never {
  throw new Error(reason);
}
