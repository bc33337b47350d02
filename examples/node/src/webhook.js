// Smile ID's webhooks: verified, kept, answered at once; what they are about is then looked up (`confirm.js`).
//
// The signature covers the time only. Whoever saw one can write a body to it, so nothing in the body is believed: it says
// where to look, and what is done rests on what the look-up found.

import { createHash } from "node:crypto";

import { isSignatureRefused } from "enrollkit";

import { confirmAndAct } from "./confirm.js";
import { Deliveries } from "./deliveries.js";
import { readBody, Refusal, sendJson } from "./http.js";

/** Smile ID asks for room for about 1.5 MB. */
const LARGEST_BODY = 2 * 1024 * 1024;

/** What is kept until it is looked up must not be as large as a body. */
const LONGEST_ID = 1_024;

/** Each starts look-ups: whoever caught one signature must not be able to start any number. */
const MOST_OF_A_PAIR = 100;

export async function webhookRoute(context) {
  const { config, verifier, log } = context;
  const deliveries = await Deliveries.open(config.dataDir);
  const stop = new AbortController();
  const working = new Map();

  for (const [delivery, result] of deliveries.interrupted()) {
    log(`webhook ${short(delivery)}: the process ended while acting on it; see by hand whether it was done`);
    await deliveries.giveUp(delivery, "interrupted", result);
  }
  // Its age counts from its receipt: a restart neither shortens nor prolongs the wait.
  for (const [delivery, claim] of await deliveries.waiting()) begin(delivery, claim);

  function begin(delivery, claim) {
    const logOf = (text) => log(`webhook ${short(delivery)}: ${text}`);
    const work = confirmAndAct({ ...context, log: logOf, stop: stop.signal }, deliveries, delivery, claim)
      .catch((error) => logOf(`left for the next start (${error.name} ${error.code ?? ""})`))
      .finally(() => working.delete(delivery));
    working.set(delivery, work);
  }

  async function handle(request, response) {
    const body = await readBody(request, LARGEST_BODY);
    const verified = verify(verifier, request, body, log);
    const [delivery, pair] = [keyOf(verified), verified.pairKey];

    // One pair belongs to one time; two results signed in the same millisecond are possible, but rare enough to be told.
    const others = deliveries.othersOfPair(pair, delivery);
    if (others > 0) log(`webhook ${short(delivery)}: suspicious, its signature came with another delivery before`);
    if (others >= MOST_OF_A_PAIR) throw new Refusal(429, "too many messages under one signature");
    // Retries and replays are welcome, and change nothing.
    if (!deliveries.isSettled(delivery) && !working.has(delivery)) {
      const claim = claimOf(verified);
      if (verified.idsDiffer) log(`webhook ${short(delivery)}: suspicious, header and body name different jobs or users; the header's is looked up`);
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

/**
 * What makes it the same delivery: Job-ID and body, and the user, since whoever is earlier with another one must not stand in the
 * way of the genuine one.
 */
function keyOf({ deliveryKey, userId }) {
  return createHash("sha256").update(JSON.stringify([deliveryKey, userId ?? null])).digest("hex");
}

/** Where to look, and until what is shown. */
function claimOf({ jobId, userId, idsDiffer, resultCode }) {
  const kept = (id) => (id && id.length <= LONGEST_ID ? id : undefined);
  // A code in a body about somebody else says nothing about this job.
  return { jobId: kept(jobId), userId: kept(userId), resultCode: idsDiffer ? undefined : resultCode, receivedAt: Date.now() };
}

/** Enough of a hash to find it again. */
function short(delivery) {
  return delivery.slice(0, 12);
}
