//! One error model for every language: five codes, each with what a caller can act on.
//!
//! No error text holds personal data, a secret, or what a service wrote; that is in
//! [`ApiError::service_message`] and [`ApiError::raw`], for who asks.

mod api;
mod violation;

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::fmt;

pub(crate) use api::ApiErrorParts;
pub use api::{ApiError, Cause, ErrorKind, Retry};
pub(crate) use violation::Violations;
pub use violation::{InvalidInput, Violation, ViolationCode};

use crate::call::Operation;
use crate::http::RawBody;
use crate::json::{Json, Object};
use crate::outcome::Details;
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

slugs! {
    /// Why an answer can't be read.
    pub enum UnreadableReason {
        /// The body is larger than the limit; it was not parsed.
        TooLarge = "too_large",
        /// The body nests deeper than [`crate::json::MAX_DEPTH`].
        TooDeep = "too_deep",
        /// A look-up's answer is not a JSON object.
        NotJson = "not_json",
        /// A backend's answer has not the relay's wire form.
        NotRelay = "not_relay",
    }
}

slugs! {
    /// The verdict on a signature that was received.
    pub enum RefusalReason {
        /// The signature is right, the time is longer ago than the window allows.
        Stale = "stale",
        /// The signature is right, the time is further ahead than the window allows.
        FromTheFuture = "from_the_future",
        /// No key of the verifier made this signature for this partner and time.
        Mismatch = "mismatch",
        /// A signature or timestamp is missing, given twice, or not of its form.
        Malformed = "malformed",
    }
}

impl UnreadableReason {
    /// The reason in a sentence.
    #[must_use]
    pub const fn text(self) -> &'static str {
        match self {
            Self::TooLarge => "the answer is larger than the limit",
            Self::TooDeep => "the answer nests too deep",
            Self::NotJson => "the answer is not a JSON object",
            Self::NotRelay => "the answer is not one of a relay",
        }
    }
}

impl RefusalReason {
    /// The reason in a sentence. For your log; tell the sender nothing but "refused".
    #[must_use]
    pub const fn text(self) -> &'static str {
        match self {
            Self::Stale => "the signature is right, its time is longer ago than the window allows",
            Self::FromTheFuture => "the signature is right, its time is further ahead than the window allows",
            Self::Mismatch => "no key of the verifier made this signature for this partner and time",
            Self::Malformed => "a signature or timestamp is missing, given twice, or not of its form",
        }
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

/// The service answered, and the answer can't be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable(Box<UnreadableParts>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct UnreadableParts {
    operation: Operation,
    reason: UnreadableReason,
    status: u16,
    raw: RawBody,
}

/// The host got no answer: made by the code that sends, with [`crate::Call::no_response`], or with [`crate::Call::not_sent`]
/// where nothing can have left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoResponse {
    operation: Operation,
    not_sent: bool,
}

/// A callback or webhook is not to be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignatureRefused {
    reason: RefusalReason,
}

impl Error {
    /// The error of a call that got no answer: for hosts that hold no [`crate::Call`].
    #[must_use]
    pub fn no_response(operation: Operation) -> Self {
        NoResponse { operation, not_sent: false }.into()
    }

    /// The error of a call of which nothing can have left this machine towards the service: for hosts that hold no
    /// [`crate::Call`].
    #[must_use]
    pub fn not_sent(operation: Operation) -> Self {
        NoResponse { operation, not_sent: true }.into()
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
            Self::Unreadable(error) => error.0.operation.is_mutation(),
            Self::InvalidInput(_) | Self::SignatureRefused(_) => false,
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
        let object = Object::new().with("code", self.code().slug());
        Json::Object(match self {
            Self::InvalidInput(error) => object.with("violations", error.to_json()),
            Self::Api(error) => error.write_to(object, details),
            Self::Unreadable(error) => object
                .with("operation", error.0.operation.slug())
                .with("reason", error.0.reason.slug())
                .with("status", i64::from(error.0.status))
                .with("outcome_unknown", self.outcome_unknown()),
            Self::NoResponse(error) => object
                .with("operation", error.operation.slug())
                .with("not_sent", error.not_sent)
                .with("outcome_unknown", error.outcome_unknown()),
            Self::SignatureRefused(error) => object.with("reason", error.reason.slug()),
        })
    }

    /// Reads what [`Self::to_json`] wrote; `None` for anything else. The raw body is not part of that form.
    #[must_use]
    pub fn from_json(json: &Json) -> Option<Self> {
        let operation = json.get("operation").and_then(Json::as_str).and_then(Operation::from_slug);
        match ErrorCode::from_slug(json.get("code")?.as_str()?)? {
            // These two are about no operation.
            ErrorCode::InvalidInput | ErrorCode::SignatureRefused => {
                Self::of_operation(json, Operation::SmileIdRaw)
            }
            _ => Self::of_operation(json, operation?),
        }
    }

