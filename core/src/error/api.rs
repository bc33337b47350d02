//! The service answered, and said no.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt;

use super::doubt::LOOK_FIRST;
use super::kind::{Cause, ErrorKind, Retry};
use crate::details::Details;
use crate::http::{RawBody, lenient_text};
use crate::json::{Json, Object};
use crate::operation::{Again, Operation, Service};
use crate::text::{concat, decimal, integer, push_all, safe_to_show};

/// The service answered, and said no.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiError(Box<ApiErrorParts>);

#[derive(Clone, PartialEq, Eq)]
pub(crate) struct ApiErrorParts {
    pub(crate) operation: Operation,
    pub(crate) kind: ErrorKind,
    pub(crate) status: u16,
    pub(crate) service_code: Option<String>,
    pub(crate) service_message: Option<String>,
    pub(crate) retry_after_seconds: Option<u64>,
    pub(crate) clock_skew_seconds: Option<i64>,
    pub(crate) by_relay: bool,
    /// Partner id and environment in use, as the text of an `unauthorized` names them.
    pub(crate) account: Option<Arc<str>>,
    pub(crate) raw: RawBody,
}

/// From how many seconds on a measured skew is named as the cause before all others. Assumption: how much Smile ID tolerates is
/// documented nowhere; a request and its answer may take some seconds.
const NOTABLE_SKEW_SECONDS: u64 = 30;

impl ApiError {
    pub(crate) fn new(parts: ApiErrorParts) -> Self {
        Self(Box::new(parts))
    }

    /// For a relay's back end: the policy does not allow this intent. Nothing was sent.
    #[must_use]
    pub fn refused_by_policy(operation: Operation) -> Self {
        Self::new(ApiErrorParts {
            operation,
            kind: ErrorKind::RefusedByPolicy,
            status: 403,
            service_code: None,
            service_message: None,
            retry_after_seconds: None,
            clock_skew_seconds: None,
            by_relay: true,
            account: None,
            raw: RawBody::default(),
        })
    }

    /// The call that was answered.
    #[must_use]
    pub fn operation(&self) -> Operation {
        self.0.operation
    }

