//! What comes of a call, typed.

use alloc::string::String;

use crate::call::{Operation, Reply};
use crate::error::Error;
use crate::failure::MESSAGE_KEY;
use crate::http::{RawBody, safe_to_show};
use crate::json::{Json, Object};
use crate::slug::slugs;
use crate::smile_id::EnrolleeInfo;
use crate::unifyia::{Branding, SignedUp};

slugs! {
    /// Whether the service said in so many words that it did what was asked.
    pub enum Acknowledgement {
        /// The answer is a JSON object that names no failure.
        Stated = "stated",
        /// A success status with something else: nothing, HTML (a captive portal, a proxy's login page), a code that is
        /// documented nowhere. Look the user up before you say "done".
        Unstated = "unstated",
    }
}

/// The outcome of any call.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// A change to a user was accepted.
    Acknowledged(Acknowledged),
    /// A user was looked up.
    EnrolleeInfo(EnrolleeInfo),
    /// A user was signed up.
    SignedUp(SignedUp),
    /// An organization's branding.
    Branding(Branding),
    /// The answer to a `raw` call.
    Raw(RawReply),
}

/// How much a plain-data form shows of what may be personal data.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Details {
    /// Without identity documents (`id_check`), the sign-up's answer, and an error's `service_message`: the default through a
    /// relay.
    #[default]
    Withheld,
    /// With them.
    Included,
}

/// A change to a user was accepted.
#[derive(Clone, PartialEq, Eq)]
pub struct Acknowledged {
    pub(crate) operation: Operation,
    pub(crate) status: u16,
    pub(crate) acknowledgement: Acknowledgement,
    pub(crate) message: Option<String>,
    pub(crate) raw: RawBody,
}

/// The answer to a `raw` call: the JSON as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawReply {
    operation: Operation,
    status: u16,
    json: Option<Json>,
    raw: RawBody,
}

impl Reply<'_> {
    /// A JSON object that does not contradict a success is a statement (assumption: no success body is documented).
    pub(crate) fn acknowledgement(&self) -> Acknowledgement {
        let object = self.body.json.as_ref().and_then(Json::as_object).filter(|object| !object.is_empty());
        let contradicted = object.is_some_and(contradicts_success);
        // A failure that is documented was found before; what is left is a code that nobody documents.
        if object.is_some() && !contradicted && self.code_is_no_failure() {
            Acknowledgement::Stated
        } else {
            Acknowledgement::Unstated
        }
    }

    pub(crate) fn message(&self) -> Option<String> {
        self.body.json.as_ref()?.get(MESSAGE_KEY)?.as_str().map(|text| self.show(text))
    }
}

/// Words that no success has (assumption): `"success": false`, `"status": "error"`, `"error": 0`.
fn contradicts_success(object: &Object) -> bool {
    let says = |key: &str, words: &[&str]| {
        object
            .get(key)
            .and_then(Json::as_str)
            .is_some_and(|text| words.iter().any(|word| word.eq_ignore_ascii_case(text)))
    };
    object.get("success").and_then(Json::as_bool) == Some(false)
        || says("success", &["false"])
        || says("status", &["error", "failed", "failure"])
        || object.get("error").is_some_and(|error| error.as_number().is_some())
}

impl Acknowledged {
    /// What was accepted.
    #[must_use]
    pub fn operation(&self) -> Operation {
        self.operation
    }

    /// The HTTP status.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status
    }

    /// Whether the service said so in so many words. On `Unstated`, look the user up before you say "done".
    #[must_use]
    pub fn acknowledgement(&self) -> Acknowledgement {
        self.acknowledgement
    }

    /// The service's message, control and bidirectional characters removed.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }

    /// The body as it came, the call's secrets masked.
    #[must_use]
    pub fn raw(&self) -> &RawBody {
        &self.raw
    }
}

impl RawReply {
    /// What was called.
    #[must_use]
    pub fn operation(&self) -> Operation {
        self.operation
    }

    /// The HTTP status.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The JSON as it came, numbers exact; `None` when the body is not JSON.
    #[must_use]
    pub fn json(&self) -> Option<&Json> {
        self.json.as_ref()
    }

    /// The body as it came, the call's secrets masked.
    #[must_use]
    pub fn raw(&self) -> &RawBody {
        &self.raw
    }
}

impl core::fmt::Debug for Acknowledged {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Acknowledged({}: status {}, {})", self.operation, self.status, self.acknowledgement)
    }
}

/// A type that a call's answer can be read into.
pub trait ReadOutcome: sealed::Sealed + Sized {
    #[doc(hidden)]
    fn read(reply: Reply<'_>) -> Result<Self, Error>;
    #[doc(hidden)]
    fn of_operation(json: &Json, operation: Operation) -> Option<Self>;
}

pub(crate) mod sealed {
    pub trait Sealed {}
}

impl sealed::Sealed for Acknowledged {}
impl sealed::Sealed for RawReply {}
impl sealed::Sealed for Outcome {}

impl ReadOutcome for Acknowledged {
    fn read(reply: Reply<'_>) -> Result<Self, Error> {
        Ok(Self {
            operation: reply.operation,
            status: reply.status,
            acknowledgement: reply.acknowledgement(),
            message: reply.message(),
            raw: reply.body.raw,
        })
    }

