//! Which answers are failures, and of what kind: documented codes first, then the HTTP status.

use super::answer::Reply;
use crate::error::{ApiError, ApiErrorParts, ErrorKind};
use crate::json::Json;
use crate::operation::Service;
use crate::smile_id::codes;
use crate::text::is_blank;

/// Where the service's code stands in a body.
///
/// Assumption: documented for Smile ID's older error shape only, `{"error": "...", "code": "2205"}`.
const CODE_KEY: &str = "code";

/// Where an error's text stands. A text there makes even a 2xx a failure (assumption).
const ERROR_KEY: &str = "error";

/// Where a message stands.
pub(crate) const MESSAGE_KEY: &str = "message";

impl Reply<'_> {
    /// The service's code, as text.
    pub(crate) fn service_code(&self) -> Option<&str> {
        self.body.text(CODE_KEY)
    }

    /// The documented meaning of the service's code, with the text that stands beside it.
    fn documented_kind(&self) -> Option<ErrorKind> {
        let code = self.service_code()?;
        let smile_id = self.operation.service() == Service::SmileId;
        smile_id.then(|| codes::kind(code, self.error_text().unwrap_or_default()))?
    }

    /// Whether the service's code is one of its successes, or there is none.
    pub(crate) fn code_is_no_failure(&self) -> bool {
        let smile_id = self.operation.service() == Service::SmileId;
        self.service_code().is_none_or(|code| smile_id && codes::is_success(code))
    }

    /// What the service wrote about its "no".
    fn error_text(&self) -> Option<&str> {
        let json = self.body.json.as_ref()?;
        let text = |key: &str| json.get(key)?.as_str().filter(|text| !is_blank(text));
        text(ERROR_KEY).or(text(MESSAGE_KEY)).or_else(|| json.get(ERROR_KEY)?.get(MESSAGE_KEY)?.as_str())
    }

    /// Whether the body names an error, in whatever shape.
    fn names_error(&self) -> bool {
        match self.body.json.as_ref().and_then(|json| json.get(ERROR_KEY)) {
            // A number may be a count or a code, 0 for none: it says too little to be either failure or success.
            None | Some(Json::Null | Json::Bool(false) | Json::Number(_)) => false,
            Some(Json::String(text)) => !is_blank(text),
            Some(Json::Object(object)) => !object.is_empty(),
            Some(Json::Array(items)) => !items.is_empty(),
            Some(Json::Bool(true)) => true,
        }
    }

    /// The failure that this answer is, if it is one: a 2xx is not yet a success.
    pub(crate) fn failure(&self) -> Option<ApiError> {
        let documented = self.documented_kind();
        if self.is_success() && documented.is_none() && !self.names_error() {
            return None;
        }
        let by_status = kind_of_status(self.status);
        // What redirects us is not the service: a code in its body means nothing.
        let kind =
            if by_status == ErrorKind::Redirected { by_status } else { documented.unwrap_or(by_status) };
        Some(self.error(kind))
    }

    pub(crate) fn error(&self, kind: ErrorKind) -> ApiError {
        ApiError::new(ApiErrorParts {
            operation: self.operation,
            kind,
            status: self.status,
            service_code: self.service_code().map(|code| self.show(code)),
            service_message: self.error_text().map(|message| self.show(message)),
            retry_after_seconds: self.headers.retry_after_seconds(self.signed_at),
            clock_skew_seconds: self
                .headers
                .date
                .zip(self.signed_at)
                .map(|(date, signed)| date.seconds_since(signed)),
            by_relay: self.relayed,
            account: self.account.filter(|_| kind == ErrorKind::Unauthorized).cloned(),
            raw: self.body.raw.clone(),
        })
    }
}

pub(crate) fn kind_of_status(status: u16) -> ErrorKind {
    match status {
        // `fetch` shows a redirect that it did not follow as status 0.
        0 | 300..=399 => ErrorKind::Redirected,
        400 | 413 | 415 | 422 => ErrorKind::InvalidRequest,
        401 => ErrorKind::Unauthorized,
        402 => ErrorKind::PaymentRequired,
        403 => ErrorKind::Forbidden,
        409 => ErrorKind::Conflict,
        429 => ErrorKind::RateLimited,
        500..=599 => ErrorKind::Server,
        // A 404 without a documented code may be a wrong address: it does not say that the user is unknown.
        _ => ErrorKind::Unknown,
    }
}
