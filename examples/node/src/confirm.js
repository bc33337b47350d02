// Looks up what a webhook is about, and acts on what the look-up shows: each result of a job once, whatever message named it.

import { createHash } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";

import { isEnrollkitError, isInvalidInput, send } from "enrollkit";

/** The pauses grow with the webhook's age, up to this. */
const LONGEST_PAUSE_MS = 5 * 60_000;

/** A look-up may lag behind its webhook, and a service may be away: nothing that came is forgotten, and no pause is without an end. */
export async function confirmAndAct(context, deliveries, delivery, claim) {
  const { config, log, stop } = context;
  const { jobId, userId, resultCode, receivedAt } = claim;
  if (jobId === undefined || userId === undefined) return giveUp("names_nobody");

  for (;;) {
    const age = Math.max(0, Date.now() - receivedAt);
    const wait = pauseAfter(age, config);
    const shown = await resultsOf(context, userId, jobId, wait);
    let news = false;
    for (const entry of shown ?? []) if (await actOnce(context, deliveries, delivery, userId, entry)) news = true;
    // A message that says which result it is about is settled when that one is shown, any other when something new is.
    const settled = resultCode === undefined ? news : shown?.some((entry) => entry.resultCode === resultCode);
    if (settled) return deliveries.settle(delivery, news ? "done" : "repeated");
    if (shown !== undefined && age >= config.lookUpsForMs) {
      if (shown.length === 0) return giveUp("not_shown");
      // What it is about was acted on; it only came in other words.
      return resultCode === undefined ? deliveries.settle(delivery, "repeated") : giveUp("other_result");
    }
    await pause(wait, undefined, { signal: stop });
  }

  function giveUp(reason) {
    log(`no look-up confirms it (${reason}); \`node unconfirmed.js\` lists it`);
    return deliveries.giveUp(delivery, reason);
  }
}

/** As long again as it has waited already; the last look is at the end of the time. */
function pauseAfter(age, { firstPauseMs, lookUpsForMs }) {
  const wait = Math.min(Math.max(firstPauseMs, age), LONGEST_PAUSE_MS);
  return age < lookUpsForMs ? Math.min(wait, lookUpsForMs - age) : wait;
}

/** The results that a look-up shows for the job, or `undefined` when the service can't be asked. */
async function resultsOf({ smile, config, log, stop }, userId, jobId, wait) {
  try {
    const { history } = await send(smile.enrolleeInfo(userId), fetch, { timeoutMs: config.timeoutMs, signal: stop });
    // The look-up has two job ids, the partner's own and the service's: it is documented nowhere which of them a message names.
    const isMeant = ({ partnerParams, ...entry }) => [partnerParams.jobId, entry.jobId].includes(jobId) && (partnerParams.userId ?? userId) === userId;
    return history.filter((entry) => entry.resultCode !== undefined && isMeant(entry));
  } catch (error) {
    if (stop.aborted || !isEnrollkitError(error)) throw error;
    // Of somebody who is not there, or of an id that nobody can have, there are none.
    if (isInvalidInput(error) || error.kind === "user_not_found") return [];
    log(`the look-up failed (${error.code}${error.kind === undefined ? "" : ` ${error.kind}`}); again in ${Math.ceil(wait / 1000)} s`);
    return undefined;
  }
}

/** Whether there was something to be done. */
async function actOnce(context, deliveries, delivery, userId, entry) {
  // Whoever caught a signature can write the same result in other words, which is a delivery of its own.
  const result = resultKey(userId, entry);
  if (deliveries.isResultActed(result)) return false;
  // Marked before: should the process end here, it is rather not done than done twice, and the next start says so.
  await deliveries.mark(delivery, "acting", result);
  await act(context, userId, entry);
  await deliveries.mark(delivery, "acted", result);
  return true;
}

/** One job may have several results, one after the other: each is acted on once. */
function resultKey(userId, { jobId, partnerParams, resultCode }) {
  return createHash("sha256").update(JSON.stringify([userId, partnerParams.jobId ?? jobId, resultCode])).digest("hex");
}

/** What your application does with a result. Here: a line in the audit file. It is given what was looked up, not the body. */
async function act({ audit }, userId, { resultCode }) {
  await audit.write({ who: "smile_id", action: "job_result", userId, outcome: resultCode });
}
