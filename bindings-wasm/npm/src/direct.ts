// The calls that a server makes of the services themselves.

import { Built, type Call } from "./call.js";
import { settled } from "./errors.js";
import type { Operation } from "./generated/words.js";
import { Heads } from "./heads.js";
import { toOutcome } from "./outcome.js";
import { set } from "./plain.js";
import { server, type SmileIdCore, type UnifyiaCore } from "./server.js";

/** What calls have in common. */
interface Head {
  readonly operation: Operation;
  /** In words, for the text of an error. */
  readonly account: string;
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, string>;
}

export type CallHeads = Heads<Head>;

const FIRST_HEADER = 4;

export function callHeads(core: SmileIdCore | UnifyiaCore): CallHeads {
  return new Heads(core, (lines) => {
    const headers: Record<string, string> = {};
    for (let at = FIRST_HEADER; at < lines.length; at += 2) set(headers, lines[at]!, lines[at + 1]!);
    return { operation: lines[0] as Operation, account: lines[1]!, method: lines[2]!, url: lines[3]!, headers };
  });
}

/** The call of what the glue says of this one: its body, then the time that was signed, then secrets. */
export function direct<T>(heads: CallHeads, lines: string): Call<T> {
  const end = settled(lines).indexOf("\n");
  const { operation, account, method, url, headers } = heads.last();
  return new Built(operation, method, url, { ...headers }, lines.slice(0, end), (status, content, headerLines, maxBytes) => {
    const [signedAt, ...secrets] = lines.slice(end + 1).split("\n");
    const [reading, raw] = server().read(operation, `${signedAt} ${account}`, secrets.join("\n"), maxBytes, status, headerLines, content);
    return toOutcome(reading, raw!);
  });
}
