// Runs one vector through the public API: takes a case's `input`, gives what a conforming implementation must give.
// No `node:` here: the same file runs in Chromium.

import { difference, native, parseExact, show, writeExact } from "./exact.mjs";

/** What the public surface can't be brought to do, each with its reason. Nothing else may be left out. */
export const SKIPPED = {
  "call-options-duplicate": "options are an object, which has no key twice",
  "call-options-api-key": "in JavaScript the key is one of the options",
  "unifyia-options-all-at-once": "in JavaScript the token is one of the options",
  "read-skew-nothing-signed": "every direct call of SmileId is signed at some time",
  "read-mask-spares-short": "no call of SmileId carries so short a secret",
  "relayed-raw-never": "a relay's client has no raw call whose answer could be read",
  "json-depth-128-arrays": "the doors for exact JSON put levels of their own around it",
  "json-depth-128-objects": "the doors for exact JSON put levels of their own around it",
};

const NAMES = {
  partner_id: "partnerId",
  base_url: "baseUrl",
  allow_http: "allowHttp",
  api_key: "apiKey",
  auth_header: "authHeader",
  path_spelling: "pathSpelling",
  allow_extra_keys: "allowExtraKeys",
  max_age_seconds: "maxAgeSeconds",
  max_ahead_seconds: "maxAheadSeconds",
  partner_id_without_zeros: "partnerIdWithoutZeros",
  allow_no_origin: "allowNoOrigin",
};
const SWAPPED = { ...NAMES, ...Object.fromEntries(Object.entries(NAMES).map(([wire, own]) => [own, wire])) };

/** Runs every case of the files, `[{ name, text }]`, or what `partOf` makes of it, if that is anything. */
export function runAll(enrollkit, files, partOf = (whole) => whole) {
  const counts = {};
  const failures = [];
  const skipped = [];
  for (const { name, text } of files) {
    const { kind: whole, cases } = parseExact(text);
    for (const { id, ...one } of cases) {
      if (SKIPPED[id] !== undefined) {
        skipped.push(id);
        continue;
      }
      const part = partOf({ kind: whole, ...one });
      if (part === undefined) continue;
      const { kind, input, expect } = part;
      counts[kind] = (counts[kind] ?? 0) + 1;
      try {
        const different = difference(spelled(kind, expect), run(enrollkit, kind, input));
        if (different !== undefined) failures.push(`${name}, ${id}: ${different}`);
      } catch (error) {
        failures.push(`${name}, ${id}: ${error?.stack ?? error}`);
      }
    }
  }
  return { counts, failures, skipped };
}

/** The result of a case, in the vectors' words. */
export function run(enrollkit, kind, input) {
  const kinds = { signature, timestamp, value, json, intent, check, call, read, no_response: noResponse, route, relay, verify };
  return kinds[kind](enrollkit, input);
}

/** What a vector expects, in JavaScript's spelling: options and outcomes are camel case, open JSON is not. */
export function spelled(kind, expect) {
  const out = { ...expect };
  if (["value", "call", "verify", "route"].includes(kind) && out.violations !== undefined) {
    const swap = (text) => SWAPPED[text] ?? text;
    const swapped = ({ path, expected, ...rest }) => ({ path: swap(path), ...rest, ...(expected === undefined ? {} : { expected: swap(expected) }) });
    out.violations = out.violations.map(swapped);
  }
  if (out.outcome !== undefined) out.outcome = camel(out.outcome);
  if (out.read?.outcome !== undefined) out.read = { ...out.read, outcome: camel(out.read.outcome) };
  return out;
}

/** Options in JavaScript's spelling; what is in JavaScript's already is a mistake, and becomes one here. */
export function ownOptions(options) {
  return Object.fromEntries(Object.entries(options).map(([key, item]) => [SWAPPED[key] ?? key, item]));
}

const OPEN = ["json", "full_data"];

export function camel(value) {
  if (Array.isArray(value)) return value.map(camel);
  if (value === null || typeof value !== "object" || Object.getPrototypeOf(value) !== Object.prototype) return value;
  const renamed = ([key, item]) => [key.replace(/_(.)/g, (_, letter) => letter.toUpperCase()), OPEN.includes(key) ? item : camel(item)];
  return Object.fromEntries(Object.entries(value).map(renamed));
}

