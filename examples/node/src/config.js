// The settings, all from the environment. Secrets come from a file or a variable, never from the command line, which other
// users of the machine can read.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const here = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

export const HELP = `Usage: node server.js [--ready-json] [--stop-with-stdin] [--help]

The back end of enrollkit's web example: log-in, relay, self-service sign-up, webhooks, and the page of ../web.

Required:
  ENROLLKIT_PARTNER_ID          the partner id as issued, leading zeros included
  ENROLLKIT_ENVIRONMENT         sandbox or production
  ENROLLKIT_API_KEY_FILE        a file with the API key; or ENROLLKIT_API_KEY with the key itself
  ENROLLKIT_UNIFYIA_URL         Unifyia's base URL, the installation's prefix included
  ENROLLKIT_ORGANIZATION        the one organization that people can sign up at

Optional:
  ENROLLKIT_TOKEN_FILE          a file with the bearer token for Unifyia; or ENROLLKIT_TOKEN
  ENROLLKIT_BASE_URL            a gateway or enrollkit-sandbox in the place of Smile ID's hosts
  ENROLLKIT_ALLOW_HTTP          yes: both addresses may be http on another host, http://sandbox:8085 in Compose say;
                                what is signed then crosses that network for anyone to read; default no
  ENROLLKIT_TIMEOUT_SECONDS     how long a service may take to answer; default 10
  HOST, PORT                    where to listen; default 127.0.0.1 and 8787; port 0 lets the system choose
  PUBLIC_ORIGIN                 the page's address as browsers see it, https://enroll.bank.example say;
                                default http://HOST:PORT
  APPS_WITHOUT_ORIGIN           yes: also callers that send no Origin, which are apps and programs and never a page;
                                default no
  ACCOUNTS_FILE                 who may log in; default accounts.json, the demo's (sandbox only)
  DATA_DIR                      the audit file and the webhooks' memory; default data
  LOOK_UPS_FOR_SECONDS          how long a webhook's job is looked up again when the look-up does not show it, counted
                                from its receipt; then \`node unconfirmed.js\` lists it; default 3600
  LOOK_UP_PAUSE_MS              the first pause; the next ones grow up to five minutes; default 1000
  WEBHOOK_MAX_AGE_SECONDS       how long ago a webhook may have been signed; more keeps what is sent again, with the
                                signature that it had, after this server was away for longer; default 300, at most 86400
  WEBHOOKS_WITHOUT_ZEROS        yes: a webhook may also be signed for the partner id without its leading zeros; default no
  PAGE_DIR                      the built page; default ../web/dist
  REQUEST_TIMEOUT_SECONDS       how long a client may take to send a request; default 20
  SIGN_UPS_PER_MINUTE           per address, brandings included; default 30
  LOG_INS_PER_MINUTE            per address; default 10

--ready-json prints one line of JSON when the server listens: {"url":"…","port":…,"pid":…}
--stop-with-stdin stops the server when its standard input ends, also when whoever started it was killed.`;

export function readConfig(env) {
  const config = {
    partnerId: required(env, "ENROLLKIT_PARTNER_ID"),
    environment: required(env, "ENROLLKIT_ENVIRONMENT"),
    apiKey: secret(env, "ENROLLKIT_API_KEY") ?? missing("ENROLLKIT_API_KEY_FILE"),
    baseUrl: env.ENROLLKIT_BASE_URL || undefined,
    unifyiaUrl: required(env, "ENROLLKIT_UNIFYIA_URL"),
    token: secret(env, "ENROLLKIT_TOKEN"),
    organization: required(env, "ENROLLKIT_ORGANIZATION"),
    allowHttp: yes(env, "ENROLLKIT_ALLOW_HTTP"),
    timeoutMs: 1000 * number(env, "ENROLLKIT_TIMEOUT_SECONDS", 10, 1, 120),
    host: env.HOST || "127.0.0.1",
    port: number(env, "PORT", 8787, 0, 65_535),
    origin: env.PUBLIC_ORIGIN ? origin(env.PUBLIC_ORIGIN) : undefined,
    appsWithoutOrigin: yes(env, "APPS_WITHOUT_ORIGIN"),
    accountsFile: env.ACCOUNTS_FILE || here("accounts.json"),
    dataDir: dataDir(env),
    lookUpsForMs: 1000 * number(env, "LOOK_UPS_FOR_SECONDS", 3_600, 1, 604_800),
    firstPauseMs: number(env, "LOOK_UP_PAUSE_MS", 1_000, 1, 300_000),
    webhookMaxAgeSeconds: number(env, "WEBHOOK_MAX_AGE_SECONDS", 300, 1, 86_400),
    webhooksWithoutZeros: yes(env, "WEBHOOKS_WITHOUT_ZEROS"),
    pageDir: env.PAGE_DIR || here("../web/dist"),
    requestTimeoutMs: 1000 * number(env, "REQUEST_TIMEOUT_SECONDS", 20, 1, 300),
    signUpsPerMinute: number(env, "SIGN_UPS_PER_MINUTE", 30, 1, 100_000),
    logInsPerMinute: number(env, "LOG_INS_PER_MINUTE", 10, 1, 100_000),
  };
  // Their passwords are in the README.
  if (config.environment === "production" && config.accountsFile === here("accounts.json")) {
    throw new Error("the demo's accounts are for the sandbox only: set ACCOUNTS_FILE");
  }
  return config;
}

/** For `unconfirmed.js`, too. */
export function dataDir(env) {
  return env.DATA_DIR || here("data");
}

function missing(name) {
  throw new Error(`${name} is not set; --help lists the settings`);
}

function required(env, name) {
  return env[name] || missing(name);
}

function number(env, name, fallback, least, most) {
  if (!env[name]) return fallback;
  const value = Number(env[name]);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new Error(`${name} is not a whole number from ${least} to ${most}`);
}

function yes(env, name) {
  const value = env[name] || "no";
  if (value === "yes" || value === "no") return value === "yes";
  throw new Error(`${name} is neither yes nor no`);
}

function origin(text) {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.origin !== text) {
    throw new Error("PUBLIC_ORIGIN is not an origin such as https://enroll.bank.example");
  }
  return url.origin;
}

/** A secret from the file that NAME_FILE names, or from NAME. */
function secret(env, name) {
  const file = env[`${name}_FILE`];
  if (!file) return env[name] || undefined;
  try {
    // An editor's line break is not part of the key; anything else that is wrong with it, enrollkit says.
    return readFileSync(file, "utf8").replace(/\r?\n$/, "");
  } catch (error) {
    throw new Error(`${name}_FILE: can't read ${file} (${error.code})`);
  }
}
