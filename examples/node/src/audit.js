// Who did what to whom, and what came of it: one line each, kept for ever. No signature, no body, nothing that was looked up.

import { join } from "node:path";

import { AppendFile } from "./append.js";
import { Refusal } from "./http.js";

export class Audit {
  #file;
  #broken = false;

  static async open(folder) {
    const audit = new Audit();
    audit.#file = await AppendFile.open(join(folder, "audit.jsonl"));
    return audit;
  }

  /** To be called before something is done: what can't be written down is not done. */
  check() {
    if (this.#broken) throw new Refusal(503, "the audit file can't be written; nothing is done until it can");
  }

  async write({ who, action, userId, outcome }) {
    try {
      await this.#file.add({ time: new Date().toISOString(), who, action, user_id: userId, outcome });
    } catch (error) {
      this.#broken = true;
      throw error;
    }
  }

  close() {
    return this.#file.close();
  }
}
