// Log-in, log-out, and who is logged in.

import { findAccount } from "./accounts.js";
import { readFields, Refusal, sendJson } from "./http.js";
import { allowedActions } from "./policy.js";

export function logInRoutes({ accounts, sessions, logIns, audit }) {
  const described = (session) => (session === undefined ? null : { email: session.email, role: session.role, may: allowedActions(session) });

  return {
    "POST /api/login": {
      from: "page",
      async handle(request, response) {
        logIns.take(request);
        const [email, password] = await readFields(request, ["email", "password"]);
        const account = await findAccount(accounts, email, password);
        // Of a failed log-in the address is not kept: people type passwords into the wrong field.
        await audit.write({ who: account?.email ?? null, action: "log_in", outcome: account ? "done" : "refused" });
        if (account === undefined) throw new Refusal(401, "the e-mail address or the password is wrong");
        // An old session is not gone on with: nobody can slip one to a person who then logs in.
        sessions.end(request);
        const token = sessions.start(account);
        sendJson(response, 200, { session: described(account) }, { "Set-Cookie": sessions.cookie(token) });
      },
    },
    "POST /api/logout": {
      from: "page",
      async handle(request, response) {
        const session = sessions.of(request);
        sessions.end(request);
        if (session !== undefined) await audit.write({ who: session.email, action: "log_out", outcome: "done" });
        sendJson(response, 200, { session: null }, { "Set-Cookie": sessions.cookie() });
      },
    },
    "GET /api/session": {
      from: "anyone",
      async handle(request, response) {
        sendJson(response, 200, { session: described(sessions.of(request)) });
      },
    },
  };
}
