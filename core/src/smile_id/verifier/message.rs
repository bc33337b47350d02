//! What a message holds, before anything of it is believed.

use alloc::string::String;

use sha2::{Digest, Sha256};

use crate::http::{MAX_RESPONSE_BYTES, lenient_text};
use crate::json::{Json, MAX_DEPTH, read_lenient};

/// Where a callback's body has its parts.
pub(super) const TIMESTAMP_KEY: &str = "timestamp";
pub(super) const SIGNATURE_KEY: &str = "signature";
/// Objects of a callback's body that may hold `job_id` and `user_id` when the body itself does not. The first is the
/// look-up's spelling, the second the older callbacks'.
const PARAMS_KEYS: [&str; 2] = ["partner_params", "PartnerParams"];

/// Where a body has the job's result: the newer spelling, and the older one of the documented callbacks.
const RESULT_CODE_KEYS: [&str; 2] = ["result_code", "ResultCode"];

/// How many digits a result code has. A number has lost its leading zeros: they are put back.
const RESULT_CODE_DIGITS: usize = 4;

/// The longest result code that is taken for one.
const MAX_RESULT_CODE_DIGITS: usize = 8;

/// Which job and user a message names.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) job_id: Option<String>,
    pub(super) user_id: Option<String>,
    /// Whether two places of the message name different ones.
    pub(super) differ: bool,
}

impl Named {
    /// From the headers' words, and the body's: its own members, and those of its parameters.
    pub(super) fn of(job_id: Option<&str>, user_id: Option<&str>, json: Option<&Json>) -> Self {
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

/// A body that is JSON.
pub(super) struct Decoded {
    pub(super) json: Json,
    /// Whether two different bodies could give this JSON.
    pub(super) lossy: bool,
}

/// The body as JSON, unless a key comes twice: then two readers could see two messages.
pub(super) fn decode(body: &[u8]) -> Option<Decoded> {
    if body.len() > MAX_RESPONSE_BYTES {
        return None;
    }
    let (json, loss) = read_lenient(&String::from_utf8_lossy(body), MAX_DEPTH).ok()?;
    let invalid = core::str::from_utf8(body).is_err();
    (!loss.repeated).then_some(Decoded { json, lossy: loss.replaced || invalid })
}

/// The result that a body claims; `None` for none, for what is no code, and for two that differ.
pub(super) fn result_code(json: &Json) -> Option<String> {
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
pub(super) fn delivery_key(job_id: Option<&str>, body: &[u8], decoded: Option<&Decoded>) -> String {
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

pub(super) fn hex(bytes: &[u8; 32]) -> String {
    let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte.div_euclid(16)), digit(byte.rem_euclid(16))]).collect()
}
