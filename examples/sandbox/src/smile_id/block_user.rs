//! `POST /v2/block-user`: the successor; the same signature, but in headers. Only re-enroll and delete.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use serde_json::{Map, Value};

use super::codes::{Environment, MISSING, Refusal, UNAUTHORIZED, WRONG_TYPE, refuse};
use super::request::{change, object, success, text};
use super::signature::Claim;
use crate::app::App;
use crate::reply::Reply;
use crate::store::Change;
use crate::subject::Subject;

pub(crate) const HEADERS: [&str; 3] =
    ["smileid-partner-id", "smileid-request-signature", "smileid-timestamp"];

pub(crate) async fn handle(State(app): State<Arc<App>>, headers: HeaderMap, body: Bytes) -> Reply {
    run(&app, &headers, &body).unwrap_or_else(|refusal| refusal.reply())
}

fn run(app: &App, headers: &HeaderMap, body: &[u8]) -> Result<Reply, Refusal> {
    let map = object(body)?;
    let user_id = text(&map, "user_id")?;
    let (_, to_do, message) = action(&map)?;
    let [partner_id, signature, timestamp] = HEADERS;
    let claim = Claim {
        partner_id: header(headers, partner_id)?,
        signature: header(headers, signature)?,
        timestamp: header(headers, timestamp)?,
    };
    let expected = app.expected();
    expected.check_claim(&claim)?;
    // The real service tells environments apart by host; one local address can't, so the key that matches decides.
    let Some(environment) =
        Environment::ALL.into_iter().find(|environment| expected.matches(*environment, &claim))
    else {
        return refuse(UNAUTHORIZED, "the signature matches neither environment's key");
    };
    change(&app.store(), environment, user_id, to_do)?;
    Ok(success(message))
}

fn action(map: &Map<String, Value>) -> Result<(&'static str, Change, &'static str), Refusal> {
    match (map.get("allow_new_enroll"), map.get("delete")) {
        (Some(Value::Bool(true)), None) => {
            Ok(("smile_id.block_user.re_enroll", Change::AllowNewEnroll(true), "User may enroll again"))
        }
        (None, Some(Value::Bool(true))) => {
            Ok(("smile_id.block_user.delete_permanently", Change::Delete, "User deleted"))
        }
        (None, None) => refuse(MISSING, "no action"),
        // Assumption, as for the older endpoint.
        (Some(_), Some(_)) => refuse(WRONG_TYPE, "several actions at once"),
        _ => refuse(WRONG_TYPE, "the action is not true"),
    }
}

/// Assumption: a missing authentication header is a missing parameter, one given twice is not authorized.
fn header<'a>(headers: &'a HeaderMap, name: &'static str) -> Result<&'a str, Refusal> {
    let mut values = headers.get_all(name).iter();
    let Some(value) = values.next() else {
        return refuse(MISSING, name);
    };
    match (value.to_str(), values.next()) {
        (Ok(text), None) => Ok(text),
        _ => refuse(UNAUTHORIZED, "an authentication header is unreadable or given twice"),
    }
}

/// For the journal.
pub(crate) fn subject(headers: &HeaderMap, body: &[u8]) -> Subject {
    let map = object(body).unwrap_or_default();
    Subject {
        service: "smile_id",
        operation: action(&map).map_or("smile_id.block_user", |(operation, ..)| operation),
        user_id: text(&map, "user_id").ok().map(str::to_owned),
        secret: header(headers, HEADERS[1]).ok().map(str::to_owned),
    }
}