/** Violations instead of what could not be made; every other error is the test's. */
function orRefused(enrollkit, make) {
  try {
    return make();
  } catch (error) {
    if (!enrollkit.isInvalidInput(error)) throw error;
    return { violations: error.violations };
  }
}

const KEY = "not-a-real-key";
const HOST = "https://host.example";
const TIME = "2026-11-22T10:00:00.000Z";

/** A page has none but a relay's. */
const unifyiaOf = ({ Unifyia, UnifyiaRelay }, options = {}) => (Unifyia === undefined ? new UnifyiaRelay("/relay") : new Unifyia({ baseUrl: HOST, ...options }));

const smileOf = (enrollkit, options) =>
  new enrollkit.SmileId({
    partnerId: "085",
    environment: "sandbox",
    operator: "ops@bank.example",
    apiKey: KEY,
    dangerouslyAllowBrowser: true,
    ...options,
  });

function signature(enrollkit, { key, timestamp, partner_id }) {
  return { string_to_sign: `${timestamp}${partner_id}sid_request`, signature: enrollkit.signature(key, timestamp, partner_id) };
}

function timestamp(enrollkit, { text, millis }) {
  const { violations, ...read } = orRefused(enrollkit, () => {
    const signed = smileOf(enrollkit).sign(text ?? new Date(native(millis))).timestamp;
    return { text: signed, millis: Date.parse(signed) };
  });
  // Here a time is always an argument, and called what that is.
  return violations === undefined ? read : { violations: violations.map((one) => ({ ...one, path: one.path === "now" ? "timestamp" : one.path })) };
}

function value(enrollkit, { type, text }) {
  const { SmileIdRelay, Unifyia, parseIntent } = enrollkit;
  const deactivated = (smile, user = "u") => JSON.parse(smile.deactivate(user, TIME).body);
  const kept = {
    partner_id: () => smileOf(enrollkit, { partnerId: text }).sign().partner_id,
    user_id: () => deactivated(smileOf(enrollkit), text).user_id,
    operator: () => deactivated(smileOf(enrollkit, { operator: text })).email,
    organization: () => {
      unifyiaOf(enrollkit).branding(text);
      return parseIntent({ action: "unifyia.branding", organization: text }).organization;
    },
    base_url: () => smileOf(enrollkit, { baseUrl: text }).reEnroll("u").url.replace(/\/api\/v2\/partner\/enrollee$/, ""),
    base_url_allowing_http: () =>
      smileOf(enrollkit, { baseUrl: text, allowHttp: true }).reEnroll("u").url.replace(/\/api\/v2\/partner\/enrollee$/, ""),
    relay_url: () => new SmileIdRelay(text).reEnroll("u").url,
    path: () => new Unifyia({ baseUrl: HOST }).raw({ method: "GET", path: text }).url.slice(HOST.length),
    // Secrets are taken or refused; there is no way to read them back.
    api_key: () => smileOf(enrollkit, { apiKey: text }) && text,
    token: () => new Unifyia({ baseUrl: HOST, token: text }) && text,
    auth_header: () => new Unifyia({ baseUrl: HOST, authHeader: text }) && text,
  }[type];
  return orRefused(enrollkit, () => ({ text: kept() }));
}

/** Through the form's door, which takes a user as JSON text; what is read is shown by a call that carries it. */
function json(enrollkit, { text }) {
  const { checkUser } = enrollkit;
  const ofJson = ["bad_json", "duplicate_key", "not_unicode", "too_deep"];
  const violations = checkUser(text).filter(({ code }) => ofJson.includes(code));
  if (violations.length > 0) return { violations };
  const around = (inner) =>
    `{"action":"unifyia.sign_up","user":{"name":"n","organisationName":"o","userAppearance":{},"userAttribute":{"x":${inner}},` +
    `"userAddress":{},"userBiometrics":[],"userIDProofDocuments":{},"userEnrollmentHistoryList":[]}}`;
  const { body } = unifyiaOf(enrollkit).call(around(text));
  return { text: body.split('"userAttribute":{"x":')[1].split('},"userAddress":')[0] };
}

