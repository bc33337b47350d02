//! The core for JavaScript. Internal: the public surface is the TypeScript facade in `../npm`.
//!
//! Text and bytes go in, so that no cyclic object or throwing getter ever meets WebAssembly. A call comes out as one text of
//! lines (one crossing, whatever it holds), everything else as plain values. What is refused is thrown as the core's own
//! plain error.

mod plain;

use enrollkit::smile_id::Verifier;
use enrollkit::{
    Call, Details, Header, InvalidInput, Json, Method, Outcome, ReadOutcome, Reader, SmileId, Timestamp,
    Unifyia, header_octets,
};
use enrollkit_glue::replies::Parts;
use enrollkit_glue::{Fault, calls, intents, replies};
use wasm_bindgen::prelude::*;

use plain::{plain, thrown};

#[cfg(target_family = "wasm")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

type Result<T> = std::result::Result<T, JsValue>;

/// A time as the facade reads it from the host's clock: whole milliseconds, which a double holds exactly.
fn time(millis: f64) -> Result<Timestamp> {
    #[allow(clippy::cast_possible_truncation, reason = "a cast saturates, and what is no time is refused")]
    let millis = if millis.is_nan() { -1 } else { millis.floor() as i64 };
    enrollkit_glue::time(millis, "now").map_err(invalid)
}

/// A user object's text may be megabytes: it comes as the bytes that the platform's own encoder made of it.
fn text(bytes: &[u8]) -> Result<&str> {
    std::str::from_utf8(bytes).map_err(|_| JsValue::from_str("not UTF-8"))
}

#[inline(never)]
fn invalid(invalid: InvalidInput) -> JsValue {
    thrown(&invalid.into())
}

fn refused(fault: Fault) -> JsValue {
    match fault {
        Fault::Refused(error) => thrown(&error),
        // Only the facade could give such a thing.
        Fault::Misused(what) => JsValue::from_str(what),
    }
}

/// The lines of a call: none of its parts can hold a line break, and the body, which comes last, is JSON without any. Whatever its
/// answer is read into, so that it is compiled once.
fn lines(method: Method, url: &str, headers: &[Header], body: &str, reader: &Reader) -> String {
    // The time that was signed and, behind a space, for which account: one line, as `read` takes it.
    let mut signed_at = reader.signed_at().map(Timestamp::to_text).unwrap_or_default();
    if let Some(account) = reader.account() {
        signed_at.extend([" ", account]);
    }
    let secrets: Vec<&str> = reader.secrets().collect();
    let counts = format!("{}\n{}", headers.len(), secrets.len());
    let relayed = if reader.is_relayed() { "relayed" } else { "" };
    let mut parts = vec![reader.operation().slug(), relayed, &signed_at, method.slug(), url, &counts];
    parts.extend(headers.iter().flat_map(|header| [header.name(), header.value()]));
    parts.extend(&secrets);
    parts.push(body);
    parts.join("\n")
}

fn lines_or_refusal<T: ReadOutcome>(call: std::result::Result<Call<T>, InvalidInput>) -> Result<String> {
    let call = call.map_err(invalid)?;
    Ok(lines(call.method(), call.url(), call.headers(), call.body(), call.reader()))
}

/// A client of Smile ID that holds a key schedule.
#[wasm_bindgen]
pub struct SmileIdCore(SmileId);

#[wasm_bindgen]
impl SmileIdCore {
    /// From options and an API key.
    #[wasm_bindgen(constructor)]
    pub fn new(options: &str, api_key: &str) -> Result<Self> {
        SmileId::from_json(options, api_key).map(Self).map_err(invalid)
    }

    /// From options and a pair that was received at a time.
    #[wasm_bindgen(js_name = fromPair)]
    pub fn from_pair(options: &str, pair: &str, received_at: f64) -> Result<Self> {
        SmileId::from_json_with_pair(options, pair, time(received_at)?).map(Self).map_err(invalid)
    }

