//! The relay: a page or an app sends an intent to your own backend, which signs and sends it, and gets the outcome back.
//!
//! The wire form. Request: `POST`, `application/json`, the intent's JSON. Answer: `{"outcome": {"operation": …}}` or
//! `{"error": {"code": …}}`, without the service's raw body, and with integers beyond 2^53 as strings, since a browser's
//! JSON reader would round them.
//!
//! A backend's route, in order: [`RouteRules::refusal`]; the session; [`crate::Intent::from_bytes`]; your
//! policy (deny by default; an end user's `user_id` comes from the session); `client.call`; send; [`answer`].

mod route;

use alloc::string::String;
use alloc::vec::Vec;

pub use route::RouteRules;
use zeroize::Zeroizing;

use crate::address::RelayUrl;
use crate::body::json_headers;
use crate::call::{Call, Operation, Reader, Reply, Request};
use crate::error::{Error, ErrorCode, ErrorKind, Unreadable, UnreadableReason};
use crate::failure::kind_of_status;
use crate::http::Method;
use crate::json::{Json, Number, Object};
use crate::outcome::{Details, Outcome, ReadOutcome};

/// The largest integer that every JSON reader keeps: 2^53 - 1.
const MAX_SAFE_INTEGER: u64 = 9_007_199_254_740_991;

/// What a relay's backend answers with.
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
    Answer { status, body: Json::Object(Object::new().with(key, safe_integers(json))).to_text() }
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

/// The call that brings an intent to the backend.
pub(crate) fn call<T: ReadOutcome>(url: &RelayUrl, operation: Operation, intent: String) -> Call<T> {
    let request = Request {
        method: Method::Post,
        url: url.as_str().into(),
        headers: json_headers(),
        body: Zeroizing::new(intent),
    };
    Call::new(request, Reader::relayed(operation))
}

/// Reads a backend's answer: what it says of the service counts, whatever status carries it.
pub(crate) fn read<T: ReadOutcome>(reply: Reply<'_>) -> Result<T, Error> {
    if let Some(json) = &reply.body.json {
        let same = |json: &Json| json.get("operation").and_then(Json::as_str) == Some(reply.operation.slug());
        if let Some(outcome) = json.get("outcome").filter(|outcome| reply.is_success() && same(outcome)) {
            if let Some(outcome) = T::of_operation(outcome, reply.operation) {
                return Ok(outcome);
            }
        } else if let Some(error) =
            json.get("error").and_then(|error| Error::of_operation(error, reply.operation))
        {
            return Err(error);
        }
    }
    if reply.is_success() {
        let Reply { operation, status, body, .. } = reply;
        return Err(Unreadable::new(operation, UnreadableReason::NotRelay, status, body.raw).into());
    }
    // The backend itself, or something before it, said no: its session, its limits, its failure.
    Err(reply.error(kind_of_status(reply.status)).into())
}

impl core::fmt::Debug for Answer {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Answer(status {}, {} bytes)", self.status, self.body.len())
    }
}
