//! What every endpoint reads and checks.

use axum::http::StatusCode;
use serde_json::{Map, Value, json};

use super::codes::{
    DELETED, Environment, MISSING, NO_USER, Refusal, UNAUTHORIZED, WRONG_TYPE, refuse, storage,
};
use super::signature::Claim;
use crate::app::App;
use crate::reply::Reply;
use crate::store::{Change, Store};

/// Assumption: the success body; no page shows one.
pub(crate) fn success(message: &str) -> Reply {
    Reply::done(StatusCode::OK, &json!({ "message": message, "status": "OK" }))
}

/// The body as a JSON object. Assumption: anything else is "wrong data type".
pub(super) fn object(body: &[u8]) -> Result<Map<String, Value>, Refusal> {
    match serde_json::from_slice(body) {
        Ok(Value::Object(map)) => Ok(map),
        Ok(_) => refuse(WRONG_TYPE, "the body is not a JSON object"),
        Err(_) => refuse(WRONG_TYPE, "the body is not JSON"),
    }
}

/// A required text. Assumption: an empty one counts as missing.
pub(super) fn text<'a>(map: &'a Map<String, Value>, field: &'static str) -> Result<&'a str, Refusal> {
    match map.get(field) {
        None => refuse(MISSING, field),
        Some(Value::String(text)) if text.is_empty() => refuse(MISSING, field),
        Some(Value::String(text)) => Ok(text),
        Some(_) => refuse(WRONG_TYPE, field),
    }
}

/// The environment of a body whose signature holds there.
pub(super) fn signed(app: &App, map: &Map<String, Value>) -> Result<Environment, Refusal> {
    // What is missing is said before what is wrong.
    text(map, "environment")?;
    let claim = Claim {
        partner_id: text(map, "partner_id")?,
        signature: text(map, "signature")?,
        timestamp: text(map, "timestamp")?,
    };
    let expected = app.expected();
    expected.check_partner(claim.partner_id)?;
    let environment = environment(map)?;
    expected.check_claim(&claim)?;
    if !expected.matches(environment, &claim) {
        return refuse(UNAUTHORIZED, expected.mismatch(environment, &claim));
    }
    Ok(environment)
}

fn environment(map: &Map<String, Value>) -> Result<Environment, Refusal> {
    let Some(environment) = Environment::parse(text(map, "environment")?) else {
        return refuse(WRONG_TYPE, "environment is neither test nor production");
    };
    Ok(environment)
}

/// Carries out a checked and signed change.
pub(super) fn change(
    store: &Store,
    environment: Environment,
    user_id: &str,
    change: Change,
) -> Result<(), Refusal> {
    match store.user(environment, user_id).map_err(storage)? {
        None => refuse(NO_USER, "no such user in this environment"),
        Some(user) if user.deleted => refuse(DELETED, "the user was deleted for ever"),
        Some(_) => store.change(environment, user_id, change).map_err(storage),
    }
}
