// Smile ID's webhooks: verified, answered at once, and acted on once, if a look-up says the same.
//
// The signature covers the time only. Whoever saw one can write a body to it, so nothing in the body is believed: it says
// where to look, and what is done rests on what the look-up found.

import { createHash } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";

import { isEnrollkitError, isInvalidInput, isSignatureRefused, send } from "enrollkit";

import { Deliveries } from "./deliveries.js";
import { readBody, Refusal, sendJson } from "./http.js";

const LARGEST_BODY = 1024 * 1024;
/** Four digits, today. What is kept until it is looked up must not be as large as a body. */
const LONGEST_CODE = 32;

/** Each starts look-ups: whoever caught one signature must not be able to start any number. */
const MOST_OF_A_PAIR = 100;

/** A look-up may lag behind its webhook: looked at so often before "nothing confirms it". */
const LOOKS = 3;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 5 * 60_000;

export async function webhookRoute(context) {
  const { config, verifier, log } = context;
  const deliveries = await Deliveries.open(config.dataDir);
  const stop = new AbortController();
  const working = new Map();

  for (const delivery of deliveries.interrupted()) {
    log(`webhook ${short(delivery)}: the process ended while acting on it; see by hand whether it was done`);
    await deliveries.mark(delivery, "interrupted");
  }
  for (const [delivery, claim] of await deliveries.waiting()) begin(delivery, claim);

  function begin(delivery, claim) {
    const work = confirmAndAct(context, deliveries, delivery, claim, stop.signal)
      .catch((error) => log(`webhook ${short(delivery)}: left for the next start (${error.name} ${error.code ?? ""})`))
      .finally(() => working.delete(delivery));
    working.set(delivery, work);
  }

  async function handle(request, response) {
    const body = await readBody(request, LARGEST_BODY);
    const verified = verify(verifier, request, body, log);
    const { deliveryKey: delivery, pairKey: pair } = verified;

    // One pair belongs to one time; two results signed in the same millisecond are possible, but rare enough to be told.
    const others = deliveries.othersOfPair(pair, delivery);
    if (others > 0) log(`webhook ${short(delivery)}: suspicious, its signature came with another delivery before`);
    if (others >= MOST_OF_A_PAIR) throw new Refusal(429, "too many messages under one signature");
    // Retries and replays are welcome, and change nothing.
    if (!deliveries.isActed(delivery) && !working.has(delivery)) {
      const claim = claimOf(verified);
      // Taken before the first wait, so that the same delivery in the same moment is not begun twice.
      working.set(delivery, undefined);
      try {
        await deliveries.received(delivery, pair, claim);
      } catch (error) {
        working.delete(delivery);
        throw error;
      }
      begin(delivery, claim);
    }
    sendJson(response, 202, { message: "received" });
  }

  return {
    handle,
    async close() {
      stop.abort();
      await Promise.all(working.values());
      await deliveries.close();
    },
  };
}

function verify(verifier, request, body, log) {
  try {
    // `headersDistinct` keeps a header that came twice, which is then refused.
    return verifier.webhook(request.headersDistinct, body);
  } catch (error) {
    if (!isSignatureRefused(error)) throw error;
    // Why it is refused helps us, and nobody else.
    log(`webhook refused: ${error.reason}`);
    throw new Refusal(401, "refused");
  }
}

/** What the message says happened. `null` when it contradicts itself or lacks what could be looked up. */
function claimOf({ jobId, userId, json }) {
  const said = (key) => (json !== null && typeof json === "object" && Object.hasOwn(json, key) ? json[key] : undefined);
  // Assumption: the names in the body; the headers' are documented.
  const resultCode = said("result_code");
  const agrees = (said("job_id") ?? jobId) === jobId && (said("user_id") ?? userId) === userId;
  return agrees && jobId && userId && typeof resultCode === "string" && resultCode.length <= LONGEST_CODE ? { jobId, userId, resultCode } : null;
}

/** One job may have several results, one after the other: each is acted on once. */
function resultKey({ userId, jobId, resultCode }) {
  return createHash("sha256").update(JSON.stringify([userId, jobId, resultCode])).digest("hex");
}

async function confirmAndAct(context, deliveries, delivery, claim, stop) {
  const entry = claim === null ? undefined : await lookUp(context, delivery, claim, stop);
  if (entry === undefined) {
    context.log(`webhook ${short(delivery)}: no look-up confirms it; nothing was done`);
    return deliveries.mark(delivery, "unconfirmed");
  }
  // Whoever caught a signature can write the same result in other words, which is a delivery of its own.
  const result = resultKey(claim);
  if (deliveries.isResultActed(result)) {
    context.log(`webhook ${short(delivery)}: its result was acted on before; nothing was done`);
    return deliveries.mark(delivery, "repeated");
  }
  // Marked before: should the process end here, it is rather not done than done twice, and the next start says so.
  await deliveries.mark(delivery, "acting", result);
  await act(context, claim.userId, entry);
  await deliveries.mark(delivery, "done");
}

/** The job as Smile ID shows it, if that is what the message said. It waits as long as the service can't be asked. */
async function lookUp({ smile, config, log }, delivery, { jobId, userId, resultCode }, stop) {
  let looks = 0;
  for (let wait = FIRST_PAUSE_MS; ; wait = Math.min(2 * wait, LONGEST_PAUSE_MS)) {
    try {
      const history = await historyOf(smile, userId, { timeoutMs: config.timeoutMs, signal: stop });
      const entry = history.find((entry) => entry.jobId === jobId && entry.resultCode === resultCode);
      looks += 1;
      if (entry !== undefined || looks === LOOKS) return entry;
    } catch (error) {
      if (!isEnrollkitError(error) || stop.aborted) throw error;
      log(`webhook ${short(delivery)}: the look-up failed (${error.message}); again in ${wait / 1000} s`);
    }
    await pause(wait, undefined, { signal: stop });
  }
}

/** A user's jobs. Of somebody who is not there, or of an id that nobody can have, there are none. */
async function historyOf(smile, userId, options) {
  try {
    return (await send(smile.enrolleeInfo(userId), fetch, options)).history;
  } catch (error) {
    if (isInvalidInput(error) || error.kind === "user_not_found") return [];
    throw error;
  }
}

/** What your application does with a result. Here: a line in the audit file. It is given what was looked up, not the body. */
async function act({ audit }, userId, { resultCode }) {
  await audit.write({ who: "smile_id", action: "job_result", userId, outcome: resultCode });
}

/** Enough of a hash to find it again. */
function short(delivery) {
  return delivery.slice(0, 12);
}