const rules = ({ self_service, allow_extra_keys }) => ({ selfService: self_service === true, allowExtraKeys: allow_extra_keys === true });

function intent(enrollkit, input) {
  return orRefused(enrollkit, () => {
    const read = enrollkit.parseIntent(input.intent_json, rules(input));
    const parsed = input.user_fields_json === undefined ? read : enrollkit.withUserFields(read, input.user_fields_json);
    const call = relayOf(enrollkit, parsed.action, "/relay").call(parsed);
    return { action: parsed.action, mutation: call.noResponse().outcomeUnknown, intent_json: call.body };
  });
}

/** Whatever the door, and as text or as a value: what keeps a user from being sent is what is wrong with them. */
function check(enrollkit, input) {
  const { organization, user_json: text } = input;
  const asked = rules(input);
  const violations = enrollkit.checkUser(text, { ...asked, organization });
  for (const user of [text, ...valuesOf(text)]) {
    for (const [door, found] of doors(enrollkit, user, organization, asked)) {
      // An intent reads its organization before its user.
      if (show(byPlace(found)) !== show(byPlace(violations))) throw new Error(`${door}: ${show(found)}`);
    }
  }
  return { violations };
}

const byPlace = (violations) => violations.map((one) => [`${one.path} ${one.code}`, one]).sort();

/** The value of a text that is one, unless JavaScript would make another of it; a string would be text again. */
function valuesOf(text) {
  try {
    const value = JSON.parse(text);
    return typeof value !== "string" && JSON.stringify(value) === writeExact(parseExact(text)) ? [value] : [];
  } catch {
    return [];
  }
}

function doors({ checkUser, parseIntent, Unifyia, UnifyiaRelay }, user, organization, asked) {
  const found = [["checkUser", checkUser(user, { ...asked, organization })]];
  const violationsOf = (work) => {
    try {
      work();
      return [];
    } catch (error) {
      return error.violations;
    }
  };
  // A client's own sign-up sets every field.
  if (!asked.selfService && Unifyia !== undefined) {
    const client = new Unifyia({ baseUrl: HOST, allowExtraKeys: asked.allowExtraKeys });
    found.push(["signUp", violationsOf(() => client.signUp(user, organization))]);
  }
  if (!asked.selfService && !asked.allowExtraKeys) found.push(["relay", violationsOf(() => new UnifyiaRelay("/relay").signUp(user, organization))]);
  if (typeof user === "object" && user !== null && !Array.isArray(user)) {
    const intent = { action: "unifyia.sign_up", user, ...(organization === undefined ? {} : { organization }) };
    found.push(["parseIntent", violationsOf(() => parseIntent(intent, asked))], ["parseIntent of text", violationsOf(() => parseIntent(JSON.stringify(intent), asked))]);
  }
  return found;
}

function call(enrollkit, input) {
  return orRefused(enrollkit, () => {
    const { client, now } = clientOf(enrollkit, input);
    const built = input.raw === undefined ? client.call(enrollkit.parseIntent(input.intent_json, rules(input)), now) : client.raw(rawOf(input), now);
    return requestOf(built);
  });
}

function relayOf({ SmileIdRelay, UnifyiaRelay }, service, url) {
  return service.startsWith("unifyia") ? new UnifyiaRelay(url) : new SmileIdRelay(url);
}

function clientOf(enrollkit, input) {
  const { SmileId, Unifyia } = enrollkit;
  if (input.relay !== undefined) return { client: relayOf(enrollkit, input.service, input.relay) };
  const isSmile = input.service === "smile_id";
  const options = ownOptions(native(parseExact(input.options_json)));
  if (!isSmile) return { client: new Unifyia({ ...options, ...(input.token === undefined ? {} : { token: input.token }) }) };
  const credentials = input.pair_json === undefined ? { apiKey: input.api_key } : { pair: input.pair_json, pairReceivedAt: input.received_at };
  return { client: new SmileId({ ...options, ...credentials, dangerouslyAllowBrowser: true }), now: input.now };
}

