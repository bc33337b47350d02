//! Verifies what Smile ID sends: callbacks (signature inside the JSON) and webhooks (signature in headers).
//!
//! Source: Smile ID's documentation of callbacks and webhooks. **The signature covers only the time and the partner id**:
//! whoever saw one fresh pair can put it on any body. So a verified body is a hint, and what a look-up confirms is the
//! fact.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::time::Duration;

use sha2::{Digest, Sha256};
use subtle::{Choice, ConstantTimeEq};

use super::signature::{SignatureText, SigningKey, is_signature};
use crate::error::{InvalidInput, RefusalReason, SignatureRefused, Violation, ViolationCode, Violations};
use crate::http::{MAX_RESPONSE_BYTES, RawBody, lenient_text};
use crate::ids::PartnerId;
use crate::json::{Json, MAX_DEPTH, read_lenient};
use crate::secret::ApiKey;
use crate::slug::slugs;
use crate::time::Timestamp;

/// How old a signature may be unless another window is set. Assumption: documented nowhere.
pub const DEFAULT_MAX_AGE_SECONDS: f64 = 300.0;

/// How far ahead of our clock it may be unless another window is set. Assumption: documented nowhere.
pub const DEFAULT_MAX_AHEAD_SECONDS: f64 = 60.0;

/// The widest window that is taken: a day. A wider one would hold no replay off.
pub const MAX_WINDOW_SECONDS: f64 = 86_400.0;

/// The webhook's headers.
const TIMESTAMP_HEADER: &str = "Response-Timestamp";
const SIGNATURE_HEADER: &str = "Response-Signature";
const JOB_ID_HEADER: &str = "Job-ID";
const USER_ID_HEADER: &str = "User-ID";

/// Where a callback's body has its parts.
const TIMESTAMP_KEY: &str = "timestamp";
const SIGNATURE_KEY: &str = "signature";
/// Objects of a callback's body that may hold `job_id` and `user_id` when the body itself does not. The first is the
/// look-up's spelling, the second the older callbacks'.
const PARAMS_KEYS: [&str; 2] = ["partner_params", "PartnerParams"];

/// Where a body has the job's result: the newer spelling, and the older one of the documented callbacks.
const RESULT_CODE_KEYS: [&str; 2] = ["result_code", "ResultCode"];

/// How many digits a result code has. A number has lost its leading zeros: they are put back.
const RESULT_CODE_DIGITS: usize = 4;

/// The longest result code that is taken for one.
const MAX_RESULT_CODE_DIGITS: usize = 8;

slugs! {
    /// In which form the partner id was signed.
    pub enum PartnerIdForm {
        /// As the verifier was given it, leading zeros included.
        AsDisplayed = "as_displayed",
        /// Without its leading zeros, which [`Verifier::also_without_zeros`] allows.
        WithoutZeros = "without_zeros",
    }
}

/// Verifies callbacks and webhooks of one partner.
///
/// ```
/// use enrollkit::{ApiKey, PartnerId, Timestamp, smile_id::{Verifier, signature}};
///
/// let verifier = Verifier::new(PartnerId::parse("085")?, &[ApiKey::parse("not-a-real-key")?])?;
/// let sent = "2026-11-22T10:00:00.000Z";
/// let signature = signature("not-a-real-key", sent, "085");
/// let headers = [("Response-Timestamp", sent), ("Response-Signature", &signature), ("Job-ID", "job-1")];
///
/// let now = Timestamp::parse("2026-11-22T10:00:02.000Z")?;
/// let verified = verifier.webhook(headers, br#"{"result_code":"0840"}"#, now)?;
/// assert_eq!((verified.job_id(), verified.age_seconds()), (Some("job-1"), 2));
/// # Ok::<(), enrollkit::Error>(())
/// ```
#[derive(Clone)]
pub struct Verifier {
    partner_id: PartnerId,
    keys: Vec<SigningKey>,
    max_age_millis: i64,
    max_ahead_millis: i64,
    also_without_zeros: bool,
}

