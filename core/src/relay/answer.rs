//! What a relay's back end answers with.

use alloc::string::String;
use alloc::vec::Vec;

use crate::details::Details;
use crate::error::{Error, ErrorCode, ErrorKind};
use crate::json::{Json, Number, Object};
use crate::outcome::Outcome;

/// The largest integer that every JSON reader keeps: 2^53 - 1.
const MAX_SAFE_INTEGER: u64 = 9_007_199_254_740_991;

/// What a relay's back end answers with.
#[derive(Clone, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status: 200 for an outcome; 403, 422, 502 or 504 for an error.
    pub status: u16,
    /// The body, JSON. Send it as `application/json`, with `Cache-Control: no-store`.
    pub body: String,
}

/// The answer for what came of an intent. Details (identity documents, the service's own words of an error) are withheld unless
/// the policy asks for them.
#[must_use]
pub fn answer(result: &Result<Outcome, Error>, details: Details) -> Answer {
    let (status, key, json) = match result {
        Ok(outcome) => (200, "outcome", outcome.to_json(details)),
        Err(error) => (status_of(error), "error", error.to_json_with(details)),
    };
    let mut object = Object::new();
    object.put(key, safe_integers(json));
    Answer { status, body: object.to_text() }
}

fn status_of(error: &Error) -> u16 {
    match error {
        Error::Api(error) if error.kind() == ErrorKind::RefusedByPolicy => 403,
        _ => match error.code() {
            ErrorCode::InvalidInput => 422,
            ErrorCode::NoResponse => 504,
            ErrorCode::ApiError | ErrorCode::Unreadable => 502,
            ErrorCode::SignatureRefused => 403,
        },
    }
}

/// Integers that a browser would round become strings. Recursion is bounded by the depth of what was read.
fn safe_integers(json: Json) -> Json {
    match json {
        Json::Number(number) if !is_safe(&number) => Json::String(number.as_str().into()),
        Json::Array(items) => items.into_iter().map(safe_integers).collect::<Vec<_>>().into(),
        Json::Object(mut object) => {
            object
                .values_mut()
                .for_each(|value| *value = safe_integers(core::mem::replace(value, Json::Null)));
            Json::Object(object)
        }
        other => other,
    }
}

fn is_safe(number: &Number) -> bool {
    !number.is_integer() || number.as_i64().is_some_and(|value| value.unsigned_abs() <= MAX_SAFE_INTEGER)
}

impl core::fmt::Debug for Answer {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Answer(status {}, {} bytes)", self.status, self.body.len())
    }
}
