// What the webhooks' receiver remembers, on the disk: what was acted on, what waits for its look-up, what nobody could confirm.
//
// deliveries.jsonl is kept for ever and holds hashes only: a signature is a live credential, a body is about a person.
// pending/ holds the ids of what is still to be looked up; unconfirmed/ those of what a person has to see to (`unconfirmed.js`).
//
// Two processes must not share the folder; with several, this is a database with a unique index on the delivery's key.

import { mkdir, open, rm } from "node:fs/promises";
import { join } from "node:path";

import { AppendFile } from "./append.js";
import { readFolder, readHash } from "./hash_folder.js";

const SETTLED = ["done", "repeated", "interrupted"];

export class Deliveries {
  #file;
  #folders;
  /** Deliveries that nothing more is done about. An unconfirmed one is looked up again should it come again. */
  #settled = new Set();
  /** Hashes of results that were acted on, whatever message named them. */
  #results = new Set();
  /** Acting that was not finished: result → delivery. */
  #acting = new Map();
  /** signature's hash → the deliveries that it came with. */
  #pairs = new Map();

  static async open(folder) {
    const out = new Deliveries();
    out.#folders = { pending: join(folder, "pending"), unconfirmed: join(folder, "unconfirmed") };
    for (const path of Object.values(out.#folders)) await mkdir(path, { recursive: true, mode: 0o700 });
    out.#file = await AppendFile.open(join(folder, "deliveries.jsonl"));
    for (const line of await out.#file.values()) out.#remember(line);
    return out;
  }

  isSettled(delivery) {
    return this.#settled.has(delivery);
  }

  isResultActed(result) {
    return this.#results.has(result);
  }

  /** Deliveries and results that were being acted on when the process ended: whether it was done, only a person can find out. */
  interrupted() {
    return [...this.#acting].map(([result, delivery]) => [delivery, result]);
  }

  /** With how many other deliveries the signature came before. */
  othersOfPair(pair, delivery) {
    const known = this.#pairs.get(pair);
    return known === undefined ? 0 : known.size - (known.has(delivery) ? 1 : 0);
  }

  /** A delivery came in: on the disk before the sender is told so. */
  async received(delivery, pair, claim) {
    await this.#write("pending", delivery, claim);
    await this.#forget("unconfirmed", delivery);
    await this.#add({ delivery, pair, state: "received" });
  }

  /** `acting` before a result is acted on, `acted` afterwards. */
  mark(delivery, state, result) {
    return this.#add({ delivery, state, result });
  }

  /** `done`, or `repeated` when there was nothing new in it. */
  async settle(delivery, state) {
    await this.#add({ delivery, state });
    await this.#forget("pending", delivery);
  }

  /** A person has to see to it. */
  async giveUp(delivery, reason, result) {
    const claim = await readHash(this.#folders.pending, delivery);
    await this.#write("unconfirmed", delivery, { ...claim, reason });
    await this.#add({ delivery, state: reason === "interrupted" ? reason : "unconfirmed", result });
    await this.#forget("pending", delivery);
  }

  /** What waits for its look-up: pairs of delivery and claim. */
  async waiting() {
    const all = await readFolder(this.#folders.pending);
    // What was written by an earlier version has no time.
    return all.filter(([delivery]) => !this.isSettled(delivery)).map(([delivery, claim]) => [delivery, { receivedAt: Date.now(), ...claim }]);
  }

  close() {
    return this.#file.close();
  }

  async #add(line) {
    // In memory first: a second delivery in the same moment finds it there.
    this.#remember(line);
    await this.#file.add({ time: new Date().toISOString(), ...line });
  }

  #remember({ delivery, pair, state, result }) {
    if (pair !== undefined) this.#pairs.set(pair, (this.#pairs.get(pair) ?? new Set()).add(delivery));
    if (result !== undefined) this.#results.add(result);
    if (state === "acting") this.#acting.set(result, delivery);
    if (state === "acted" || state === "interrupted") this.#acting.delete(result);
    if (!SETTLED.includes(state)) return;
    this.#settled.add(delivery);
    // Earlier versions wrote no "acted".
    for (const [acting, by] of this.#acting) if (by === delivery) this.#acting.delete(acting);
  }

  async #write(folder, delivery, value) {
    const file = await open(this.#pathOf(folder, delivery), "w", 0o600);
    try {
      await file.writeFile(JSON.stringify(value));
      await file.sync();
    } finally {
      await file.close();
    }
  }

  #forget(folder, delivery) {
    return rm(this.#pathOf(folder, delivery), { force: true });
  }

  #pathOf(folder, delivery) {
    // A key is 64 hexadecimal digits of ours, never a text of the sender's.
    return join(this.#folders[folder], `${delivery}.json`);
  }
}