/// A message whose sender knew a fresh signature of ours. **Body, Job-ID and User-ID are not authenticated**: act on what
/// a look-up confirms. `Debug` hides them.
#[derive(Clone, PartialEq, Eq)]
pub struct Verified {
    age_seconds: i64,
    named: Named,
    result_code: Option<String>,
    partner_id_form: PartnerIdForm,
    delivery_key: String,
    pair_key: String,
    body: RawBody,
    json: Option<Json>,
}

/// The parts of a message before anything is believed.
struct Message<'a> {
    timestamp: &'a str,
    signature: &'a str,
    sent: Option<Timestamp>,
    named: Named,
    /// The job as the delivery key has it.
    key_job_id: Option<&'a str>,
}

/// Which job and user a message names.
#[derive(Clone, PartialEq, Eq)]
struct Named {
    job_id: Option<String>,
    user_id: Option<String>,
    /// Whether two places of the message name different ones.
    differ: bool,
}

impl Named {
    /// From the headers' words, and the body's: its own members, and those of its parameters.
    fn of(job_id: Option<&str>, user_id: Option<&str>, json: Option<&Json>) -> Self {
        let mut differ = false;
        let mut first = |given: Option<&str>, key: &str| {
            let nested = PARAMS_KEYS.iter().filter_map(|params| json?.get(params));
            let said =
                json.into_iter().chain(nested).filter_map(|json| json.get(key)).filter_map(lenient_text);
            let mut named = given.into_iter().chain(said);
            let first = named.next();
            differ |= named.any(|other| Some(other) != first);
            first.map(String::from)
        };
        let (job_id, user_id) = (first(job_id, "job_id"), first(user_id, "user_id"));
        Self { job_id, user_id, differ }
    }
}

impl Verifier {
    /// A verifier with one key, or several while keys are rotated.
    ///
    /// # Errors
    /// `required` at `keys` when there is none. What [`ApiKey::parse`] refuses is at `keys/` and its place in
    /// [`Self::from_texts`].
    pub fn new(partner_id: PartnerId, keys: &[ApiKey]) -> Result<Self, InvalidInput> {
        if keys.is_empty() {
            return Err(Violation::new("keys", ViolationCode::Required).into());
        }
        Ok(Self {
            partner_id,
            keys: keys.iter().map(SigningKey::new).collect(),
            max_age_millis: millis(DEFAULT_MAX_AGE_SECONDS),
            max_ahead_millis: millis(DEFAULT_MAX_AHEAD_SECONDS),
            also_without_zeros: false,
        })
    }

    /// As [`Self::new`], from texts.
    ///
    /// # Errors
    /// Every violation at once; a key's at `keys/` and its place.
    pub fn from_texts(partner_id: &str, keys: &[&str]) -> Result<Self, InvalidInput> {
        let mut violations = Violations::default();
        let partner_id = violations.keep(PartnerId::parse(partner_id));
        let mut parsed = Vec::new();
        for (place, key) in keys.iter().enumerate() {
            let key = ApiKey::parse(key).map_err(|invalid| invalid.at(&alloc::format!("keys/{place}")));
            parsed.extend(violations.keep(key));
        }
        if keys.is_empty() {
            violations.add("keys", ViolationCode::Required);
        }
        let partner_id = violations.finish(partner_id)?;
        Self::new(partner_id, &parsed)
    }

    /// Takes a signature over the partner id without its leading zeros (`85` for `085`), too; [`Verified::partner_id_form`] then
    /// says which it was.
    ///
    /// Assumption, and off by default: which form the newer webhooks sign is documented nowhere.
    #[must_use]
    pub const fn also_without_zeros(mut self) -> Self {
        self.also_without_zeros = true;
        self
    }

