// Every scenario of tests/scenarios: real HTTP with `send` and Node's own `fetch`, each against a sandbox of its own.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { inspect } from "node:util";

import * as enrollkit from "enrollkit";

import { difference, native, parseExact, writeExact } from "./support/exact.mjs";
import { filesOf } from "./support/files.mjs";
import { PRODUCTION_KEY, SANDBOX_KEY, secretFile, startSandbox } from "./support/sandbox.mjs";
import { ownOptions, shown, spelled } from "./support/vectors.mjs";

const { isEnrollkitError, isInvalidInput, parseIntent, send, SmileId, Unifyia } = enrollkit;

// The slow ones mostly wait.
describe("scenarios", { concurrency: 8 }, () => {
  for (const { name, text } of filesOf("scenarios")) {
    test(name, async (t) => assert.equal(await play(t, parseExact(text)), undefined));
  }

  const wrong = [
    '"expect":{"outcome":{"acknowledgement":"unstated"}}',
    '"expect":{"error":{"code":"api_error"}}',
    '"expect":{"violations":[{"code":"required"}]}',
    '"expect":{"outcome":{},"raw_contains":"not there"}',
    '"expect":{"outcome":{},"clock_skew_seconds":{"from":0,"to":9}}',
    '"expect":{"outcome":{}},"requests_at_sandbox":{"user_id":"u","total":2,"processed":1}',
    '"expect":{"outcome":{}},"redirected_calls":1',
    '"expect":{"outcome":{}},"sign_ups_at_sandbox":[{"name":"u"}]',
  ];
  test("a wrong expectation is found", async (t) => {
    const scenario = (step) =>
      parseExact(`{"sandbox":{"users":["u"]},"clients":{"ops":{"service":"smile_id","api_key":"$sandbox_key",
        "options":{"partner_id":"085","environment":"sandbox","operator":"o@bank.example","base_url":"$sandbox"}}},
        "steps":[{"client":"ops","intent":{"action":"smile_id.deactivate","user_id":"u"},${step}}]}`);
    assert.equal(await play(t, scenario('"expect":{"outcome":{"acknowledgement":"stated"}}')), undefined);
    for (const step of wrong) assert.notEqual(await play(t, scenario(step)), undefined, step);
  });
});

/** One run of a scenario: where and what differs first, or nothing. */
async function play(t, { sandbox: settings = {}, clients, steps }) {
  const sandbox = await startSandbox(flags(t, settings));
  try {
    for (const [place, step] of steps.entries()) {
      const different = (await take(step, clients, sandbox)) ?? (await after(step, sandbox));
      if (different !== undefined) return `step ${place} (${step.comment ?? ""}) ${different}`;
    }
    return undefined;
  } finally {
    await sandbox.stop();
  }
}

function flags(t, settings) {
  const each = {
    users: (users) => users.flatMap((user) => ["--user", user]),
    organizations: (names) => names.flatMap((name) => ["--organization", name]),
    unifyia_token: (token) => ["--unifyia-token-file", secretFile(t, token)],
    unifyia_auth_header: (name) => ["--unifyia-auth-header", name],
    unifyia_wrapped: (wrapped) => (wrapped ? ["--unifyia-wrapped"] : []),
  };
  return ["--keep-bodies", ...Object.entries(settings).flatMap(([key, value]) => each[key](value))];
}

/** What a step does, and what must come of it. */
async function take(step, clients, sandbox) {
  if (step.fault !== undefined) await sandbox.control("POST", "/faults", writeExact(step.fault));
  if (step.clock_offset_seconds !== undefined) {
    await sandbox.control("POST", "/clock", writeExact({ offset_seconds: step.clock_offset_seconds }));
  }
  const actual =
    step.job === undefined
      ? await act(step, clients, sandbox)
      : { job: native(parseExact(await sandbox.control("POST", "/jobs", writeExact(step.job)))) };
  const { raw_contains: part, clock_skew_seconds: range, ...plain } = step.expect;
  if (part !== undefined && !actual.raw?.includes(part)) return `/raw: ${part} is not in ${actual.raw}`;
  if (range !== undefined) {
    const skew = actual.error?.clock_skew_seconds;
    if (!(skew >= native(range.from) && skew <= native(range.to))) return `/error/clock_skew_seconds: ${skew}`;
  }
  return difference(spelled("call", plain), actual);
}

