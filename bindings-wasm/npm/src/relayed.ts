import { Built, type Call } from "./call.js";
import { core } from "./core.js";
import { settled } from "./errors.js";
import type { Operation } from "./generated/words.js";
import { toOutcome } from "./outcome.js";

const JSON_TYPE = "application/json";
const none = new Uint8Array();

/** The call of a relay's three lines, which are no line of its body's. Its answer has no raw body; what is wrong with it does. */
export function relayed<T>(lines: string): Call<T> {
  const [operation, url, body] = settled(lines).split("\n") as [Operation, string, string];
  return new Built(operation, "POST", url, { Accept: JSON_TYPE, "Content-Type": JSON_TYPE }, body, (status, content, headers, maxBytes) => {
    const reading = core().readRelayed(operation, maxBytes, status, headers, content);
    return toOutcome(reading, none, reading.startsWith("#") ? content.slice() : none);
  });
}
