//! A JSON answer, and what the log and the journal want to know about it.

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

/// Rides along in the response's extensions; never sent.
#[derive(Clone, Default)]
pub(crate) struct Outcome {
    /// The service's own code ("2205").
    pub(crate) code: Option<String>,
    /// Why, in this program's words, for the log only: the answer stays as terse as the real service's.
    pub(crate) cause: Option<&'static str>,
    /// Whether the service did what it was asked.
    pub(crate) processed: bool,
}

/// In a response's extensions: close the connection instead of answering.
#[derive(Clone, Copy)]
pub(crate) struct Hangup;

pub(crate) struct Reply {
    status: StatusCode,
    /// JSON as text.
    body: String,
    outcome: Outcome,
}

impl Reply {
    pub(crate) fn done(status: StatusCode, body: &Value) -> Self {
        let body = body.to_string();
        Self { status, body, outcome: Outcome { code: None, cause: None, processed: true } }
    }

    pub(crate) fn refusal(status: StatusCode, body: &Value, cause: &'static str) -> Self {
        let body = body.to_string();
        Self { status, body, outcome: Outcome { code: None, cause: Some(cause), processed: false } }
    }

    pub(crate) fn with_code(mut self, code: &str) -> Self {
        self.outcome.code = Some(code.to_owned());
        self
    }

    /// The shape of errors that belong to this server, not to a service.
    pub(crate) fn error(status: StatusCode, text: &str, cause: &'static str) -> Self {
        Self::refusal(status, &json!({ "error": text }), cause)
    }

    /// The state file failed under us (disk full).
    pub(crate) fn storage() -> Self {
        let cause = "the state could not be read or written";
        Self::error(StatusCode::INTERNAL_SERVER_ERROR, cause, cause)
    }
}

impl IntoResponse for Reply {
    fn into_response(self) -> Response {
        let mut response = Response::new(Body::from(self.body));
        *response.status_mut() = self.status;
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        response.extensions_mut().insert(self.outcome);
        response
    }
}