    /// The same client for another operator.
    #[wasm_bindgen(js_name = withOperator)]
    pub fn with_operator(&self, email: &str) -> Result<Self> {
        self.0.with_operator(email).map(Self).map_err(invalid)
    }

    /// The call of an intent.
    pub fn call(&self, intent: &str, now: f64) -> Result<String> {
        let now = time(now)?;
        lines_or_refusal(calls::smile_id(&self.0, intent, now))
    }

    /// A call of any other kind.
    pub fn raw(&self, request: &str, now: f64) -> Result<String> {
        let now = time(now)?;
        lines_or_refusal(calls::smile_id_raw(&self.0, request, now))
    }

    /// A pair's parts, as lines.
    pub fn sign(&self, now: f64) -> Result<String> {
        let pair = self.0.sign(time(now)?).map_err(invalid)?;
        let (timestamp, expires_in) = (pair.timestamp().to_text(), pair.expires_in().to_string());
        let parts = [
            pair.partner_id().as_str(),
            pair.environment().slug(),
            &timestamp,
            pair.signature(),
            &expires_in,
        ];
        Ok(parts.join("\n"))
    }
}

/// A client of Unifyia that holds a token.
#[wasm_bindgen]
pub struct UnifyiaCore(Unifyia);

#[wasm_bindgen]
impl UnifyiaCore {
    /// From options, and a token when there is one.
    #[allow(clippy::needless_pass_by_value, reason = "the glue hands it over")]
    #[wasm_bindgen(constructor)]
    pub fn new(options: &str, token: Option<String>) -> Result<Self> {
        Unifyia::from_json(options, token.as_deref()).map(Self).map_err(invalid)
    }

    /// The same client with another token.
    #[wasm_bindgen(js_name = withToken)]
    pub fn with_token(&self, token: &str) -> Result<Self> {
        self.0.with_token(token).map(Self).map_err(invalid)
    }

    /// The call of an intent. One that was parsed with extra keys keeps them.
    pub fn call(&self, intent: &[u8], extra_keys: bool) -> Result<String> {
        lines_or_refusal(calls::unifyia(&self.0, text(intent)?, extra_keys))
    }

    /// The call that signs a user up.
    #[allow(clippy::needless_pass_by_value, reason = "the glue hands it over")]
    #[wasm_bindgen(js_name = signUp)]
    pub fn sign_up(&self, user: &[u8], organization: Option<String>) -> Result<String> {
        lines_or_refusal(calls::sign_up(&self.0, text(user)?, organization.as_deref(), false))
    }

    /// A call of any other kind.
    pub fn raw(&self, request: &str) -> Result<String> {
        lines_or_refusal(calls::unifyia_raw(&self.0, request))
    }
}

/// The call that brings an intent to a relay of Smile ID's.
#[wasm_bindgen(js_name = relaySmileId)]
pub fn relay_smile_id(url: &str, intent: &str) -> Result<String> {
    lines_or_refusal(calls::smile_id_relay(url, intent))
}

/// The call that brings an intent to a relay of Unifyia's.
#[wasm_bindgen(js_name = relayUnifyia)]
pub fn relay_unifyia(url: &str, intent: &[u8], extra_keys: bool) -> Result<String> {
    lines_or_refusal(calls::unifyia_relay(url, text(intent)?, extra_keys))
}

/// The call that brings a sign-up to a relay of Unifyia's.
#[allow(clippy::needless_pass_by_value, reason = "the glue hands it over")]
#[wasm_bindgen(js_name = relaySignUp)]
pub fn relay_sign_up(url: &str, user: &[u8], organization: Option<String>) -> Result<String> {
    lines_or_refusal(calls::sign_up_relay(url, text(user)?, organization.as_deref(), false))
}

