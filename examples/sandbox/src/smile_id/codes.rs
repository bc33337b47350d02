//! The environments, and what the service says when it refuses.

use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::reply::Reply;

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

/// Documented: the result of a job that enrolled its user.
pub(crate) const ENROLLED: Code = ("0840", "Enroll User");
// Assumption: code and text of a provisional result.
pub(crate) const PROVISIONAL: Code = ("0846", "Provisional Enroll - Under Review (simulated)");
// Assumption: "all jobs will be marked as failed" says neither code nor text.
pub(crate) const FRAUDULENT: Code = ("0841", "Enrollment Failed - Flagged User (simulated)");

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
        Reply::refusal(status, &failure_body(self.code.0, self.code.1), self.cause).with_code(self.code.0)
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
