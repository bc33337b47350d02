//! The core for JavaScript. Internal: the public surface is the TypeScript facade in `../npm`.
//!
//! Text and bytes go in, so that no cyclic object or throwing getter ever meets WebAssembly. A call comes out as one text of
//! lines (one crossing, whatever it holds), everything else as plain values. What is refused is thrown as the core's own
//! plain error.

mod plain;

use enrollkit::json::Object;
use enrollkit::smile_id::{RawRequest, Verifier};
use enrollkit::{
    Action, Call, Details, Error, Intent, InvalidInput, Json, Operation, Outcome, ReadOutcome, Reader,
    SignUpRules, SmileId, SmileIdRelay, Timestamp, Unifyia, UnifyiaRelay, User, header_octets, relay,
    unifyia,
};
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
    Timestamp::from_unix_millis(millis).map_err(|invalid| refused(invalid.at("now")))
}

/// A user object's text may be megabytes: it comes as the bytes that the platform's own encoder made of it.
fn text(bytes: &[u8]) -> Result<&str> {
    std::str::from_utf8(bytes).map_err(|_| JsValue::from_str("not UTF-8"))
}

fn refused(invalid: InvalidInput) -> JsValue {
    thrown(&invalid.into())
}

/// The lines of a call: none of its parts can hold a line break, and the body, which comes last, is JSON without any.
fn lines<T: ReadOutcome>(call: &Call<T>) -> String {
    let reader = call.reader();
    // The time that was signed and, behind a space, for which account: one line, as `read` takes it.
    let mut signed_at = reader.signed_at().map(Timestamp::to_text).unwrap_or_default();
    if let Some(account) = reader.account() {
        signed_at.extend([" ", account]);
    }
    let (headers, secrets) = (call.headers(), reader.secrets().collect::<Vec<_>>());
    let counts = format!("{}\n{}", headers.len(), secrets.len());
    let relayed = if reader.is_relayed() { "relayed" } else { "" };
    let mut parts =
        vec![call.operation().slug(), relayed, &signed_at, call.method().slug(), call.url(), &counts];
    parts.extend(headers.iter().flat_map(|header| [header.name(), header.value()]));
    parts.extend(&secrets);
    parts.push(call.body());
    parts.join("\n")
}

fn lines_or_refusal<T: ReadOutcome>(call: std::result::Result<Call<T>, InvalidInput>) -> Result<String> {
    call.map(|call| lines(&call)).map_err(refused)
}

/// A client of Smile ID that holds a key schedule.
#[wasm_bindgen]
pub struct SmileIdCore(SmileId);

#[wasm_bindgen]
impl SmileIdCore {
    /// From options and an API key.
    #[wasm_bindgen(constructor)]
    pub fn new(options: &str, api_key: &str) -> Result<Self> {
        SmileId::from_json(options, api_key).map(Self).map_err(refused)
    }

    /// From options and a pair that was received at a time.
    #[wasm_bindgen(js_name = fromPair)]
    pub fn from_pair(options: &str, pair: &str, received_at: f64) -> Result<Self> {
        SmileId::from_json_with_pair(options, pair, time(received_at)?).map(Self).map_err(refused)
    }

    /// The same client for another operator.
    #[wasm_bindgen(js_name = withOperator)]
    pub fn with_operator(&self, email: &str) -> Result<Self> {
        self.0.with_operator(email).map(Self).map_err(refused)
    }

    /// The call of an intent.
    pub fn call(&self, intent: &str, now: f64) -> Result<String> {
        let now = time(now)?;
        lines_or_refusal(Intent::from_json(intent).and_then(|intent| self.0.call(&intent, now)))
    }

    /// A call of any other kind.
    pub fn raw(&self, request: &str, now: f64) -> Result<String> {
        let now = time(now)?;
        lines_or_refusal(RawRequest::from_json(request).and_then(|request| self.0.raw(&request, now)))
    }

    /// A pair's parts, as lines.
    pub fn sign(&self, now: f64) -> Result<String> {
        let pair = self.0.sign(time(now)?).map_err(refused)?;
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
        Unifyia::from_json(options, token.as_deref()).map(Self).map_err(refused)
    }

    /// The same client with another token.
    #[wasm_bindgen(js_name = withToken)]
    pub fn with_token(&self, token: &str) -> Result<Self> {
        self.0.with_token(token).map(Self).map_err(refused)
    }

    /// The call of an intent. One that was parsed with extra keys keeps them.
    pub fn call(&self, intent: &[u8], extra_keys: bool) -> Result<String> {
        let intent = text(intent)?;
        let rules = if extra_keys { self.0.rules().allow_extra_keys() } else { self.0.rules() };
        lines_or_refusal(Intent::from_json_with(intent, rules).and_then(|intent| self.0.call(&intent)))
    }

