import { clientOptions } from "./client_options.js";
import { ApiError, invalid, isEnrollkitError, settled, toError, wholeOf } from "./errors.js";
import type { Intent } from "./generated/intents.js";
import { ROUTE_RULES } from "./generated/option_names.js";
import type * as options from "./generated/options.js";
import type { Action, Confirmation } from "./generated/words.js";
import { headerLines, type ResponseHeaders } from "./headers.js";
import { toText } from "./json_text.js";
import { ownProperties, switches } from "./options.js";
import { confirmation, type LookUp, type Result, textOfOutcome } from "./result.js";
import { server } from "./server.js";
import { violation } from "./violation.js";

/** A relay's answer. Send it as `application/json`, with `Cache-Control: no-store`. */
export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** Who may call a relay's route. */
export interface RouteRules extends options.RouteRules {}

/** What is asked of a request before it is read: of a `Request`, or of what Node, Express, Fastify and most others have. */
export interface RouteRequest {
  readonly method?: string | undefined;
  readonly headers: ResponseHeaders;
}

export const relay = {
  /**
   * What your route answers before it reads an intent: 405 for another method than POST, 403 for another origin, 415 for another
   * type than `application/json`; `undefined` to go on with session, intent and policy.
   */
  routeRefusal(request: RouteRequest, rules: RouteRules): Answer | undefined {
    const given = clientOptions(rules);
    const plain = toText(given.wire(ROUTE_RULES));
    const { method, headers } = partsOf(request);
    const refusal = given.build(plain, (text) => settled(server().routeRefusal(text, method, headers)));
    return refusal === "" ? undefined : answerOf(refusal);
  },

  /**
   * The answer for what came of an intent: without the service's raw body, integers beyond 2^53 as text. Identity documents, the
   * sign-up's answer and what the service wrote in an error are withheld unless `details` is true.
   */
  answer(result: Result, rules: { readonly details?: boolean | undefined } = {}): Answer {
    const { details } = switches(ownProperties(rules), ["details"]);
    const [outcome, error] = textsOf(result);
    return answerOf(settled(server().relayAnswer(outcome, error, details)));
  },

  /** The error for a policy's "no". Nothing was sent. */
  refused(intent: Intent | { readonly action: Action }): ApiError {
    const error = toError(server().refusedByPolicy(String(intent.action)));
    // Of what is no action, what is wrong with it.
    if (error.code === "invalid_input") throw error;
    return error as ApiError;
  },
};

/**
 * Whether a change is in effect, by a look-up that was made after it: for an answer that was lost (`error.outcomeUnknown`) or
 * unstated.
 */
export function confirmedBy(action: Action, lookUp: LookUp): Confirmation {
  return confirmation(lookUp, (outcome, error) => settled(server().confirmedBy(String(action), outcome, error && toText(error).text)));
}

function answerOf(lines: string): Answer {
  const end = lines.indexOf("\n");
  return { status: Number(lines.slice(0, end)), body: lines.slice(end + 1) };
}

function partsOf(request: RouteRequest): { method: string; headers: string } {
  let parts: { method?: unknown; headers?: unknown } = {};
  try {
    parts = { method: request.method, headers: request.headers };
  } catch {
    // Nothing at all, or somebody else's proxy.
  }
  const { method, headers } = parts;
  if (typeof method !== "string") throw invalid([violation("method", method === undefined ? "required" : "wrong_type", "string")]);
  if (headers === undefined) throw invalid([violation("headers", "required")]);
  return { method, headers: headerLines(headers as ResponseHeaders, ["Origin", "Content-Type"]) };
}

function textsOf(result: Result): [outcome: string | undefined, error: string | undefined] {
  if (!Object.hasOwn(result, "error")) return [textOfOutcome(result), undefined];
  const { error } = result as { readonly error: unknown };
  if (!isEnrollkitError(error)) throw new TypeError("not one of enrollkit's errors: it says nothing of the intent");
  return [undefined, toText(wholeOf(error)).text];
}