    /// Sets how old a signature may be, and how far ahead of our clock, in seconds.
    ///
    /// # Errors
    /// `out_of_range` at `max_age_seconds` and `max_ahead_seconds`: not finite, negative, or beyond a day.
    pub fn window(mut self, max_age_seconds: f64, max_ahead_seconds: f64) -> Result<Self, InvalidInput> {
        let mut violations = Violations::default();
        for (path, seconds) in
            [("max_age_seconds", max_age_seconds), ("max_ahead_seconds", max_ahead_seconds)]
        {
            // NaN is in no range.
            if !(0.0..=MAX_WINDOW_SECONDS).contains(&seconds) {
                violations.push(
                    Violation::new(path, ViolationCode::OutOfRange).expected("from 0 to 86400 seconds"),
                );
            }
        }
        violations.finish(Some(()))?;
        self.max_age_millis = millis(max_age_seconds);
        self.max_ahead_millis = millis(max_ahead_seconds);
        Ok(self)
    }

    /// Verifies a callback: `timestamp` and `signature` are inside the JSON body. A time without an offset is read as UTC (an
    /// assumption: an official sample has none).
    ///
    /// # Errors
    /// [`SignatureRefused`] with the reason.
    pub fn callback(&self, body: &[u8], now: Timestamp) -> Result<Verified, SignatureRefused> {
        let refused = || SignatureRefused::new(RefusalReason::Malformed);
        let decoded = decode(body).ok_or_else(refused)?;
        let json = &decoded.json;
        let text = |key: &str| json.get(key).and_then(Json::as_str);
        let timestamp = text(TIMESTAMP_KEY).ok_or_else(refused)?;
        let named = Named::of(None, None, Some(json));
        let key_job_id = named.job_id.clone();
        let message = Message {
            timestamp,
            signature: text(SIGNATURE_KEY).ok_or_else(refused)?,
            sent: Timestamp::parse_received_utc_if_unsaid(timestamp),
            named,
            key_job_id: key_job_id.as_deref(),
        };
        self.verify(message, body, Some(&decoded), now)
    }

    /// Verifies a webhook: signature, time, job and user are in headers; a job or user that is not there is taken from the body.
    /// Takes what HTTP frameworks give: pairs of names and values.
    ///
    /// # Errors
    /// [`SignatureRefused`] with the reason.
    pub fn webhook<N: AsRef<str>, V: AsRef<[u8]>>(
        &self,
        headers: impl IntoIterator<Item = (N, V)>,
        body: &[u8],
        now: Timestamp,
    ) -> Result<Verified, SignatureRefused> {
        const NAMES: [&str; 4] = [TIMESTAMP_HEADER, SIGNATURE_HEADER, JOB_ID_HEADER, USER_ID_HEADER];
        let refused = || SignatureRefused::new(RefusalReason::Malformed);
        let mut found: [Option<String>; 4] = Default::default();
        for (name, value) in headers {
            let place = NAMES.iter().position(|known| known.eq_ignore_ascii_case(name.as_ref()));
            let Some(slot) = place.and_then(|place| found.get_mut(place)) else { continue };
            let value = core::str::from_utf8(value.as_ref()).map_err(|_| refused())?;
            // Given twice, one of them may be an attacker's; which one counts is not ours to guess.
            if slot.replace(value.into()).is_some() {
                return Err(refused());
            }
        }
        let [timestamp, signature, job_id, user_id] = &found;
        let timestamp = timestamp.as_deref().ok_or_else(refused)?;
        let decoded = decode(body);
        let json = decoded.as_ref().map(|decoded| &decoded.json);
        let message = Message {
            timestamp,
            signature: signature.as_deref().ok_or_else(refused)?,
            sent: Timestamp::parse_received(timestamp),
            named: Named::of(job_id.as_deref(), user_id.as_deref(), json),
            key_job_id: job_id.as_deref(),
        };
        self.verify(message, body, decoded.as_ref(), now)
    }

