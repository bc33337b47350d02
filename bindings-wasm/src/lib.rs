//! The core for JavaScript's servers. Internal: the public surface is the TypeScript facade in `../npm`.
//!
//! Texts and bytes go in, so that no cyclic object or throwing getter ever meets WebAssembly, and one text comes out: JavaScript's own
//! reader makes objects of JSON. A pair is read where it is in the memory. What the page's library (`../page`) has too is the same here, to the letter.

mod call_lines;
mod pair_place;
mod smile_id;
mod texts;
mod unifyia;
mod verified;

use enrollkit::json::Number;
use enrollkit::smile_id::Verifier;
use enrollkit::{Intent, InvalidInput, Json, Outcome, Service, Timestamp, header_octets, relay};
use enrollkit_glue::one_text::{self, invalid, pairs, refused, relayed, thrown};
use enrollkit_glue::replies::Parts;
use enrollkit_glue::{calls, intents, replies};
use wasm_bindgen::prelude::*;

use texts::{raw_body, reading};
use verified::facts;

#[cfg(target_family = "wasm")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

/// What is made, or the refusal that is thrown.
type Made<T> = std::result::Result<T, String>;

/// A time as the facade reads it from the host's clock: whole milliseconds, which a double holds exactly.
fn time(millis: f64) -> Result<Timestamp, InvalidInput> {
    #[allow(clippy::cast_possible_truncation, reason = "a cast saturates, and what is no time is refused")]
    let millis = if millis.is_nan() { -1 } else { millis.floor() as i64 };
    enrollkit_glue::time(millis, "now")
}

/// A user object's text may be megabytes: it comes as the bytes that the platform's own encoder made of it.
fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap_or_default()
}

/// The call that brings an intent to a relay of Smile ID's.
#[wasm_bindgen(js_name = relaySmileId)]
#[must_use]
pub fn relay_smile_id(url: &str, intent: &str) -> String {
    relayed(Service::SmileId, url, Intent::from_json(intent))
}

/// The call that brings an intent to a relay of Unifyia's.
#[wasm_bindgen(js_name = relayUnifyia)]
#[must_use]
pub fn relay_unifyia(url: &str, intent: &[u8], extra_keys: bool) -> String {
    relayed(Service::Unifyia, url, intents::parse(text(intent), false, extra_keys))
}

/// The call that brings a sign-up to a relay of Unifyia's.
#[allow(clippy::needless_pass_by_value, reason = "the glue hands it over")]
#[wasm_bindgen(js_name = relaySignUp)]
#[must_use]
pub fn relay_sign_up(url: &str, user: &[u8], organization: Option<String>) -> String {
    relayed(Service::Unifyia, url, intents::sign_up(text(user), organization.as_deref(), false, false))
}

/// Checks a relay's address before there is an intent; empty when it is one.
#[wasm_bindgen(js_name = checkRelayUrl)]
#[must_use]
pub fn check_relay_url(url: &str) -> String {
    calls::check_relay_url(url).map_or_else(invalid, |()| String::new())
}

/// The exact text of a valid intent's wire form.
#[wasm_bindgen(js_name = parseIntent)]
#[must_use]
pub fn parse_intent(intent: &[u8], self_service: bool, extra_keys: bool) -> String {
    intents::parse(text(intent), self_service, extra_keys).map_or_else(invalid, |intent| intent.to_text())
}

/// The intent of a sign-up with further fields of the user, as [`parse_intent`] gives it.
#[wasm_bindgen(js_name = withUserFields)]
#[must_use]
pub fn with_user_fields(intent: &[u8], fields: &[u8], extra_keys: bool) -> String {
    let intent = intents::with_user_fields(text(intent), text(fields), extra_keys);
    intent.map_or_else(invalid, |intent| intent.to_text())
}

/// What is wrong with a user object, or with it at an organization: a list of violations in their plain form.
#[allow(clippy::needless_pass_by_value, reason = "the glue hands it over")]
#[wasm_bindgen(js_name = checkUser)]
#[must_use]
pub fn check_user(user: &[u8], self_service: bool, extra_keys: bool, organization: Option<String>) -> String {
    intents::check_user(text(user), self_service, extra_keys, organization.as_deref()).to_text()
}

