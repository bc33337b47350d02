//! Smile ID's user management.

pub(crate) mod block_user;
pub(crate) mod enrollee;
pub(crate) mod enrollee_info;
pub(crate) mod jobs;
pub(crate) mod signature;

use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use signature::Claim;

use crate::app::App;
use crate::reply::Reply;
use crate::store::{Change, Store};

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Environment {
    Test,
    Production,
}

impl Environment {
    pub(crate) const ALL: [Self; 2] = [Self::Test, Self::Production];

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Test => "test",
            Self::Production => "production",
        }
    }

    pub(crate) fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|environment| environment.as_str() == text)
    }
}

/// Documented result codes. Texts are close to the documentation's; clients must go by the code.
pub(crate) type Code = (&'static str, &'static str);
pub(crate) const WRONG_TYPE: Code = ("2204", "A parameter is of the wrong data type");
pub(crate) const UNAUTHORIZED: Code = ("2205", "You are not authorized to do that.");
pub(crate) const DISABLED: Code = ("2207", "Enrolled user is disabled");
pub(crate) const DELETED: Code = ("2208", "Enrolled user is deleted");
pub(crate) const ALREADY_ENROLLED: Code =
    ("2209", "Wrong user id. This user is already enrolled with user_id");
pub(crate) const NO_USER: Code = ("2210", "No enrolled user found");
pub(crate) const MISSING: Code = ("2213", "A required parameter is missing");
pub(crate) const JOB_EXISTS: Code = ("2215", "Job already exists for job_id");

// Assumption: the HTTP status of a failure.
const STATUS_UNAUTHORIZED: StatusCode = StatusCode::UNAUTHORIZED;
const STATUS_OTHER: StatusCode = StatusCode::BAD_REQUEST;

/// A failure as the service says it, and its cause for our log.
pub(crate) struct Refusal {
    pub(crate) code: Code,
    pub(crate) cause: &'static str,
}

impl Refusal {
    pub(crate) fn reply(&self) -> Reply {
        let status = if is_unauthorized(self.code.0) { STATUS_UNAUTHORIZED } else { STATUS_OTHER };
        Reply::refused(status, &failure_body(self.code.0, self.code.1), self.cause).with_code(self.code.0)
    }
}

pub(crate) fn refuse<T>(code: Code, cause: &'static str) -> Result<T, Refusal> {
    Err(Refusal { code, cause })
}

/// For `map_err`: the state could not be used. 2201 is the documented "System Error".
pub(crate) fn storage(_: rusqlite::Error) -> Refusal {
    Refusal { code: ("2201", "System Error"), cause: "the state could not be read or written" }
}

fn is_unauthorized(code: &str) -> bool {
    matches!(code, "2205" | "2405")
}

/// Assumption: the older endpoints' error shape holds here too.
pub(crate) fn failure_body(code: &str, text: &str) -> Value {
    json!({ "error": text, "code": code })
}

/// Assumption: the success body; no page shows one.
pub(crate) fn success(message: &str) -> Reply {
    Reply::done(StatusCode::OK, &json!({ "message": message, "status": "OK" }))
}

/// The body as a JSON object. Assumption: anything else is "wrong data type".
fn object(body: &[u8]) -> Result<Map<String, Value>, Refusal> {
    match serde_json::from_slice(body) {
        Ok(Value::Object(map)) => Ok(map),
        Ok(_) => refuse(WRONG_TYPE, "the body is not a JSON object"),
        Err(_) => refuse(WRONG_TYPE, "the body is not JSON"),
    }
}

/// A required text. Assumption: an empty one counts as missing.
fn text<'a>(map: &'a Map<String, Value>, field: &'static str) -> Result<&'a str, Refusal> {
    match map.get(field) {
        None => refuse(MISSING, field),
        Some(Value::String(text)) if text.is_empty() => refuse(MISSING, field),
        Some(Value::String(text)) => Ok(text),
        Some(_) => refuse(WRONG_TYPE, field),
    }
}

/// The environment of a body whose signature holds there.
fn signed(app: &App, map: &Map<String, Value>) -> Result<Environment, Refusal> {
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
fn change(store: &Store, environment: Environment, user_id: &str, change: Change) -> Result<(), Refusal> {
    match store.user(environment, user_id).map_err(storage)? {
        None => refuse(NO_USER, "no such user in this environment"),
        Some(user) if user.deleted => refuse(DELETED, "the user was deleted for ever"),
        Some(_) => store.change(environment, user_id, change).map_err(storage),
    }
}