/** An object, or JSON text where the body holds what no JavaScript value does: `1E400`. */
function rawOf({ raw }) {
  const { path, path_steps, query, headers, body_json, ...rest } = raw;
  const request = { ...rest, path: path ?? path_steps, ...(query === undefined ? {} : { query: queryOf(query) }), ...(headers === undefined ? {} : { headers: Object.fromEntries(headers) }) };
  if (body_json === undefined) return request;
  const body = native(parseExact(body_json));
  if (show(body).replaceAll(/"(-?\d+)n"/g, "$1") === body_json) return { ...request, body };
  return `${JSON.stringify(request).slice(0, -1)},"body":${body_json}}`;
}

/** Of pairs: a name that comes again has all of its texts. */
function queryOf(pairs) {
  const names = [...new Set(pairs.map(([name]) => name))];
  return Object.fromEntries(names.map((name) => [name, pairs.filter(([other]) => other === name).map(([, value]) => value)]).map(([name, values]) => [name, values.length === 1 ? values[0] : values]));
}

function requestOf(built) {
  const body = built.body === undefined ? {} : JSON.parse(built.body);
  return {
    operation: built.operation,
    method: built.method,
    url: built.url,
    headers: Object.entries(built.headers),
    body: built.body ?? "",
    signed_at: built.headers["smileid-timestamp"] ?? body.timestamp,
  };
}

const USER = { name: "n", organisationName: "o", userAppearance: {}, userAttribute: {}, userAddress: {}, userBiometrics: [], userIDProofDocuments: {}, userEnrollmentHistoryList: [] };

/** An intent of an action whose keys are right: which it wants is what is wrong without them. */
function intentOf(enrollkit, action) {
  const { violations } = orRefused(enrollkit, () => enrollkit.parseIntent({ action }));
  return { action, ...Object.fromEntries(violations.map(({ path }) => [path, path === "user" ? USER : "u"])) };
}

/** A call of the operation: signed at that time, and with that secret, where a case names them. */
function callOf(enrollkit, { operation, relayed, signed_at, secrets }) {
  const [service, name] = operation.split(".");
  const secret = secrets?.[0];
  if (service === "unifyia") {
    const client = relayed ? relayOf(enrollkit, service, "/relay") : unifyiaOf(enrollkit, secret === undefined ? {} : { token: secret });
    return name === "raw" ? client.raw({ method: "GET", path: "/x" }) : client.call(intentOf(enrollkit, operation));
  }
  const at = signed_at ?? TIME;
  const pair = { partner_id: "085", environment: "sandbox", timestamp: at, signature: secret, expires_in: 300 };
  const direct = () => smileOf(enrollkit, secret === undefined ? {} : { apiKey: undefined, pair, pairReceivedAt: at });
  const client = relayed ? relayOf(enrollkit, service, "/relay") : direct();
  if (name === "raw") return client.raw({ host: "api", method: "GET", path: "/x", auth: "headers" }, at);
  return client.call(intentOf(enrollkit, operation), at);
}

const lossyText = (bytes) => new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);

export function bodyOf({ body, body_base64 }) {
  return body_base64 === undefined ? (body ?? "") : Uint8Array.from(atob(body_base64), (letter) => letter.codePointAt(0));
}

function outcomeOf(enrollkit, work) {
  try {
    return { outcome: work() };
  } catch (error) {
    if (!enrollkit.isEnrollkitError(error)) throw error;
    return { error };
  }
}

/** An outcome or an error, in the vectors' words. */
export function shown(enrollkit, { outcome, error }) {
  if (error === undefined) return { outcome, raw: lossyText(enrollkit.rawBody(outcome)), lossy: enrollkit.isLossy(outcome) };
  const plain = numbers(error.toJSON());
  const whole = error.serviceMessage === undefined ? plain : { ...plain, service_message: error.serviceMessage };
  return { error: whole, plain, text: error.message, raw: "raw" in error ? lossyText(error.raw()) : "" };
}