    /// The call that signs a user up.
    #[allow(clippy::needless_pass_by_value, reason = "the glue hands it over")]
    #[wasm_bindgen(js_name = signUp)]
    pub fn sign_up(&self, user: &[u8], organization: Option<String>) -> Result<String> {
        let intent = sign_up_of(user, organization.as_deref(), self.0.rules())?;
        lines_or_refusal(self.0.call(&intent))
    }

    /// A call of any other kind.
    pub fn raw(&self, request: &str) -> Result<String> {
        lines_or_refusal(unifyia::RawRequest::from_json(request).and_then(|request| self.0.raw(&request)))
    }
}

fn sign_up_of(user: &[u8], organization: Option<&str>, rules: SignUpRules) -> Result<Intent> {
    Intent::sign_up_text(text(user)?, organization, rules).map_err(refused)
}

/// The call that brings an intent to a relay of Smile ID's.
#[wasm_bindgen(js_name = relaySmileId)]
pub fn relay_smile_id(url: &str, intent: &str) -> Result<String> {
    lines_or_refusal(Intent::from_json(intent).and_then(|intent| SmileIdRelay::new(url)?.call(&intent)))
}

/// The call that brings an intent to a relay of Unifyia's.
#[wasm_bindgen(js_name = relayUnifyia)]
pub fn relay_unifyia(url: &str, intent: &[u8], extra_keys: bool) -> Result<String> {
    let intent = Intent::from_json_with(text(intent)?, SignUpRules::of(false, extra_keys));
    lines_or_refusal(intent.and_then(|intent| UnifyiaRelay::new(url)?.call(&intent)))
}

/// Checks a relay's address before there is an intent.
#[wasm_bindgen(js_name = checkRelayUrl)]
pub fn check_relay_url(url: &str) -> Result<()> {
    SmileIdRelay::new(url).map(drop).map_err(refused)
}

/// The wire form of a valid intent as a plain value, and its exact text.
#[wasm_bindgen(js_name = parseIntent)]
pub fn parse_intent(intent: &[u8], self_service: bool, extra_keys: bool) -> Result<JsValue> {
    let intent =
        Intent::from_json_with(text(intent)?, SignUpRules::of(self_service, extra_keys)).map_err(refused)?;
    Ok(plain::intent(&intent))
}

/// The intent of a sign-up, as [`parse_intent`] gives it.
#[allow(clippy::needless_pass_by_value, reason = "the glue hands it over")]
#[wasm_bindgen(js_name = signUpIntent)]
pub fn sign_up_intent(user: &[u8], organization: Option<String>) -> Result<JsValue> {
    let intent = sign_up_of(user, organization.as_deref(), SignUpRules::default())?;
    Ok(plain::intent(&intent))
}

