// So many requests per minute and address. In memory, for one process; a larger installation has this in its gateway.

import { Refusal } from "./http.js";

const WINDOW_MS = 60_000;
const MOST_ADDRESSES = 10_000;

export class RateLimit {
  #windows = new Map();
  #most;

  constructor(most) {
    this.#most = most;
  }

  /** Counts a request, or refuses it. */
  take(request) {
    // Behind a proxy all come from one address: then take the one that the proxy adds itself, and never one that a client
    // can write into a header.
    const address = request.socket.remoteAddress ?? "";
    const now = Date.now();
    let window = this.#windows.get(address);
    if (window === undefined || window.end <= now) {
      if (this.#windows.size >= MOST_ADDRESSES) this.#forgetOld(now);
      window = { count: 0, end: now + WINDOW_MS };
      this.#windows.set(address, window);
    }
    window.count += 1;
    if (window.count <= this.#most) return;
    throw new Refusal(429, "too many requests; try again later", { "Retry-After": String(Math.ceil((window.end - now) / 1000)) });
  }

  #forgetOld(now) {
    for (const [address, { end }] of this.#windows) if (end <= now) this.#windows.delete(address);
    // More addresses than that in one minute are an attack: the memory is worth more than their counts.
    if (this.#windows.size >= MOST_ADDRESSES) this.#windows.clear();
  }
}