    /// Why [`Self::callback`] would refuse it; `None` for a valid one.
    #[must_use]
    pub fn callback_refusal(&self, body: &[u8], now: Timestamp) -> Option<RefusalReason> {
        self.callback(body, now).err().map(|refused| refused.reason())
    }

    /// Why [`Self::webhook`] would refuse it; `None` for a valid one.
    #[must_use]
    pub fn webhook_refusal<N: AsRef<str>, V: AsRef<[u8]>>(
        &self,
        headers: impl IntoIterator<Item = (N, V)>,
        body: &[u8],
        now: Timestamp,
    ) -> Option<RefusalReason> {
        self.webhook(headers, body, now).err().map(|refused| refused.reason())
    }

    fn verify(
        &self,
        message: Message<'_>,
        body: &[u8],
        decoded: Option<&Decoded>,
        now: Timestamp,
    ) -> Result<Verified, SignatureRefused> {
        let refused = |reason| Err(SignatureRefused::new(reason));
        let Some(sent) = message.sent else { return refused(RefusalReason::Malformed) };
        if !is_signature(message.signature) {
            return refused(RefusalReason::Malformed);
        }
        let as_displayed = self.matches(&message, self.partner_id.as_str());
        let shorter = self.partner_id.as_str().trim_start_matches('0');
        let without_zeros = if self.also_without_zeros && !shorter.is_empty() {
            self.matches(&message, shorter)
        } else {
            Choice::from(0)
        };
        if !bool::from(as_displayed | without_zeros) {
            return refused(RefusalReason::Mismatch);
        }
        let age_millis = now.unix_millis().saturating_sub(sent.unix_millis());
        if age_millis > self.max_age_millis {
            return refused(RefusalReason::Stale);
        }
        if age_millis.saturating_neg() > self.max_ahead_millis {
            return refused(RefusalReason::FromTheFuture);
        }
        Ok(Verified {
            age_seconds: now.seconds_since(sent),
            named: message.named,
            result_code: decoded.and_then(|decoded| result_code(&decoded.json)),
            partner_id_form: if bool::from(as_displayed) {
                PartnerIdForm::AsDisplayed
            } else {
                PartnerIdForm::WithoutZeros
            },
            delivery_key: delivery_key(message.key_job_id, body, decoded),
            pair_key: hex(&Sha256::digest(message.signature.as_bytes()).into()),
            body: RawBody::new(body.into()),
            json: decoded.map(|decoded| decoded.json.clone()),
        })
    }

    /// Over the received bytes of the time, never over a re-formatted one; every key is tried, none ends it early.
    fn matches(&self, message: &Message<'_>, partner_id: &str) -> Choice {
        self.keys.iter().fold(Choice::from(0), |matched, key| {
            let expected = SignatureText::of(key, message.timestamp.as_bytes(), partner_id.as_bytes());
            matched | expected.as_str().as_bytes().ct_eq(message.signature.as_bytes())
        })
    }
}

impl Verified {
    /// How long ago it was signed; negative when the sender's clock is ahead of ours.
    #[must_use]
    pub fn age_seconds(&self) -> i64 {
        self.age_seconds
    }

    /// The job it is about: the header's word, else the body's (its own `job_id`, or that of `partner_params` or
    /// `PartnerParams`). Not authenticated.
    #[must_use]
    pub fn job_id(&self) -> Option<&str> {
        self.named.job_id.as_deref()
    }

    /// The user it is about, found as the job is. Not authenticated.
    #[must_use]
    pub fn user_id(&self) -> Option<&str> {
        self.named.user_id.as_deref()
    }

    /// Whether two places of the message name different jobs or users. Neither is signed: only what a look-up shows counts.
    #[must_use]
    pub fn ids_differ(&self) -> bool {
        self.named.differ
    }

    /// The job's result as the message claims it, `result_code` or `ResultCode`: digits, four of them where it came as a number.
    /// `None` when it is of no such form, or when the two differ. Not authenticated.
    #[must_use]
    pub fn result_code(&self) -> Option<&str> {
        self.result_code.as_deref()
    }

