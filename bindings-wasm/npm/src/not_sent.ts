// Whether the error of a `fetch` says that nothing can have left for the service.

/** What fails before a request is written, whoever reports it. */
const BEFORE_SENDING = new Set([
  // Node, and libuv's own words: no such host, nobody there, no way there.
  "ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "EHOSTUNREACH", "ENETUNREACH", "EADDRNOTAVAIL",
  // undici, Node's `fetch`.
  "ERR_INVALID_URL", "UND_ERR_CONNECT_TIMEOUT",
  // The certificate is checked before anything is written.
  "CERT_HAS_EXPIRED", "CERT_NOT_YET_VALID", "CERT_REVOKED", "CERT_UNTRUSTED", "CERT_REJECTED", "CERT_SIGNATURE_FAILURE",
  "DEPTH_ZERO_SELF_SIGNED_CERT", "SELF_SIGNED_CERT_IN_CHAIN", "UNABLE_TO_GET_ISSUER_CERT", "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE", "ERR_TLS_CERT_ALTNAME_INVALID",
  // Bun's own, in older versions.
  "ConnectionRefused", "FailedToOpenSocket",
]);

/** The step that failed, where Node names it: before one of these has ended, no request is written. */
const STEP_BEFORE_SENDING = /^(getaddrinfo|query\w+|connect|bind)$/;

/** Of a connection that was there. */
const STEP_OF_SENDING = /^(read|write)$|\b(read|write) E[A-Z]+/;

/** Said only in words: a proxy's refusal by undici and by `tunnel`, a port that no `fetch` takes, no connection by Deno. */
const WORDS =
  /^Proxy response \(\d+\) !== 200 when HTTP Tunneling|^tunneling socket could not be established, |^bad port$|Requests to port \d+ are blocked|: client error \(Connect\)/;

interface Told {
  readonly code?: unknown;
  readonly syscall?: unknown;
  /** node-fetch's name for it. */
  readonly erroredSysCall?: unknown;
  readonly message?: unknown;
  readonly errors?: unknown;
  readonly cause?: unknown;
}

export function nothingLeft(error: unknown, url: string): boolean {
  try {
    return saysNothingLeft(error, 5) || isNoAddress(error, url);
  } catch {
    // Somebody else's proxy: it can't be told.
    return false;
  }
}

function saysNothingLeft(error: unknown, depth: number): boolean {
  if (typeof error !== "object" || error === null || depth === 0) return false;
  const told = error as Told;
  // One for each address that was tried. The whole has the code of the first, which does not speak for the others.
  if (Array.isArray(told.errors) && told.errors.length > 0) return told.errors.every((each) => saysNothingLeft(each, depth - 1));
  const message = String(told.message);
  const step = String(told.syscall ?? told.erroredSysCall ?? message);
  if (STEP_BEFORE_SENDING.test(step)) return true;
  if (BEFORE_SENDING.has(told.code as string) && !STEP_OF_SENDING.test(step)) return true;
  return WORDS.test(message) || saysNothingLeft(told.cause, depth - 1);
}

/** A path, where there is no page that it could belong to: node-fetch, Deno, Bun and workerd say so, but by no code. */
function isNoAddress(error: unknown, url: string): boolean {
  const isPath = url.startsWith("/") && (globalThis as { location?: unknown }).location === undefined;
  return isPath && error instanceof TypeError && /\bURLs?\b/.test(error.message);
}