    fn of_operation(json: &Json, operation: Operation) -> Option<Self> {
        Some(Self {
            operation,
            status: json.get("status")?.as_number()?.as_i64()?.try_into().ok()?,
            acknowledgement: Acknowledgement::from_slug(json.get("acknowledgement")?.as_str()?)?,
            message: json.get("message").and_then(Json::as_str).map(safe_to_show),
            raw: RawBody::default(),
        })
    }
}

impl ReadOutcome for RawReply {
    fn read(reply: Reply<'_>) -> Result<Self, Error> {
        let Reply { operation, status, body, .. } = reply;
        Ok(Self { operation, status, json: body.json, raw: body.raw })
    }

    fn of_operation(_: &Json, _: Operation) -> Option<Self> {
        None
    }
}

impl ReadOutcome for Outcome {
    fn read(reply: Reply<'_>) -> Result<Self, Error> {
        match reply.operation {
            Operation::SmileIdEnrolleeInfo => EnrolleeInfo::read(reply).map(Self::EnrolleeInfo),
            Operation::UnifyiaSignUp => SignedUp::read(reply).map(Self::SignedUp),
            Operation::UnifyiaBranding => Branding::read(reply).map(Self::Branding),
            Operation::SmileIdRaw | Operation::UnifyiaRaw => RawReply::read(reply).map(Self::Raw),
            _ => Acknowledged::read(reply).map(Self::Acknowledged),
        }
    }

    fn of_operation(json: &Json, operation: Operation) -> Option<Self> {
        match operation {
            Operation::SmileIdEnrolleeInfo => {
                EnrolleeInfo::of_operation(json, operation).map(Self::EnrolleeInfo)
            }
            Operation::UnifyiaSignUp => SignedUp::of_operation(json, operation).map(Self::SignedUp),
            Operation::UnifyiaBranding => Branding::of_operation(json, operation).map(Self::Branding),
            Operation::SmileIdRaw | Operation::UnifyiaRaw => {
                RawReply::of_operation(json, operation).map(Self::Raw)
            }
            _ => Acknowledged::of_operation(json, operation).map(Self::Acknowledged),
        }
    }
}

impl Outcome {
    /// What was called.
    #[must_use]
    pub fn operation(&self) -> Operation {
        match self {
            Self::Acknowledged(outcome) => outcome.operation,
            Self::EnrolleeInfo(_) => Operation::SmileIdEnrolleeInfo,
            Self::SignedUp(_) => Operation::UnifyiaSignUp,
            Self::Branding(_) => Operation::UnifyiaBranding,
            Self::Raw(outcome) => outcome.operation,
        }
    }

    /// The body as it came, the call's secrets masked. Empty for what came through a relay.
    #[must_use]
    pub fn raw(&self) -> &RawBody {
        match self {
            Self::Acknowledged(outcome) => &outcome.raw,
            Self::EnrolleeInfo(outcome) => outcome.raw(),
            Self::SignedUp(outcome) => outcome.raw(),
            Self::Branding(outcome) => outcome.raw(),
            Self::Raw(outcome) => &outcome.raw,
        }
    }

    /// Reads what [`Self::to_json`] wrote; `None` for anything else. The raw body is not part of that form, so a `raw`
    /// call's outcome is not read back.
    #[must_use]
    pub fn from_json(json: &Json) -> Option<Self> {
        Self::of_operation(json, Operation::from_slug(json.get("operation")?.as_str()?)?)
    }

    /// As [`Self::from_json`], from the text of that form, which nests some levels deeper than what a service may write.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        Self::from_json(&Json::parse_plain(text).ok()?)
    }

    /// The plain-data form, the same in every language: snake case, flat, with the operation. Without the raw body.
    #[must_use]
    pub fn to_json(&self, details: Details) -> Json {
        let object = Object::new().with("operation", self.operation().slug());
        Json::Object(match self {
            Self::Acknowledged(outcome) => object
                .with("status", i64::from(outcome.status))
                .with("acknowledgement", outcome.acknowledgement.slug())
                .with_some("message", outcome.message()),
            Self::EnrolleeInfo(outcome) => outcome.write_to(object, details),
            Self::SignedUp(outcome) => outcome.write_to(object, details),
            Self::Branding(outcome) => outcome.write_to(object),
            Self::Raw(outcome) => {
                object.with("status", i64::from(outcome.status)).with_some("json", outcome.json.clone())
            }
        })
    }
}

impl serde::Serialize for Outcome {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_json(Details::Included).serialize(serializer)
    }
}