    /// In which form the partner id was signed.
    #[must_use]
    pub fn partner_id_form(&self) -> PartnerIdForm {
        self.partner_id_form
    }

    /// For finding redeliveries: SHA-256, in hex, of job id and body without timestamp and signature. One job may have
    /// several genuine messages (provisional, then final), so the job id alone is no such key.
    #[must_use]
    pub fn delivery_key(&self) -> &str {
        &self.delivery_key
    }

    /// SHA-256, in hex, of the signature, to be stored in its place. A known one with a new delivery is suspicious:
    /// somebody may have put a genuine signature on a body of their own.
    #[must_use]
    pub fn pair_key(&self) -> &str {
        &self.pair_key
    }

    /// The body as it came. A callback's holds a live signature: do not log or store it.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        self.body.bytes()
    }

    /// The body as JSON, if it is that. Not authenticated.
    #[must_use]
    pub fn json(&self) -> Option<&Json> {
        self.json.as_ref()
    }
}

/// A body that is JSON.
struct Decoded {
    json: Json,
    /// Whether two different bodies could give this JSON.
    lossy: bool,
}

/// The body as JSON, unless a key comes twice: then two readers could see two messages.
fn decode(body: &[u8]) -> Option<Decoded> {
    if body.len() > MAX_RESPONSE_BYTES {
        return None;
    }
    let (json, loss) = read_lenient(&String::from_utf8_lossy(body), MAX_DEPTH).ok()?;
    let invalid = core::str::from_utf8(body).is_err();
    (!loss.repeated).then_some(Decoded { json, lossy: loss.replaced || invalid })
}

/// The result that a body claims; `None` for none, for what is no code, and for two that differ.
fn result_code(json: &Json) -> Option<String> {
    let mut said = RESULT_CODE_KEYS.iter().filter_map(|key| json.get(key)).map(|value| {
        let text = lenient_text(value).unwrap_or_default();
        let lost =
            if value.as_number().is_some() { RESULT_CODE_DIGITS.saturating_sub(text.len()) } else { 0 };
        ["0".repeat(lost).as_str(), text].concat()
    });
    let first = said.next()?;
    let is_code = (1..=MAX_RESULT_CODE_DIGITS).contains(&first.len())
        && first.bytes().all(|byte| byte.is_ascii_digit());
    (is_code && said.all(|other| other == first)).then_some(first)
}

/// Lengths stand before the parts, so that no two deliveries run together. What is no JSON object, or not exactly one, is
/// taken byte by byte.
fn delivery_key(job_id: Option<&str>, body: &[u8], decoded: Option<&Decoded>) -> String {
    let object = decoded.filter(|decoded| !decoded.lossy).and_then(|decoded| decoded.json.as_object());
    let without_credentials = object.map(|object| {
        let mut object = object.clone();
        object.remove(TIMESTAMP_KEY);
        object.remove(SIGNATURE_KEY);
        object.to_text()
    });
    let content = without_credentials.as_deref().map_or(body, str::as_bytes);
    let job_id = job_id.unwrap_or_default();
    let mut hash = Sha256::new();
    hash.update(alloc::format!("{}:{job_id}:{}:", job_id.len(), content.len()));
    hash.update(content);
    hex(&hash.finalize().into())
}

fn hex(bytes: &[u8; 32]) -> String {
    let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte.div_euclid(16)), digit(byte.rem_euclid(16))]).collect()
}

/// The window was checked: it is at most a day.
fn millis(seconds: f64) -> i64 {
    let millis = Duration::try_from_secs_f64(seconds).unwrap_or_default().as_millis();
    i64::try_from(millis).unwrap_or_default()
}

impl fmt::Debug for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Verifier({}, {} keys)", self.partner_id.as_str(), self.keys.len())
    }
}

impl fmt::Debug for Verified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Verified({} s ago, {} bytes)", self.age_seconds, self.body.bytes().len())
    }
}