/// Reads a service's answer: an outcome's plain form, or an error, and the raw body. Headers are lines of names and values, by turns.
#[allow(
    clippy::too_many_arguments,
    reason = "texts and numbers are what crosses cheaply; only the facade calls it"
)]
#[wasm_bindgen]
#[must_use]
pub fn read(
    operation: &str,
    signed_at: &str,
    secrets: &str,
    max_bytes: f64,
    status: u16,
    headers: &str,
    body: &[u8],
) -> js_sys::Array {
    let secrets: Vec<&str> = secrets.split('\n').filter(|secret| !secret.is_empty()).collect();
    let (signed_at, account) = signed_at.split_once(' ').unwrap_or((signed_at, ""));
    let account = (!account.is_empty()).then_some(account);
    let signed_at = Timestamp::parse(signed_at).ok();
    let parts = Parts { operation, relayed: false, signed_at, account, secrets: &secrets };
    let result = replies::reader(&parts).map_err(refused).map(|reader| {
        let octets = pairs(headers).map(|(name, value)| (name, header_octets(value)));
        reader.max_response_bytes(limit(max_bytes)).read::<Outcome, _, _>(status, octets, body)
    });
    match result {
        Ok(result) => js_sys::Array::of2(&reading(&result).into(), &raw_body(&result)),
        Err(refusal) => js_sys::Array::of1(&refusal.into()),
    }
}

