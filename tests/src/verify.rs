//! Callbacks and webhooks: verdicts, and what is said of a valid one.

use alloc::string::String;
use alloc::vec::Vec;

use enrollkit::smile_id::{DEFAULT_MAX_AGE_SECONDS, DEFAULT_MAX_AHEAD_SECONDS, Verifier};
use enrollkit::{ApiKey, InvalidInput, Json, PartnerId};

use crate::{body, headers, object, optional, refused, text, time};

pub(crate) fn verify(input: &Json) -> Result<Json, String> {
    let now = time(input, "now")?;
    let body = body(input)?;
    let verifier = match verifier(input)? {
        Ok(verifier) => verifier,
        Err(invalid) => return Ok(refused(&invalid)),
    };
    let (result, verdict) = match input.get("headers") {
        Some(_) => (
            verifier.webhook(headers(input), &body, now),
            verifier.inspect_webhook(headers(input), &body, now),
        ),
        None => (verifier.callback(&body, now), verifier.inspect_callback(&body, now)),
    };
    Ok(match result {
        Ok(message) => object([
            ("verdict", verdict.slug().into()),
            ("age_seconds", message.age_seconds().into()),
            ("job_id", optional(message.job_id())),
            ("user_id", optional(message.user_id())),
            ("delivery_key", message.delivery_key().into()),
            ("pair_key", message.pair_key().into()),
        ]),
        Err(refused) => {
            object([("verdict", verdict.slug().into()), ("refused", refused.reason().slug().into())])
        }
    })
}

fn verifier(input: &Json) -> Result<Result<Verifier, InvalidInput>, String> {
    let keys: Vec<&str> = input
        .get("keys")
        .and_then(Json::as_array)
        .ok_or("no keys")?
        .iter()
        .filter_map(Json::as_str)
        .collect();
    let seconds = |key: &str, default: f64| match input.get(key) {
        None => Ok(default),
        // "NaN" and "inf" are no JSON numbers, so they stand as text.
        Some(Json::String(text)) => text.parse().map_err(|_| String::from("bad seconds")),
        Some(value) => value
            .as_number()
            .and_then(|number| number.as_str().parse().ok())
            .ok_or_else(|| "bad seconds".into()),
    };
    let age = seconds("max_age_seconds", DEFAULT_MAX_AGE_SECONDS)?;
    let ahead = seconds("max_ahead_seconds", DEFAULT_MAX_AHEAD_SECONDS)?;
    let partner = text(input, "partner_id")?;
    let made = || {
        let keys = keys.iter().map(|key| ApiKey::parse(key)).collect::<Result<Vec<_>, _>>()?;
        Verifier::new(PartnerId::parse(partner)?, &keys)?.window(age, ahead)
    };
    Ok(made())
}
