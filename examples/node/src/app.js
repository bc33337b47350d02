// The whole back end: which route does what.

import { createServer } from "node:http";

import { relay } from "enrollkit";

import { loadAccounts } from "./accounts.js";
import { Audit } from "./audit.js";
import { makeClients } from "./clients.js";
import { Refusal, sendEarlyJson, sendJson, TooLarge } from "./http.js";
import { logInRoutes } from "./log_in.js";
import { pageRoute, SECURITY_HEADERS } from "./page.js";
import { RateLimit } from "./rate_limit.js";
import { Sessions } from "./sessions.js";
import { signUpRoutes } from "./sign_up.js";
import { smileIdRoute } from "./smile_id.js";
import { webhookRoute } from "./webhook.js";

export async function createApp(config) {
  const context = {
    config,
    ...makeClients(config),
    accounts: loadAccounts(config.accountsFile),
    audit: await Audit.open(config.dataDir),
    sessions: new Sessions(config),
    logIns: new RateLimit(config.logInsPerMinute),
    signUps: new RateLimit(config.signUpsPerMinute),
    log: (text) => console.error(`${new Date().toISOString()} ${text}`),
  };
  const webhooks = await webhookRoute(context);
  /** `from`: who may call. "page" is our own page, and apps if they are allowed; "anyone" looks after itself. */
  const routes = {
    ...logInRoutes(context),
    ...signUpRoutes(context),
    "POST /api/smile": { from: "page", handle: smileIdRoute(context) },
    "POST /webhooks/smile-id": { from: "anyone", handle: webhooks.handle },
  };
  const page = pageRoute(context);

  async function answer(request, response) {
    if (!URL.canParse(request.url, "http://any")) throw new Refusal(400, "not an address");
    const { pathname } = new URL(request.url, "http://any");
    const route = routes[`${request.method} ${pathname}`];
    if (route === undefined) {
      if (request.method === "GET" || request.method === "HEAD") return page(request, response, pathname);
      throw new Refusal(404, "there is no such route");
    }
    if (route.from === "page") {
      // A foreign page can make a browser send the cookie, but neither our origin nor this type without asking first.
      const refusal = relay.routeRefusal(request, { origins: [config.origin], allowNoOrigin: config.appsWithoutOrigin });
      if (refusal !== undefined) return sendJson(response, refusal.status, refusal.body);
    }
    return route.handle(request, response);
  }

  const server = createServer(
    {
      // Whoever sends slowly must not hold a connection for ever. Node looks for such ones only so often.
      requestTimeout: config.requestTimeoutMs,
      headersTimeout: config.requestTimeoutMs,
      connectionsCheckingInterval: 1_000,
      maxHeaderSize: 16_384,
    },
    (request, response) => {
      for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
      answer(request, response).catch((error) => failed(context, request, response, error));
    },
  );
  return {
    server,
    config,
    /** The port is known only now when the system chose it. */
    listening(port) {
      config.origin ??= `http://${config.host.includes(":") ? `[${config.host}]` : config.host}:${port}`;
    },
    async close() {
      await webhooks.close();
      await context.audit.close();
    },
  };
}

function failed({ log }, request, response, error) {
  // Nobody is there any more.
  if (response.destroyed) return;
  if (response.headersSent) return response.destroy();
  if (error instanceof Refusal) {
    if (error instanceof TooLarge) sendEarlyJson(request, response, error.status, { message: error.message });
    else sendJson(response, error.status, { message: error.message }, error.headers);
    return;
  }
  // The text of an unexpected error may hold anything: it is not for the browser, and only its kind is for the log.
  log(`failed: ${error?.name} ${error?.code ?? ""} at ${String(error?.stack).split("\n")[1]?.trim() ?? "?"}`);
  sendJson(response, 500, { message: "something went wrong here" });
}
