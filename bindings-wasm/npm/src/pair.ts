import type { Environment } from "./generated/words.js";

/** A timestamp and its signature. Whoever holds one can do anything to any user until it is stale: for your own back ends only. */
export interface Pair {
  readonly partner_id: string;
  readonly environment: Environment;
  readonly timestamp: string;
  readonly signature: string;
  /** Seconds from receipt. */
  readonly expires_in: number;
}