/// Checks a relay's address before there is an intent.
#[wasm_bindgen(js_name = checkRelayUrl)]
pub fn check_relay_url(url: &str) -> Result<()> {
    calls::check_relay_url(url).map_err(invalid)
}

/// The wire form of a valid intent as a plain value, and its exact text.
#[wasm_bindgen(js_name = parseIntent)]
pub fn parse_intent(intent: &[u8], self_service: bool, extra_keys: bool) -> Result<JsValue> {
    intents::parse(text(intent)?, self_service, extra_keys)
        .map(|intent| plain::intent(&intent))
        .map_err(invalid)
}

/// The intent of a sign-up with further fields of the user, as [`parse_intent`] gives it.
#[wasm_bindgen(js_name = withUserFields)]
pub fn with_user_fields(intent: &[u8], fields: &[u8], extra_keys: bool) -> Result<JsValue> {
    let intent = intents::with_user_fields(text(intent)?, text(fields)?, extra_keys);
    intent.map(|intent| plain::intent(&intent)).map_err(invalid)
}

/// What is wrong with a user object, or with it at an organization: violations, as plain values.
#[allow(clippy::needless_pass_by_value, reason = "the glue hands it over")]
#[wasm_bindgen(js_name = checkUser)]
pub fn check_user(
    user: &[u8],
    self_service: bool,
    extra_keys: bool,
    organization: Option<String>,
) -> Result<JsValue> {
    Ok(plain(&intents::check_user(text(user)?, self_service, extra_keys, organization.as_deref())))
}

/// Reads an answer: an outcome, or the thrown error. Headers are lines of names and values, by turns.
#[allow(
    clippy::too_many_arguments,
    reason = "texts and numbers are what crosses cheaply; only the facade calls it"
)]
#[wasm_bindgen]
pub fn read(
    operation: &str,
    relayed: bool,
    signed_at: &str,
    secrets: &str,
    max_bytes: f64,
    status: u16,
    headers: &str,
    body: &[u8],
) -> Result<JsValue> {
    let secrets: Vec<&str> = secrets.split('\n').filter(|secret| !secret.is_empty()).collect();
    let (signed_at, account) = signed_at.split_once(' ').unwrap_or((signed_at, ""));
    let account = (!account.is_empty()).then_some(account);
    let signed_at = Timestamp::parse(signed_at).ok();
    let parts = Parts { operation, relayed, signed_at, account, secrets: &secrets };
    let reader = replies::reader(&parts).map_err(refused)?;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a cast saturates")]
    let reader = reader.max_response_bytes(max_bytes as usize);
    let headers: Vec<&str> = headers.split('\n').collect();
    let pairs = headers.chunks_exact(2).map(|pair| (pair[0], header_octets(pair[1])));
    match reader.read::<Outcome, _, _>(status, pairs, body) {
        Ok(outcome) => Ok(plain::outcome(
            &outcome.to_json(Details::Included),
            outcome.raw().bytes(),
            outcome.raw().is_lossy(),
        )),
        Err(error) => Err(plain::thrown(&error)),
    }
}

/// The error of a call that got no answer, or of which nothing was sent.
#[wasm_bindgen(js_name = noResponse)]
pub fn no_response(operation: &str, not_sent: Option<bool>) -> Result<JsValue> {
    replies::no_response(operation, not_sent == Some(true)).map(|error| thrown(&error)).map_err(refused)
}

/// The error of a plain form's text; `undefined` when it is none.
#[wasm_bindgen(js_name = errorFrom)]
#[must_use]
pub fn error_from(json: &str) -> JsValue {
    replies::error_from(json).map_or(JsValue::UNDEFINED, |error| thrown(&error))
}

/// The error of a policy's "no".
#[wasm_bindgen(js_name = refusedByPolicy)]
pub fn refused_by_policy(action: &str) -> Result<JsValue> {
    replies::refused_by_policy(action).map(|error| thrown(&error)).map_err(refused)
}