/** What the sandbox saw. */
async function after(step, sandbox) {
  const asked = async (path) => native(parseExact(await sandbox.control("GET", path)));
  const checks = [];
  if (step.requests_at_sandbox !== undefined) {
    const { user_id } = step.requests_at_sandbox;
    const requests = (await asked("/requests")).requests.filter((request) => request.user_id === user_id);
    const processed = requests.filter((request) => request.processed).length;
    checks.push([step.requests_at_sandbox, { user_id, total: requests.length, processed }]);
  }
  if (step.redirected_calls !== undefined) checks.push([step.redirected_calls, (await asked("/faults")).redirected_calls]);
  if (step.sign_ups_at_sandbox !== undefined) checks.push([step.sign_ups_at_sandbox, (await asked("/sign_ups")).sign_ups]);
  const different = checks.map(([expected, seen]) => difference(expected, seen)).find((found) => found !== undefined);
  return different && `at the sandbox: ${different}`;
}

/** Makes the client, then the call, and sends it: each may be refused. */
async function act(step, clients, sandbox) {
  let call;
  try {
    call = callOf(step, clients, sandbox);
    const options = step.timeout_milliseconds === undefined ? {} : { timeoutMs: native(step.timeout_milliseconds) };
    const outcome = await send(call, fetch, options);
    return withoutSecrets(call, outcome, shown(enrollkit, { outcome }));
  } catch (error) {
    if (!isEnrollkitError(error)) throw error;
    if (isInvalidInput(error)) return { violations: error.violations };
    return withoutSecrets(call, error, shown(enrollkit, { error }));
  }
}

function callOf(step, clients, sandbox) {
  const client = clientOf(clients, step.client, sandbox);
  if (step.raw !== undefined) return client.raw(native(step.raw));
  const intent = step.intent_json ?? native(step.intent);
  return client.call(step.self_service === true ? parseIntent(intent, { selfService: true }) : intent);
}

function clientOf(clients, name, sandbox) {
  const { service, options: written, api_key, pair_from, signed_offset_seconds, token } = clients[name];
  const fill = (text) =>
    text.replaceAll("$sandbox_key", SANDBOX_KEY).replaceAll("$production_key", PRODUCTION_KEY).replaceAll("$sandbox", sandbox.url);
  const filled = Object.entries(native(written)).map(([key, value]) => [key, typeof value === "string" ? fill(value) : value]);
  const options = ownOptions(Object.fromEntries(filled));
  if (service === "unifyia") return new Unifyia(token === undefined ? options : { ...options, token });
  if (pair_from === undefined) return new SmileId({ ...options, apiKey: fill(api_key) });
  const signedAt = new Date(Date.now() + 1000 * native(signed_offset_seconds ?? parseExact("0")));
  const pair = clientOf(clients, pair_from, sandbox).sign(signedAt);
  return new SmileId({ ...options, pair, pairReceivedAt: signedAt });
}

/** Of every step: what came back, in any form, repeats nothing that the call was authorized with. */
function withoutSecrets(call, result, seen) {
  const body = call.body === undefined ? {} : JSON.parse(call.body);
  const { headers } = call;
  const secrets = [body.signature, headers["smileid-request-signature"], ...Object.values(headers).map((value) => /^Bearer (.*)/.exec(value)?.[1])];
  const text = `${inspect(result, { depth: 9, showHidden: true })}${inspect(seen, { depth: 9 })}${result.stack ?? ""}`;
  for (const secret of secrets.filter((one) => one !== undefined)) assert.ok(!text.includes(secret), "an answer shows what its call was signed with");
  return seen;
}