/// Reads a relay's answer: an outcome's plain form, or an error. Headers are lines of names and values, by turns.
#[wasm_bindgen(js_name = readRelayed)]
#[must_use]
pub fn read_relayed(operation: &str, max_bytes: f64, status: u16, headers: &str, body: &[u8]) -> String {
    let text = String::from_utf8_lossy(body);
    let text = (body.len() <= limit(max_bytes)).then_some(&*text);
    one_text::read_relayed(operation, status, headers, text)
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a cast saturates")]
fn limit(max_bytes: f64) -> usize {
    max_bytes as usize
}

/// The plain form of a raw call's outcome, of its own text; empty when it is none. No relay gives one, so that it is read as the
/// service's.
#[wasm_bindgen(js_name = rawOutcome)]
#[must_use]
pub fn raw_outcome(json: &str) -> String {
    let Some(replies::ReadBack::Raw(plain)) = replies::outcome_from(json) else { return String::new() };
    let text = |key: &str| plain.get(key).and_then(Json::as_str).unwrap_or_default();
    let status = plain.get("status").and_then(Json::as_number).and_then(Number::as_i64);
    let Some(status) =
        status.and_then(|status| u16::try_from(status).ok()).filter(|status| (200..300).contains(status))
    else {
        return String::new();
    };
    let body = plain.get("json").map(Json::to_text).unwrap_or_default();
    let parts =
        Parts { operation: text("operation"), relayed: false, signed_at: None, account: None, secrets: &[] };
    let Ok(reader) = replies::reader(&parts) else { return String::new() };
    let no_headers: [(&str, &[u8]); 0] = [];
    let outcome =
        reader.max_response_bytes(usize::MAX).read::<Outcome, _, _>(status, no_headers, body.as_bytes());
    outcome.map_or_else(|_| String::new(), |outcome| reading(&Ok(outcome)))
}

/// The error of a call that got no answer, or of which nothing was sent.
#[wasm_bindgen(js_name = noResponse)]
#[must_use]
pub fn no_response(operation: &str, not_sent: bool) -> String {
    replies::no_response(operation, not_sent).map_or_else(refused, |error| thrown(&error))
}

/// The error of a plain form's text; empty when it is none.
#[wasm_bindgen(js_name = errorFrom)]
#[must_use]
pub fn error_from(json: &str) -> String {
    replies::error_from(json).map_or_else(String::new, |error| thrown(&error))
}

/// The error of a policy's "no".
#[wasm_bindgen(js_name = refusedByPolicy)]
#[must_use]
pub fn refused_by_policy(action: &str) -> String {
    replies::refused_by_policy(action).map_or_else(refused, |error| thrown(&error))
}

/// Status, then body.
fn answer_lines(answer: &relay::Answer) -> String {
    format!("{}\n{}", u32::from(answer.status), answer.body)
}

/// A relay's answer for an outcome or an error in its plain form: status, then body.
#[wasm_bindgen(js_name = relayAnswer)]
#[allow(clippy::needless_pass_by_value, reason = "the glue hands it over")]
#[must_use]
pub fn relay_answer(outcome: Option<String>, error: Option<String>, details: bool) -> String {
    let answer = replies::relay_answer(outcome.as_deref(), error.as_deref(), details);
    answer.map_or_else(refused, |answer| answer_lines(&answer))
}

/// What a relay's route answers before it reads anything, by its rules: status, then body; empty to go on. Headers are lines of names
/// and values, by turns.
#[wasm_bindgen(js_name = routeRefusal)]
#[must_use]
pub fn route_refusal(rules: &str, method: &str, headers: &str) -> String {
    let refusal = replies::route_refusal(rules, method, pairs(headers));
    refusal.map_or_else(refused, |answer| answer.as_ref().map(answer_lines).unwrap_or_default())
}

/// Whether a change is in effect, by a look-up's plain outcome or error.
#[wasm_bindgen(js_name = confirmedBy)]
#[allow(clippy::needless_pass_by_value, reason = "the glue hands it over")]
#[must_use]
pub fn confirmed_by(action: &str, outcome: Option<String>, error: Option<String>) -> String {
    let confirmation = replies::confirmed_by(action, outcome.as_deref(), error.as_deref());
    confirmation.map_or_else(refused, |confirmation| confirmation.slug().into())
}

/// Verifies callbacks and webhooks.
#[wasm_bindgen]
pub struct VerifierCore(Verifier);

#[wasm_bindgen]
impl VerifierCore {
    /// From options, and the keys as a JSON array of texts.
    #[wasm_bindgen(constructor)]
    pub fn new(options: &str, keys: &str) -> Made<Self> {
        let keys = Json::parse(keys).map_err(invalid)?;
        let keys: Vec<&str> = keys.as_array().unwrap_or_default().iter().filter_map(Json::as_str).collect();
        calls::verifier(options, &keys).map(Self).map_err(invalid)
    }

    /// What is said of a valid callback, as a plain object; a refusal is a text.
    #[must_use]
    pub fn callback(&self, body: &[u8], now: f64) -> JsValue {
        match time(now) {
            Ok(now) => facts(self.0.callback(body, now)),
            Err(error) => invalid(error).into(),
        }
    }

    /// What is said of a valid webhook, as a plain object; a refusal is a text.
    #[must_use]
    pub fn webhook(&self, headers: &str, body: &[u8], now: f64) -> JsValue {
        let octets = pairs(headers).map(|(name, value)| (name, header_octets(value)));
        match time(now) {
            Ok(now) => facts(self.0.webhook(octets, body, now)),
            Err(error) => invalid(error).into(),
        }
    }
}

/// The memory, where a client's `pair_place` is.
#[wasm_bindgen(js_name = ownMemory)]
#[must_use]
pub fn own_memory() -> JsValue {
    wasm_bindgen::memory()
}

/// The low-level signature.
#[wasm_bindgen]
#[must_use]
pub fn signature(api_key: &str, timestamp: &str, partner_id: &str) -> String {
    enrollkit::smile_id::signature(api_key, timestamp, partner_id)
}

/// The milliseconds of a time's text; `path` is where it was given.
#[wasm_bindgen(js_name = parseTime)]
#[must_use]
pub fn parse_time(text: &str, path: &str) -> String {
    enrollkit_glue::time_of(text, path).map_or_else(invalid, |time| time.unix_millis().to_string())
}
