// Sessions, in memory: a restart logs everybody out, which suits an example.

import { createHash, randomBytes } from "node:crypto";

const IDLE_MS = 30 * 60_000;
const LONGEST_MS = 8 * 60 * 60_000;

// What is kept is the hash: whoever reads the memory of the server finds no session to use.
const keyOf = (token) => createHash("sha256").update(token).digest("base64");

export class Sessions {
  #sessions = new Map();
  #config;

  constructor(config) {
    this.#config = config;
  }

  /** A new session; gives the token for the cookie. */
  start({ email, role }) {
    this.#forgetOld();
    const token = randomBytes(32).toString("base64url");
    const now = Date.now();
    this.#sessions.set(keyOf(token), { email, role, started: now, seen: now });
    return token;
  }

  /** The session of a request, or `undefined`. */
  of(request) {
    const token = this.#tokenOf(request);
    if (token === undefined) return undefined;
    const session = this.#sessions.get(keyOf(token));
    if (session === undefined || this.#isOver(session)) return undefined;
    session.seen = Date.now();
    return session;
  }

  end(request) {
    const token = this.#tokenOf(request);
    if (token !== undefined) this.#sessions.delete(keyOf(token));
  }

  /** The `Set-Cookie` for a token; without one, the cookie goes. No script can read it, no foreign page makes a browser send it. */
  cookie(token) {
    const value = token === undefined ? "; Max-Age=0" : `; Max-Age=${LONGEST_MS / 1000}`;
    return `${this.#name}=${token ?? ""}; Path=/; HttpOnly; SameSite=Strict${value}${this.#isHttps ? "; Secure" : ""}`;
  }

  get #isHttps() {
    return this.#config.origin.startsWith("https:");
  }

  /** A browser takes a cookie of the prefix only from this very host: no sister of ours can slip one in. It wants https. */
  get #name() {
    return this.#isHttps ? "__Host-session" : "session";
  }

  #tokenOf(request) {
    const cookies = (request.headers.cookie ?? "").split(";").map((cookie) => cookie.trim());
    return cookies.find((cookie) => cookie.startsWith(`${this.#name}=`))?.slice(this.#name.length + 1);
  }

  #isOver({ started, seen }) {
    const now = Date.now();
    return now - seen > IDLE_MS || now - started > LONGEST_MS;
  }

  #forgetOld() {
    for (const [key, session] of this.#sessions) if (this.#isOver(session)) this.#sessions.delete(key);
  }
}
