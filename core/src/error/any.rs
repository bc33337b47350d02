//! Anything that goes wrong, in one type: five codes, each with what a caller can act on.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use super::api::ApiError;
use super::no_response::NoResponse;
use super::refused::{RefusalReason, SignatureRefused};
use super::unreadable::{Unreadable, UnreadableReason};
use crate::details::Details;
use crate::http::RawBody;
use crate::input::{InvalidInput, Violation};
use crate::json::{Json, Object};
use crate::operation::Operation;
use crate::slug::slugs;

slugs! {
    /// What went wrong, in one word.
    pub enum ErrorCode {
        /// The input can't become a request; nothing was built. All violations are listed.
        InvalidInput = "invalid_input",
        /// The service answered, and said no.
        ApiError = "api_error",
        /// The service answered, and the answer can't be read.
        Unreadable = "unreadable",
        /// The host got no answer.
        NoResponse = "no_response",
        /// A callback or webhook is not to be trusted.
        SignatureRefused = "signature_refused",
    }
}

/// Anything that goes wrong, in one type.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// The input can't become a request.
    InvalidInput(InvalidInput),
    /// The service said no.
    Api(ApiError),
    /// The answer can't be read.
    Unreadable(Unreadable),
    /// The host got no answer.
    NoResponse(NoResponse),
    /// A callback or webhook is not to be trusted.
    SignatureRefused(SignatureRefused),
}

impl Error {
    /// The error of a call that got no answer: for hosts that hold no [`crate::Call`].
    #[must_use]
    pub fn no_response(operation: Operation) -> Self {
        NoResponse::new(operation, false).into()
    }

    /// The error of a call of which nothing can have left this machine towards the service: for hosts that hold no
    /// [`crate::Call`].
    #[must_use]
    pub fn not_sent(operation: Operation) -> Self {
        NoResponse::new(operation, true).into()
    }

    /// The error's stable code.
    #[must_use]
    pub fn code(&self) -> ErrorCode {
        match self {
            Self::InvalidInput(_) => ErrorCode::InvalidInput,
            Self::Api(_) => ErrorCode::ApiError,
            Self::Unreadable(_) => ErrorCode::Unreadable,
            Self::NoResponse(_) => ErrorCode::NoResponse,
            Self::SignatureRefused(_) => ErrorCode::SignatureRefused,
        }
    }

    /// The violations, when the input was invalid; else none.
    #[must_use]
    pub fn violations(&self) -> &[Violation] {
        if let Self::InvalidInput(invalid) = self { invalid.violations() } else { &[] }
    }

    /// The body that the error is about, as it came, the call's secrets masked; empty where there is none. It may hold personal
    /// data.
    #[must_use]
    pub fn raw(&self) -> &[u8] {
        match self {
            Self::Api(error) => error.raw(),
            Self::Unreadable(error) => error.raw(),
            _ => &[],
        }
    }

    /// Whether the action may have taken effect all the same: look the user up before doing anything else.
    #[must_use]
    pub fn outcome_unknown(&self) -> bool {
        match self {
            Self::Api(error) => error.outcome_unknown(),
            Self::NoResponse(error) => error.outcome_unknown(),
            Self::Unreadable(error) => error.operation().is_mutation(),
            Self::InvalidInput(_) | Self::SignatureRefused(_) => false,
        }
    }

    /// What `Display` writes, without what Rust's formatting weighs in WebAssembly.
    #[must_use]
    pub fn message(&self) -> String {
        match self {
            Self::InvalidInput(error) => error.message(),
            Self::Api(error) => error.message(),
            Self::Unreadable(error) => error.message(),
            Self::NoResponse(error) => error.message(),
            Self::SignatureRefused(error) => error.message(),
        }
    }

    /// The plain-data form, fit for a log: codes and facts, nothing that the service wrote, no secret.
    #[must_use]
    pub fn to_json(&self) -> Json {
        self.to_json_with(Details::Withheld)
    }

    /// As [`Self::to_json`]; [`Details::Included`] adds [`ApiError::service_message`], which may repeat personal data.
    #[must_use]
    pub fn to_json_with(&self, details: Details) -> Json {
        let mut object = Object::of_text("code", self.code().slug());
        match self {
            Self::InvalidInput(error) => object.put("violations", error.to_json()),
            Self::Api(error) => error.write_to(&mut object, details),
            Self::Unreadable(error) => {
                object.put_text("operation", error.operation().slug());
                object.put_text("reason", error.reason().slug());
                object.put_integer("status", Some(i64::from(error.status())));
                object.put_flag("outcome_unknown", Some(self.outcome_unknown()));
            }
            Self::NoResponse(error) => {
                object.put_text("operation", error.operation().slug());
                object.put_flag("not_sent", Some(error.not_sent()));
                object.put_flag("outcome_unknown", Some(error.outcome_unknown()));
            }
            Self::SignatureRefused(error) => object.put_text("reason", error.reason().slug()),
        }
        object.into()
    }

    /// Reads what [`Self::to_json`] wrote; `None` for anything else. The raw body is not part of that form.
    #[must_use]
    pub fn from_json(json: &Json) -> Option<Self> {
        let operation = json.get("operation").and_then(Json::as_str).and_then(Operation::from_slug);
        Self::read(json, operation)
    }

    /// As [`Self::from_json`], for an operation that the reader knows.
    pub(crate) fn of_operation(json: &Json, operation: Operation) -> Option<Self> {
        Self::read(json, Some(operation))
    }

    /// Invalid input and a refused signature are about no operation; the others are none without it.
    fn read(json: &Json, operation: Option<Operation>) -> Option<Self> {
        let raw = RawBody::default();
        let slug = |name: &str| json.get(name).and_then(Json::as_str);
        let status = || json.get("status")?.as_number()?.as_i64()?.try_into().ok();
        Some(match ErrorCode::from_slug(slug("code")?)? {
            ErrorCode::InvalidInput => {
                let mut violations = Vec::new();
                for violation in json.get("violations")?.as_array()? {
                    if let Some(violation) = Violation::from_json(violation) {
                        violations.push(violation);
                    }
                }
                Self::InvalidInput(InvalidInput::of(violations)?)
            }
            ErrorCode::ApiError => Self::Api(ApiError::from_json(json, operation?, raw)?),
            ErrorCode::Unreadable => Self::Unreadable(Unreadable::new(
                operation?,
                UnreadableReason::from_slug(slug("reason")?)?,
                status()?,
                raw,
            )),
            ErrorCode::NoResponse => {
                let not_sent = matches!(json.get("not_sent"), Some(Json::Bool(true)));
                Self::NoResponse(NoResponse::new(operation?, not_sent))
            }
            ErrorCode::SignatureRefused => {
                Self::SignatureRefused(SignatureRefused::new(RefusalReason::from_slug(slug("reason")?)?))
            }
        })
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message())
    }
}

impl core::error::Error for Error {}

impl From<InvalidInput> for Error {
    fn from(error: InvalidInput) -> Self {
        Self::InvalidInput(error)
    }
}

impl From<ApiError> for Error {
    fn from(error: ApiError) -> Self {
        Self::Api(error)
    }
}

impl From<Unreadable> for Error {
    fn from(error: Unreadable) -> Self {
        Self::Unreadable(error)
    }
}

impl From<NoResponse> for Error {
    fn from(error: NoResponse) -> Self {
        Self::NoResponse(error)
    }
}

impl From<SignatureRefused> for Error {
    fn from(error: SignatureRefused) -> Self {
        Self::SignatureRefused(error)
    }
}

impl serde::Serialize for Error {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_json().serialize(serializer)
    }
}
