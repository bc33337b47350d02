import { invalid, settled } from "./errors.js";
import { server } from "./server.js";
import { violation } from "./violation.js";

/** A time: a `Date`, or text such as `2026-11-22T10:00:00.000Z` (RFC 3339, other offsets too). Never a bare number. */
export type Time = Date | string;

const EXAMPLE = "2026-11-22T10:00:00.000Z";

/** Whole milliseconds; this machine's clock when nothing is given. */
export function toMillis(time: Time | undefined, path = "now"): number {
  if (time === undefined) return Date.now();
  if (typeof time === "string") return Number(settled(server().parseTime(time, path)));
  try {
    const millis = Date.prototype.getTime.call(time);
    if (!Number.isNaN(millis)) return millis;
  } catch {
    // Not a Date: the same answer as for one that is invalid.
  }
  throw invalid([violation(path, "bad_timestamp", EXAMPLE)]);
}
