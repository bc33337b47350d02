// The calls that a server makes of the services themselves.

import { Built, type Call } from "./call.js";
import { settled } from "./errors.js";
import type { Operation } from "./generated/words.js";
import { toOutcome } from "./outcome.js";
import { set } from "./plain.js";
import { server } from "./server.js";

const FIRST_HEADER = 6;

/** The call of the glue's lines. */
export function direct<T>(lines: string): Call<T> {
  const parts = settled(lines).split("\n");
  // By their places: taking an array apart goes through its iterator.
  const operation = parts[0] as Operation;
  const signedAt = parts[1]!;
  const secretsAt = FIRST_HEADER + 2 * Number(parts[4]);
  const bodyAt = secretsAt + Number(parts[5]);
  const headers: Record<string, string> = {};
  for (let at = FIRST_HEADER; at < secretsAt; at += 2) set(headers, parts[at]!, parts[at + 1]!);
  return new Built(operation, parts[2]!, parts[3]!, headers, parts[bodyAt]!, (status, content, headerLines, maxBytes) => {
    const secrets = parts.slice(secretsAt, bodyAt).join("\n");
    const [reading, raw] = server().read(operation, signedAt, secrets, maxBytes, status, headerLines, content);
    return toOutcome(reading, raw!);
  });
}