    /// As [`Self::from_json`], for an operation that the reader knows.
    pub(crate) fn of_operation(json: &Json, operation: Operation) -> Option<Self> {
        let raw = RawBody::default();
        let slug = |name: &str| json.get(name).and_then(Json::as_str);
        let status = || json.get("status")?.as_number()?.as_i64()?.try_into().ok();
        Some(match ErrorCode::from_slug(slug("code")?)? {
            ErrorCode::InvalidInput => {
                let violations: Vec<_> =
                    json.get("violations")?.as_array()?.iter().filter_map(Violation::from_json).collect();
                Self::InvalidInput(InvalidInput::of(violations)?)
            }
            ErrorCode::ApiError => Self::Api(ApiError::from_json(json, operation, raw)?),
            ErrorCode::Unreadable => Self::Unreadable(Unreadable::new(
                operation,
                UnreadableReason::from_slug(slug("reason")?)?,
                status()?,
                raw,
            )),
            ErrorCode::NoResponse => {
                let not_sent = matches!(json.get("not_sent"), Some(Json::Bool(true)));
                Self::NoResponse(NoResponse { operation, not_sent })
            }
            ErrorCode::SignatureRefused => {
                Self::SignatureRefused(SignatureRefused::new(RefusalReason::from_slug(slug("reason")?)?))
            }
        })
    }
}

impl Unreadable {
    pub(crate) fn new(operation: Operation, reason: UnreadableReason, status: u16, raw: RawBody) -> Self {
        Self(Box::new(UnreadableParts { operation, reason, status, raw }))
    }

    /// The call that was answered.
    #[must_use]
    pub fn operation(&self) -> Operation {
        self.0.operation
    }

    /// Why the answer can't be read.
    #[must_use]
    pub fn reason(&self) -> UnreadableReason {
        self.0.reason
    }

    /// The HTTP status.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.0.status
    }

    /// The body as it came, the call's secrets masked. It may hold personal data. Empty when it was too large.
    #[must_use]
    pub fn raw(&self) -> &[u8] {
        self.0.raw.bytes()
    }
}

impl NoResponse {
    /// The call that was not answered.
    #[must_use]
    pub fn operation(&self) -> Operation {
        self.operation
    }

    /// Whether nothing can have left towards the service: no such host, a refused connection, a call that was cancelled before.
    /// It may be made again as it is wanted.
    #[must_use]
    pub fn not_sent(&self) -> bool {
        self.not_sent
    }

    /// True for a mutation that may have been sent: it may have taken effect. Look the user up before sending anything again.
    #[must_use]
    pub fn outcome_unknown(&self) -> bool {
        self.operation.is_mutation() && !self.not_sent
    }
}

impl SignatureRefused {
    pub(crate) fn new(reason: RefusalReason) -> Self {
        Self { reason }
    }

    /// Why. For your log; tell the sender nothing but "refused".
    #[must_use]
    pub fn reason(&self) -> RefusalReason {
        self.reason
    }
}

/// What every text ends with when nobody knows whether a change took effect.
const LOOK_FIRST: &str = "it may have taken effect all the same; look the user up before you send it again";

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InvalidInput(error) => error.fmt(f),
            Self::Api(error) => error.fmt(f),
            Self::Unreadable(error) => error.fmt(f),
            Self::NoResponse(error) => error.fmt(f),
            Self::SignatureRefused(error) => error.fmt(f),
        }
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let UnreadableParts { operation, reason, status, .. } = &*self.0;
        write!(f, "unreadable: {operation}: status {status}: {reason}: {}", reason.text())?;
        if operation.is_mutation() { write!(f, "; {LOOK_FIRST}") } else { Ok(()) }
    }
}

impl fmt::Display for NoResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { operation, not_sent } = self;
        if *not_sent {
            write!(f, "no_response: {operation}: nothing was sent")
        } else if self.outcome_unknown() {
            write!(f, "no_response: {operation}: {LOOK_FIRST}")
        } else {
            write!(f, "no_response: {operation}: no answer came")
        }
    }
}

impl fmt::Display for SignatureRefused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "signature_refused: {}: {}", self.reason, self.reason.text())
    }
}

impl core::error::Error for Error {}
impl core::error::Error for Unreadable {}
impl core::error::Error for NoResponse {}
impl core::error::Error for SignatureRefused {}

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