/// The intent of a sign-up with further fields of the user, as [`parse_intent`] gives it.
#[wasm_bindgen(js_name = withUserFields)]
pub fn with_user_fields(intent: &[u8], fields: &[u8], extra_keys: bool) -> Result<JsValue> {
    let rules = SignUpRules::of(false, extra_keys);
    let fields = Object::parse(text(fields)?).map_err(refused)?;
    let intent = Intent::from_json_with(text(intent)?, rules)
        .and_then(|intent| intent.with_user_fields(&fields, rules))
        .map_err(refused)?;
    Ok(plain::intent(&intent))
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
    let rules = SignUpRules::of(self_service, extra_keys);
    let violations = User::check_text(text(user)?, organization.as_deref(), rules);
    Ok(plain(&Json::Array(violations.iter().map(enrollkit::Violation::to_json).collect())))
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
    let reader = reader(operation, relayed, signed_at, secrets)?;
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

fn reader(operation: &str, relayed: bool, signed_at: &str, secrets: &str) -> Result<Reader> {
    let Some(operation) = Operation::from_slug(operation) else {
        // Only the facade calls this, with what a call gave it.
        return Err(JsValue::from_str("no such operation"));
    };
    let secrets: Vec<&str> = secrets.split('\n').filter(|secret| !secret.is_empty()).collect();
    if relayed {
        return Ok(Reader::relayed(operation));
    }
    let (signed_at, account) = signed_at.split_once(' ').unwrap_or((signed_at, ""));
    let reader = Reader::direct(operation, Timestamp::parse(signed_at).ok(), &secrets);
    Ok(if account.is_empty() { reader } else { reader.for_account(account) })
}

/// The error of a call that got no answer, or of which nothing was sent.
#[wasm_bindgen(js_name = noResponse)]
pub fn no_response(operation: &str, not_sent: Option<bool>) -> Result<JsValue> {
    let Some(operation) = Operation::from_slug(operation) else {
        return Err(JsValue::from_str("no such operation"));
    };
    let error = if not_sent == Some(true) { Error::not_sent } else { Error::no_response };
    Ok(thrown(&error(operation)))
}

/// The error of a plain form's text; `undefined` when it is none.
#[wasm_bindgen(js_name = errorFrom)]
#[must_use]
pub fn error_from(json: &str) -> JsValue {
    let error = Json::parse(json).ok().and_then(|json| Error::from_json(&json));
    error.map_or(JsValue::UNDEFINED, |error| thrown(&error))
}

/// The error of a policy's "no".
#[wasm_bindgen(js_name = refusedByPolicy)]
pub fn refused_by_policy(action: &str) -> Result<JsValue> {
    let operation = action_of(action)?.operation();
    Ok(thrown(&enrollkit::ApiError::refused_by_policy(operation).into()))
}

/// The action of a word; for another word, what an intent with it would be refused with.
fn action_of(word: &str) -> Result<Action> {
    Action::from_slug(word).ok_or_else(|| {
        let mut intent = Object::new();
        intent.insert("action", word);
        let refusal = Intent::from_object(intent, SignUpRules::default()).err();
        refusal.map_or(JsValue::UNDEFINED, refused)
    })
}

/// A relay's answer for an outcome or an error in its plain form: status, then body.
#[wasm_bindgen(js_name = relayAnswer)]
pub fn relay_answer(outcome: Option<String>, error: Option<String>, details: bool) -> Result<String> {
    let details = if details { Details::Included } else { Details::Withheld };
    let json = |text: &str| Json::parse(text).map_err(refused);
    let unreadable = || JsValue::from_str("not a plain outcome or error");
    let result = match (outcome, error) {
        (Some(outcome), _) => Ok(Outcome::from_text(&outcome).ok_or_else(unreadable)?),
        (None, Some(error)) => Err(Error::from_json(&json(&error)?).ok_or_else(unreadable)?),
        (None, None) => return Err(unreadable()),
    };
    let answer = relay::answer(&result, details);
    Ok(format!("{}\n{}", answer.status, answer.body))
}

/// What a relay's route answers before it reads anything, by its rules: status, then body; `undefined` to go on. Headers are lines of
/// names and values, by turns.
#[wasm_bindgen(js_name = routeRefusal)]
pub fn route_refusal(rules: &str, method: &str, headers: &str) -> Result<Option<String>> {
    let rules = relay::RouteRules::from_json(rules).map_err(refused)?;
    let headers: Vec<&str> = headers.split('\n').collect();
    let pairs = headers.chunks_exact(2).map(|pair| (pair[0], pair[1]));
    Ok(rules.refusal(method, pairs).map(|answer| format!("{}\n{}", answer.status, answer.body)))
}

/// Whether a change is in effect, by a look-up's plain outcome or error.
#[wasm_bindgen(js_name = confirmedBy)]
pub fn confirmed_by(action: &str, outcome: Option<String>, error: Option<String>) -> Result<String> {
    let unreadable = || JsValue::from_str("not a plain look-up");
    let json = |text: &str| Json::parse(text).map_err(refused);
    let action = action_of(action)?;
    let look_up = match (outcome, error) {
        (Some(outcome), _) => match Outcome::from_text(&outcome) {
            Some(Outcome::EnrolleeInfo(info)) => Ok(info),
            _ => return Err(unreadable()),
        },
        (None, Some(error)) => Err(Error::from_json(&json(&error)?).ok_or_else(unreadable)?),
        (None, None) => return Err(unreadable()),
    };
    Ok(action.confirmed_by(&look_up).slug().into())
}

/// Verifies callbacks and webhooks.
#[wasm_bindgen]
pub struct VerifierCore(Verifier);

#[wasm_bindgen]
impl VerifierCore {
    /// From a partner id, keys (a JSON array of texts), a window, and whether the partner id may be signed without its zeros, too.
    #[wasm_bindgen(constructor)]
    pub fn new(
        partner_id: &str,
        keys: &str,
        max_age_seconds: f64,
        max_ahead_seconds: f64,
        also_without_zeros: Option<bool>,
    ) -> Result<Self> {
        let keys = Json::parse(keys).map_err(refused)?;
        let keys: Vec<&str> = keys.as_array().unwrap_or_default().iter().filter_map(Json::as_str).collect();
        let verifier = Verifier::from_texts(partner_id, &keys)
            .and_then(|verifier| verifier.window(max_age_seconds, max_ahead_seconds))
            .map_err(refused)?;
        Ok(Self(if also_without_zeros == Some(true) { verifier.also_without_zeros() } else { verifier }))
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
    Timestamp::parse(text).map(|time| time.unix_millis() as f64).map_err(|invalid| refused(invalid.at(path)))
}