/// A relay's answer for an outcome or an error in its plain form: status, then body.
#[wasm_bindgen(js_name = relayAnswer)]
#[allow(clippy::needless_pass_by_value, reason = "the glue hands it over")]
pub fn relay_answer(outcome: Option<String>, error: Option<String>, details: bool) -> Result<String> {
    let answer = replies::relay_answer(outcome.as_deref(), error.as_deref(), details).map_err(refused)?;
    Ok(format!("{}\n{}", u32::from(answer.status), answer.body))
}

/// What a relay's route answers before it reads anything, by its rules: status, then body; `undefined` to go on. Headers are lines of
/// names and values, by turns.
#[wasm_bindgen(js_name = routeRefusal)]
pub fn route_refusal(rules: &str, method: &str, headers: &str) -> Result<Option<String>> {
    let headers: Vec<&str> = headers.split('\n').collect();
    let pairs = headers.chunks_exact(2).map(|pair| (pair[0], pair[1]));
    let refusal = replies::route_refusal(rules, method, pairs).map_err(refused)?;
    Ok(refusal.map(|answer| format!("{}\n{}", u32::from(answer.status), answer.body)))
}

/// Whether a change is in effect, by a look-up's plain outcome or error.
#[wasm_bindgen(js_name = confirmedBy)]
#[allow(clippy::needless_pass_by_value, reason = "the glue hands it over")]
pub fn confirmed_by(action: &str, outcome: Option<String>, error: Option<String>) -> Result<String> {
    let confirmation = replies::confirmed_by(action, outcome.as_deref(), error.as_deref());
    confirmation.map(|confirmation| confirmation.slug().into()).map_err(refused)
}

/// Verifies callbacks and webhooks.
#[wasm_bindgen]
pub struct VerifierCore(Verifier);

#[wasm_bindgen]
impl VerifierCore {
    /// From options, and the keys as a JSON array of texts.
    #[wasm_bindgen(constructor)]
    pub fn new(options: &str, keys: &str) -> Result<Self> {
        let keys = Json::parse(keys).map_err(invalid)?;
        let keys: Vec<&str> = keys.as_array().unwrap_or_default().iter().filter_map(Json::as_str).collect();
        calls::verifier(options, &keys).map(Self).map_err(invalid)
    }

    /// What is said of a valid callback; a refusal is thrown.
    pub fn callback(&self, body: &[u8], now: f64) -> Result<JsValue> {
        self.0
            .callback(body, time(now)?)
            .map(|verified| plain::verified(&verified))
            .map_err(|error| thrown(&error.into()))
    }

    /// What is said of a valid webhook; a refusal is thrown.
    pub fn webhook(&self, headers: &str, body: &[u8], now: f64) -> Result<JsValue> {
        let headers: Vec<&str> = headers.split('\n').collect();
        let pairs = headers.chunks_exact(2).map(|pair| (pair[0], header_octets(pair[1])));
        self.0
            .webhook(pairs, body, time(now)?)
            .map(|verified| plain::verified(&verified))
            .map_err(|error| thrown(&error.into()))
    }
}

/// The low-level signature.
#[wasm_bindgen]
#[must_use]
pub fn signature(api_key: &str, timestamp: &str, partner_id: &str) -> String {
    enrollkit::smile_id::signature(api_key, timestamp, partner_id)
}

/// The text of a time as milliseconds; `path` is where it was given.
#[allow(clippy::needless_pass_by_value, reason = "the glue hands it over")]
#[wasm_bindgen(js_name = parseTime)]
pub fn parse_time(text: &str, path: Option<String>) -> Result<f64> {
    let path = path.as_deref().unwrap_or("timestamp");
    #[allow(clippy::cast_precision_loss, reason = "milliseconds up to the year 9999 are below 2^53")]
    enrollkit_glue::time_of(text, path).map(|time| time.unix_millis() as f64).map_err(invalid)
}
