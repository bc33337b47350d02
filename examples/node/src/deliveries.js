// What the webhooks' receiver remembers, on the disk: which deliveries were acted on, and which wait for their look-up.
//
// deliveries.jsonl is kept for ever and holds hashes only: a signature is a live credential, a body is about a person.
// pending/ holds the ids of what is still to be looked up, and is empty otherwise.
//
// Two processes must not share the folder; with several, this is a database with a unique index on the delivery's key.

import { mkdir, open, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";

import { AppendFile } from "./append.js";

export class Deliveries {
  #file;
  #pending;
  /** delivery → "acting", "done", "interrupted" or "repeated": not acted on again. */
  #acted = new Map();
  /** Hashes of results that were acted on, whatever message named them. */
  #results = new Set();
  /** signature's hash → the deliveries that it came with. */
  #pairs = new Map();

  static async open(folder) {
    const out = new Deliveries();
    out.#pending = join(folder, "pending");
    await mkdir(out.#pending, { recursive: true, mode: 0o700 });
    out.#file = await AppendFile.open(join(folder, "deliveries.jsonl"));
    for (const line of await out.#file.values()) out.#remember(line);
    return out;
  }

  isActed(delivery) {
    return this.#acted.has(delivery);
  }

  isResultActed(result) {
    return this.#results.has(result);
  }

  /** Deliveries that were being acted on when the process ended: whether it was done, only a person can find out. */
  interrupted() {
    return [...this.#acted].filter(([, state]) => state === "acting").map(([delivery]) => delivery);
  }

  /** With how many other deliveries the signature came before. */
  othersOfPair(pair, delivery) {
    const known = this.#pairs.get(pair);
    return known === undefined ? 0 : known.size - (known.has(delivery) ? 1 : 0);
  }

  /** A delivery came in: on the disk before the sender is told so. */
  async received(delivery, pair, claim) {
    const path = this.#pathOf(delivery);
    const file = await open(path, "w", 0o600);
    try {
      await file.writeFile(JSON.stringify(claim));
      await file.sync();
    } finally {
      await file.close();
    }
    await this.#add({ delivery, pair, state: "received" });
  }

  /**
   * `acting` (with the result's hash), `done`, `interrupted`, `repeated`, or `unconfirmed`: such a one is looked up again should it
   * come again.
   */
  async mark(delivery, state, result) {
    await this.#add({ delivery, state, result });
    if (state !== "acting") await rm(this.#pathOf(delivery), { force: true });
  }

  /** What waits for its look-up: pairs of delivery and claim. */
  async waiting() {
    const names = (await readdir(this.#pending)).filter((name) => /^[0-9a-f]{64}\.json$/.test(name));
    const all = await Promise.all(names.map(async (name) => [name.slice(0, 64), await this.#claim(name)]));
    return all.filter(([delivery, claim]) => claim !== undefined && !this.isActed(delivery));
  }

  close() {
    return this.#file.close();
  }

  async #claim(name) {
    try {
      return JSON.parse(await readFile(join(this.#pending, name), "utf8"));
    } catch {
      // Half written: the sender was never told that it arrived, and sends it again.
      return undefined;
    }
  }

  async #add(line) {
    // In memory first: a second delivery in the same moment finds it there.
    this.#remember(line);
    await this.#file.add({ time: new Date().toISOString(), ...line });
  }

  #remember({ delivery, pair, state, result }) {
    if (pair !== undefined) this.#pairs.set(pair, (this.#pairs.get(pair) ?? new Set()).add(delivery));
    if (result !== undefined) this.#results.add(result);
    if (["acting", "done", "interrupted", "repeated"].includes(state)) this.#acted.set(delivery, state);
  }

  #pathOf(delivery) {
    // A key is 64 hexadecimal digits of ours, never a text of the sender's.
    return join(this.#pending, `${delivery}.json`);
  }
}
