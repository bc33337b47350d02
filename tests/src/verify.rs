//! Callbacks and webhooks: verdicts, and what is said of a valid one.

use alloc::string::String;
use alloc::vec::Vec;

use enrollkit::smile_id::{DEFAULT_MAX_AGE_SECONDS, DEFAULT_MAX_AHEAD_SECONDS, Verifier};
use enrollkit::{InvalidInput, Json, RefusalReason};

use crate::{body, flag, headers, object, optional, refused, text, time};

pub(crate) fn verify(input: &Json) -> Result<Json, String> {
    let now = time(input, "now")?;
    let body = body(input)?;
    let verifier = match verifier(input)? {
        Ok(verifier) => verifier,
        Err(invalid) => return Ok(refused(&invalid)),
    };
    let (result, refusal) = match input.get("headers") {
        Some(_) => (
            verifier.webhook(headers(input), &body, now),
            verifier.webhook_refusal(headers(input), &body, now),
        ),
        None => (verifier.callback(&body, now), verifier.callback_refusal(&body, now)),
    };
    let verdict = refusal.map_or("valid", RefusalReason::slug);
    Ok(match result {
        Ok(message) => object([
            ("verdict", verdict.into()),
            ("age_seconds", message.age_seconds().into()),
            ("job_id", optional(message.job_id())),
            ("user_id", optional(message.user_id())),
            ("ids_differ", message.ids_differ().into()),
            ("result_code", optional(message.result_code())),
            ("partner_id_form", message.partner_id_form().slug().into()),
            ("delivery_key", message.delivery_key().into()),
            ("pair_key", message.pair_key().into()),
        ]),
        Err(refused) => object([("verdict", verdict.into()), ("refused", refused.reason().slug().into())]),
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
        let verifier = Verifier::from_texts(partner, &keys)?.window(age, ahead)?;
        Ok(if flag(input, "partner_id_without_zeros") { verifier.also_without_zeros() } else { verifier })
    };
    Ok(made())
}
