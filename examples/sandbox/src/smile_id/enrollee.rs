//! `POST /api/v2/partner/enrollee`: re-enroll, deactivate, flag, delete.
//!
//! Source: "How to re-enroll, deactivate or delete a user?". The request is documented, the answers are not.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use serde_json::{Map, Value};

use super::codes::{MISSING, Refusal, WRONG_TYPE, refuse};
use super::request::{change, object, signed, success, text};
use crate::app::App;
use crate::reply::Reply;
use crate::store::Change;
use crate::subject::Subject;

const ACTIONS: [&str; 4] = ["allow_new_enroll", "active", "is_fraudulent", "delete"];

struct Action {
    operation: &'static str,
    change: Change,
    /// Assumption: the success message.
    message: &'static str,
}

pub(crate) async fn handle(State(app): State<Arc<App>>, body: Bytes) -> Reply {
    run(&app, &body).unwrap_or_else(|refusal| refusal.reply())
}

fn run(app: &App, body: &[u8]) -> Result<Reply, Refusal> {
    let map = object(body)?;
    let action = action(&map)?;
    // Assumption: which addresses are accepted; any non-empty text is.
    text(&map, "email")?;
    let user_id = text(&map, "user_id")?;
    let environment = signed(app, &map)?;
    change(&app.store(), environment, user_id, action.change)?;
    Ok(success(action.message))
}

fn action(map: &Map<String, Value>) -> Result<Action, Refusal> {
    let mut given = ACTIONS.iter().filter_map(|name| Some((*name, map.get(*name)?)));
    let Some((name, value)) = given.next() else {
        return refuse(MISSING, "no action");
    };
    // Assumption: several actions at once; every documented example has exactly one.
    if given.next().is_some() {
        return refuse(WRONG_TYPE, "several actions at once");
    }
    let Some(on) = value.as_bool() else {
        return refuse(WRONG_TYPE, "the action is not true or false");
    };
    let (operation, change, message) = match (name, on) {
        ("allow_new_enroll", true) => {
            ("smile_id.re_enroll", Change::AllowNewEnroll(true), "User may enroll again")
        }
        ("active", false) => ("smile_id.deactivate", Change::Active(false), "User deactivated"),
        ("active", true) => ("smile_id.reactivate", Change::Active(true), "User reactivated"),
        ("is_fraudulent", true) => ("smile_id.flag_fraud", Change::Fraudulent(true), "User flagged"),
        ("is_fraudulent", false) => ("smile_id.clear_fraud", Change::Fraudulent(false), "User cleared"),
        ("delete", true) => ("smile_id.delete_permanently", Change::Delete, "User deleted"),
        // Assumption: `allow_new_enroll: false` and `delete: false` mean nothing documented.
        _ => return refuse(WRONG_TYPE, "false means nothing for this action"),
    };
    Ok(Action { operation, change, message })
}

/// For the journal, also when a fault keeps the request from being processed.
pub(crate) fn subject(body: &[u8]) -> Subject {
    let map = object(body).unwrap_or_default();
    Subject {
        service: "smile_id",
        operation: action(&map).map_or("smile_id.enrollee", |action| action.operation),
        user_id: text(&map, "user_id").ok().map(str::to_owned),
        secret: text(&map, "signature").ok().map(str::to_owned),
    }
}
