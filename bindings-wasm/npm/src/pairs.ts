// The pairs that a client signs. A pair's two texts are read where they are in the memory: they cross as one, without a copy.

import { attempt } from "./errors.js";
import type { Environment } from "./generated/words.js";
import type { Pair } from "./pair.js";
import { server, type SmileIdCore } from "./server.js";

const TIMESTAMP = 24;
const SIGNATURE = 44;

/** So often one decoder is used: one of Safari's ends after 2 GiB. */
const USES = 0x100000;

let decoder = new TextDecoder();
let uses = 0;

export class Pairs {
  readonly #core: SmileIdCore;
  #bytes = new Uint8Array();
  #partnerId = "";
  #environment: Environment = "sandbox";

  constructor(core: SmileIdCore) {
    this.#core = core;
  }

  sign(at: number): Pair {
    const expires_in = attempt(() => this.#core.sign(at));
    // Of a memory that has grown, what was seen before is empty.
    if (this.#bytes.length === 0) this.#look();
    if (uses++ === USES) [decoder, uses] = [new TextDecoder(), 0];
    const text = decoder.decode(this.#bytes);
    return { partner_id: this.#partnerId, environment: this.#environment, timestamp: text.slice(0, TIMESTAMP), signature: text.slice(TIMESTAMP), expires_in };
  }

  /** All pairs of a client are of one account, and come to one place. */
  #look(): void {
    const [partnerId, environment] = this.#core.pairAccount().split("\n");
    [this.#partnerId, this.#environment] = [partnerId!, environment as Environment];
    this.#bytes = new Uint8Array(server().ownMemory().buffer, this.#core.pairPlace(), TIMESTAMP + SIGNATURE);
  }
}