/** A number that JavaScript can't hold is text in an error's plain form. */
function numbers({ retry_after_seconds: wait, ...rest }) {
  return wait === undefined ? rest : { ...rest, retry_after_seconds: typeof wait === "string" ? BigInt(wait) : wait };
}

function answerOf(enrollkit, input) {
  const made = callOf(enrollkit, input);
  const limit = input.max_response_bytes === undefined ? undefined : native(input.max_response_bytes);
  return outcomeOf(enrollkit, () => made.read(native(input.status), bodyOf(input), input.headers, limit));
}

function read(enrollkit, input) {
  const found = shown(enrollkit, answerOf(enrollkit, input));
  // A direct call always knows its account; a case that has none is of a reader that was told of none.
  return found.text === undefined || input.account !== undefined ? found : { ...found, text: found.text.replace(/ in use: [^;]*;/, "") };
}

function noResponse(enrollkit, { operation, not_sent: notSent }) {
  const made = callOf(enrollkit, { operation, relayed: enrollkit.Unifyia === undefined });
  return shown(enrollkit, { error: notSent ? made.notSent() : made.noResponse() });
}

/** By pairs, as `Headers`, as Node's object and by names alone: all say the same, unless a header comes twice. */
function route(enrollkit, { rules_json, method, headers }) {
  const { origins, allow_no_origin, ...rest } = JSON.parse(rules_json);
  const given = { ...rest, ...(origins === undefined ? {} : { origins }), ...(allow_no_origin === undefined ? {} : { allowNoOrigin: allow_no_origin }) };
  return orRefused(enrollkit, () => {
    const answers = formsOf(headers).map((form) => enrollkit.relay.routeRefusal({ method, headers: form }, given) ?? {});
    const [first, other] = [answers[0], answers.find((answer) => show(answer) !== show(answers[0]))];
    return other === undefined ? first : { first, other };
  });
}

function formsOf(pairs) {
  const names = pairs.map(([name]) => name.toLowerCase());
  if (new Set(names).size < names.length) return [pairs];
  const found = new Headers(pairs);
  return [pairs, found, Object.fromEntries(found), Object.fromEntries(pairs), { get: (name) => found.get(name) }];
}

/** What a back end answers to a relay's client, and what that client reads. */
function relay(enrollkit, input) {
  const answer = enrollkit.relay.answer(answerOf(enrollkit, input), { details: input.details === true });
  const reader = callOf(enrollkit, { operation: input.operation, relayed: true });
  return { ...answer, read: shown(enrollkit, outcomeOf(enrollkit, () => reader.read(answer.status, answer.body))) };
}

function verify(enrollkit, input) {
  const { partner_id: partnerId, keys, now } = input;
  // "NaN" and "inf" are no JSON numbers, so they stand as text.
  const seconds = (given) => (typeof given === "string" ? Number(given.replace("inf", "Infinity")) : native(given));
  const given = [["maxAgeSeconds", input.max_age_seconds], ["maxAheadSeconds", input.max_ahead_seconds]].filter(([, item]) => item !== undefined);
  return orRefused(enrollkit, () => {
    const partnerIdWithoutZeros = input.partner_id_without_zeros;
    const verifier = new enrollkit.Verifier({ partnerId, keys, partnerIdWithoutZeros, ...Object.fromEntries(given.map(([name, item]) => [name, seconds(item)])) });
    const body = bodyOf(input);
    const [refusal, work] =
      input.headers === undefined
        ? [verifier.callbackRefusal(body, now), () => verifier.callback(body, now)]
        : [verifier.webhookRefusal(input.headers, body, now), () => verifier.webhook(input.headers, body, now)];
    const verdict = refusal ?? "valid";
    const { outcome, error } = outcomeOf(enrollkit, work);
    if (error !== undefined) return { verdict, refused: error.reason };
    const { ageSeconds, jobId, userId, idsDiffer, resultCode, partnerIdForm, deliveryKey, pairKey } = outcome;
    const ids = { job_id: jobId, user_id: userId, ids_differ: idsDiffer, result_code: resultCode, partner_id_form: partnerIdForm };
    return { verdict, age_seconds: ageSeconds, ...ids, delivery_key: deliveryKey, pair_key: pairKey };
  });
}