    /// What the "no" means.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The HTTP status; 0 where a browser hides a redirect's.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.0.status
    }

    /// The service's own code (`"2205"`), as text: some have leading zeros.
    #[must_use]
    pub fn service_code(&self) -> Option<&str> {
        self.0.service_code.as_deref()
    }

    /// What the service wrote, control and bidirectional characters removed and the call's secrets masked. Not for
    /// logs: it may repeat personal data.
    #[must_use]
    pub fn service_message(&self) -> Option<&str> {
        self.0.service_message.as_deref()
    }

    /// Whether it was not the service that said no but the app's own back end, or something before it: no session, its policy,
    /// its limits. Only a relayed call can have such an answer.
    #[must_use]
    pub fn by_relay(&self) -> bool {
        self.0.by_relay
    }

    /// How many seconds the service wants us to wait.
    #[must_use]
    pub fn retry_after_seconds(&self) -> Option<u64> {
        self.0.retry_after_seconds
    }

    /// By how many seconds the service's clock is ahead of the time that was signed, when its reply had a `Date`. The
    /// time the request took is part of it.
    #[must_use]
    pub fn clock_skew_seconds(&self) -> Option<i64> {
        self.0.clock_skew_seconds
    }

    /// The body as it came, the call's secrets masked. It may hold personal data.
    #[must_use]
    pub fn raw(&self) -> &[u8] {
        self.0.raw.bytes()
    }

    /// Whether sending again can help.
    #[must_use]
    pub fn retry(&self) -> Retry {
        match self.0.kind {
            ErrorKind::RateLimited | ErrorKind::Server => match self.0.operation.again() {
                Again::SameCall => Retry::SameCall,
                Again::NewCallUnlessFailed if self.0.kind == ErrorKind::Server => Retry::Never,
                Again::NewCall | Again::NewCallUnlessFailed => Retry::NewCall,
            },
            _ => Retry::Never,
        }
    }

    /// Whether the action may have taken effect all the same: a mutation that the service, or a proxy before it,
    /// answered with a failure of its own (5xx).
    #[must_use]
    pub fn outcome_unknown(&self) -> bool {
        self.0.operation.is_mutation() && self.0.kind == ErrorKind::Server
    }

    /// The usual causes of this error, the likeliest first; empty for all kinds but [`ErrorKind::Unauthorized`].
    #[must_use]
    pub fn causes(&self) -> &'static [Cause] {
        match (self.0.kind, self.0.operation.service()) {
            _ if self.0.by_relay => &[],
            (ErrorKind::Unauthorized, Service::SmileId) => {
                &[Cause::KeyOfOtherEnvironment, Cause::PartnerIdChanged, Cause::Clock]
            }
            (ErrorKind::Unauthorized, Service::Unifyia) => &[Cause::Token],
            _ => &[],
        }
    }

    /// The measured skew, where it is large enough to be the cause.
    fn notable_skew(&self) -> Option<i64> {
        self.0.clock_skew_seconds.filter(|skew| skew.unsigned_abs() >= NOTABLE_SKEW_SECONDS)
    }

    /// The causes in words: a measured skew first, then the account in use, then what else it usually is.
    fn push_causes(&self, text: &mut String) {
        let skew = self.notable_skew();
        if let Some(skew) = skew {
            let (seconds, side) = (skew.unsigned_abs(), if skew > 0 { "behind" } else { "ahead of" });
            let seconds = decimal(seconds);
            push_all(
                text,
                &["the clock of the machine that signed is ", &seconds, " s ", side, " the service's; "],
            );
        }
        text.push_str(self.kind().text());
        if let Some(account) = &self.0.account {
            push_all(text, &["; in use: ", account]);
        }
        text.push_str(if skew.is_some() { "; other usual causes: " } else { "; usual causes: " });
        let others = self.causes().iter().filter(|cause| skew.is_none() || **cause != Cause::Clock);
        for (place, cause) in others.enumerate() {
            push_all(text, &[if place == 0 { "" } else { ", or " }, cause.text()]);
        }
    }

    /// What `Display` writes.
    pub(super) fn message(&self) -> String {
        let ApiErrorParts { operation, kind, status, service_code, .. } = &*self.0;
        let status = decimal((*status).into());
        let mut text = concat(&["api_error: ", operation.slug(), ": ", kind.slug(), ", status ", &status]);
        // A code is what the service wrote: only one of the documented form is repeated.
        if let Some(code) = service_code.as_deref().filter(|code| is_plain_code(code)) {
            push_all(&mut text, &[", code ", code]);
        }
        text.push_str(": ");
        if self.causes().is_empty() {
            text.push_str(kind.text());
        } else {
            self.push_causes(&mut text);
        }
        if self.0.by_relay && *kind != ErrorKind::RefusedByPolicy {
            text.push_str(" (said by the relay, not by the service)");
        }
        if let Some(wait) = self.0.retry_after_seconds {
            push_all(&mut text, &["; to be tried again in ", &decimal(wait), " s"]);
        }
        if self.outcome_unknown() {
            push_all(&mut text, &["; ", LOOK_FIRST]);
        }
        text
    }

    pub(super) fn write_to(&self, object: &mut Object, details: Details) {
        let ApiErrorParts { operation, kind, status, service_code, service_message, .. } = &*self.0;
        let message = service_message.as_deref().filter(|_| details == Details::Included);
        let causes: Vec<Json> = self.causes().iter().map(|cause| cause.slug().into()).collect();
        let wait = self.0.retry_after_seconds.and_then(|wait| i64::try_from(wait).ok());
        object.put_text("kind", kind.slug());
        object.put_text("operation", operation.slug());
        object.put_integer("status", Some(i64::from(*status)));
        object.put_flag("by_relay", Some(self.0.by_relay));
        object.put_some_text("service_code", service_code.as_deref());
        object.put_some_text("service_message", message);
        object.put_text("retry", self.retry().slug());
        object.put_integer("retry_after_seconds", wait);
        object.put_flag("outcome_unknown", Some(self.outcome_unknown()));
        object.put("causes", causes.into());
        object.put_integer("clock_skew_seconds", self.0.clock_skew_seconds);
    }

    pub(super) fn from_json(json: &Json, operation: Operation, raw: RawBody) -> Option<Self> {
        let text = |name: &str| json.get(name).and_then(Json::as_str);
        // Beyond 2^53 a relay writes integers as text.
        let number = |name: &str| integer(lenient_text(json.get(name)?)?);
        // A newer back end may know a kind that we don't.
        let kind = ErrorKind::from_slug(text("kind")?).unwrap_or(ErrorKind::Unknown);
        let said_by_relay = matches!(json.get("by_relay"), Some(Json::Bool(true)));
        Some(Self::new(ApiErrorParts {
            operation,
            kind,
            status: number("status").and_then(|status| status.try_into().ok()).unwrap_or(0),
            service_code: text("service_code").map(Into::into),
            service_message: text("service_message").map(safe_to_show),
            retry_after_seconds: number("retry_after_seconds").and_then(|wait| wait.try_into().ok()),
            clock_skew_seconds: number("clock_skew_seconds"),
            by_relay: said_by_relay || kind == ErrorKind::RefusedByPolicy,
            account: None,
            raw,
        }))
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message())
    }
}

fn is_plain_code(code: &str) -> bool {
    code.len() <= 8 && code.bytes().all(|byte| byte.is_ascii_digit())
}

/// As the error text: what the service wrote may repeat personal data.
impl fmt::Debug for ApiErrorParts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiErrorParts")
            .field("operation", &self.operation)
            .field("kind", &self.kind)
            .field("status", &self.status)
            .field("service_code", &self.service_code.as_deref().filter(|code| is_plain_code(code)))
            .finish_non_exhaustive()
    }
}

impl core::error::Error for ApiError {}
