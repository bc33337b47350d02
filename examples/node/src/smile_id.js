// The relay: an operator's page sends an intent, this signs it and sends it on.

import { parseIntent, relay } from "enrollkit";

import { readBody, Refusal, sendJson } from "./http.js";
import { perform, refused } from "./perform.js";
import { allows } from "./policy.js";

/** An intent is a few words and a user id. */
const LARGEST_INTENT = 16 * 1024;

export function smileIdRoute({ config, sessions, audit, smile }) {
  return async (request, response) => {
    const session = sessions.of(request);
    if (session === undefined) throw new Refusal(401, "log in first");
    audit.check();
    const body = await readBody(request, LARGEST_INTENT);

    const { answer, intent, outcome } = await relayed(session, body);
    await audit.write({ who: session.email, action: intent?.action ?? null, userId: intent?.user_id, outcome });
    sendJson(response, answer.status, answer.body);
  };

  async function relayed(session, body) {
    let intent;
    try {
      // All that is wrong at once; unknown and repeated keys are wrong, too.
      intent = parseIntent(body);
    } catch (error) {
      return refused(error);
    }
    if (!allows(session, intent)) return { intent, ...refused(relay.refused(intent)) };
    // What the policy saw is what gets signed. Who is logged in is who answers for it.
    const done = await perform(() => smile.withOperator(session.email).call(intent), config.timeoutMs, { details: true });
    return { intent, ...done };
  }
}
