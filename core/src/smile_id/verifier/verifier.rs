//! The verifier of one partner's messages.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::time::Duration;

use sha2::{Digest, Sha256};
use subtle::{Choice, ConstantTimeEq};

use super::message::{Decoded, Named, SIGNATURE_KEY, TIMESTAMP_KEY, decode, delivery_key, hex, result_code};
use super::verified::{PartnerIdForm, Verified};
use crate::error::{RefusalReason, SignatureRefused};
use crate::http::RawBody;
use crate::input::{InvalidInput, Violation, ViolationCode, Violations};
use crate::json::Json;
use crate::smile_id::signature::{SigningKey, is_signature};
use crate::value::{ApiKey, PartnerId, Timestamp};

/// How old a signature may be unless another window is set. Assumption: documented nowhere.
pub const DEFAULT_MAX_AGE_SECONDS: f64 = 300.0;

/// How far ahead of our clock it may be unless another window is set. Assumption: documented nowhere.
pub const DEFAULT_MAX_AHEAD_SECONDS: f64 = 60.0;

/// The widest window that is taken: a day. A wider one would hold no replay off.
pub const MAX_WINDOW_SECONDS: f64 = 86_400.0;

/// The same three in milliseconds: a program that gives no fractions carries none of what reads them.
pub(super) const MAX_WINDOW_MILLIS: i64 = 86_400_000;
pub(super) const DEFAULT_MAX_AGE_MILLIS: i64 = 300_000;
pub(super) const DEFAULT_MAX_AHEAD_MILLIS: i64 = 60_000;

/// The webhook's headers.
const TIMESTAMP_HEADER: &str = "Response-Timestamp";
const SIGNATURE_HEADER: &str = "Response-Signature";
const JOB_ID_HEADER: &str = "Job-ID";
const USER_ID_HEADER: &str = "User-ID";

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

/// The parts of a message before anything is believed.
struct Message<'a> {
    timestamp: &'a str,
    signature: &'a str,
    sent: Option<Timestamp>,
    named: Named,
    /// The job as the delivery key has it.
    key_job_id: Option<&'a str>,
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
            max_age_millis: DEFAULT_MAX_AGE_MILLIS,
            max_ahead_millis: DEFAULT_MAX_AHEAD_MILLIS,
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
        let keys = violations.keep(keys_of(keys));
        let (partner_id, keys) = violations.finish(partner_id.zip(keys))?;
        Self::new(partner_id, &keys)
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
    pub fn window(self, max_age_seconds: f64, max_ahead_seconds: f64) -> Result<Self, InvalidInput> {
        let mut violations = Violations::default();
        let mut millis = |path: &str, seconds| {
            // NaN is in no range.
            let millis = (0.0..=MAX_WINDOW_SECONDS).contains(&seconds).then(|| millis_of(seconds)).flatten();
            if millis.is_none() {
                violations.push(out_of_window(path));
            }
            millis
        };
        let window =
            millis("max_age_seconds", max_age_seconds).zip(millis("max_ahead_seconds", max_ahead_seconds));
        let (age, ahead) = violations.finish(window)?;
        Ok(self.window_millis(age, ahead))
    }

    /// Sets a window that was checked.
    pub(super) const fn window_millis(mut self, age: i64, ahead: i64) -> Self {
        self.max_age_millis = age;
        self.max_ahead_millis = ahead;
        self
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
            let expected = key.sign(message.timestamp.as_bytes(), partner_id);
            matched | expected.as_bytes().ct_eq(message.signature.as_bytes())
        })
    }
}

/// Every key of these texts, each of which must be one.
pub(super) fn keys_of(texts: &[&str]) -> Result<Vec<ApiKey>, InvalidInput> {
    let mut violations = Violations::default();
    let mut keys = Vec::new();
    for (place, text) in texts.iter().enumerate() {
        let key = ApiKey::parse(text).map_err(|invalid| invalid.at(&alloc::format!("keys/{place}")));
        keys.extend(violations.keep(key));
    }
    if texts.is_empty() {
        violations.add("keys", ViolationCode::Required);
    }
    violations.finish(Some(keys))
}

pub(super) fn out_of_window(path: &str) -> Violation {
    Violation::new(path, ViolationCode::OutOfRange).expected("from 0 to 86400 seconds")
}

/// Whole milliseconds of seconds that are finite and not negative.
fn millis_of(seconds: f64) -> Option<i64> {
    i64::try_from(Duration::try_from_secs_f64(seconds).ok()?.as_millis()).ok()
}

impl fmt::Debug for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Verifier({}, {} keys)", self.partner_id.as_str(), self.keys.len())
    }
}
