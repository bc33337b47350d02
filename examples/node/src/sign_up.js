// Self-service sign-up: whoever fills in their own form has no session, and may set only what is theirs.

import { isInvalidInput, parseIntent, relay, withUserFields } from "enrollkit";

import { readBody, sendJson } from "./http.js";
import { perform, refused } from "./perform.js";

/** A person's form. One with photos in it needs more. */
const LARGEST_FORM = 256 * 1024;

/** What only the organization may set is a violation, `set_by_server`. */
const RULES = { selfService: true };

/** The fields that a self-service form must not set, as this organization wants them. */
const SET_BY_SERVER = { userStatus: "Active", createdBy: "self-service", isFederated: false, expressEnrollment: false };

export function signUpRoutes({ config, unifyia, signUps, audit }) {
  const { organization } = config;
  return {
    "GET /api/organization": {
      from: "anyone",
      handle: async (request, response) => sendJson(response, 200, { organization }),
    },
    "POST /api/unifyia": {
      from: "page",
      async handle(request, response) {
        signUps.take(request);
        audit.check();
        const body = await readBody(request, LARGEST_FORM);
        const { answer, intent, outcome } = await relayed(body);
        // The branding is public, and every page fetches it.
        if (intent?.action !== "unifyia.branding") {
          await audit.write({ who: "self-service", action: intent?.action ?? null, userId: intent?.user?.name, outcome });
        }
        sendJson(response, answer.status, answer.body);
      },
    },
  };

  async function relayed(body) {
    let intent;
    try {
      intent = parseForm(body, organization);
    } catch (error) {
      return refused(error);
    }
    if (!allowed(intent)) return { intent, ...refused(relay.refused(intent)) };
    return { intent, ...(await perform(() => call(intent), config.timeoutMs)) };
  }

  function allowed(intent) {
    switch (intent.action) {
      case "unifyia.branding":
        return intent.organization === organization;
      case "unifyia.sign_up":
        // It was checked with the form; this does not rely on it.
        return intent.user.organisationName === organization && (intent.organization ?? organization) === organization;
      default:
        return false;
    }
  }

  function call(intent) {
    if (intent.action === "unifyia.branding") return unifyia.call(intent);
    // What was typed stays as it came, to the last digit.
    return unifyia.call(withUserFields(intent, SET_BY_SERVER));
  }
}

/** The intent, or all that is wrong with it at once, that it is for another organization among it. */
function parseForm(body, organization) {
  let intent;
  try {
    intent = parseIntent(body, RULES);
  } catch (error) {
    if (!isInvalidInput(error)) throw error;
    // Only to be told of: here numbers need not be exact.
    const whole = atOurs(jsonOf(body), organization);
    throw whole !== undefined && whole.violations.length > error.violations.length ? whole : error;
  }
  const foreign = atOurs(intent, organization);
  if (foreign !== undefined) throw foreign;
  return intent;
}

/** What is wrong with a sign-up at this organization, whichever one it names itself. */
function atOurs(form, organization) {
  if (form?.action !== "unifyia.sign_up") return undefined;
  try {
    parseIntent({ ...form, organization }, RULES);
  } catch (error) {
    if (isInvalidInput(error)) return error;
    throw error;
  }
}

function jsonOf(body) {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
