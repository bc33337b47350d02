//! The service answered, and the answer can't be read.

use alloc::boxed::Box;
use alloc::string::String;
use core::fmt;

use super::doubt::LOOK_FIRST;
use crate::http::RawBody;
use crate::operation::Operation;
use crate::slug::slugs;
use crate::text::{concat, decimal, push_all};

slugs! {
    /// Why an answer can't be read.
    pub enum UnreadableReason {
        /// The body is larger than the limit; it was not parsed.
        TooLarge = "too_large",
        /// The body nests deeper than [`crate::json::MAX_DEPTH`].
        TooDeep = "too_deep",
        /// A look-up's answer is not a JSON object.
        NotJson = "not_json",
        /// A back end's answer has not the relay's wire form.
        NotRelay = "not_relay",
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

    /// What `Display` writes.
    pub(super) fn message(&self) -> String {
        let UnreadableParts { operation, reason, status, .. } = &*self.0;
        let status = decimal((*status).into());
        let mut text = concat(&[
            "unreadable: ",
            operation.slug(),
            ": status ",
            &status,
            ": ",
            reason.slug(),
            ": ",
            reason.text(),
        ]);
        if operation.is_mutation() {
            push_all(&mut text, &["; ", LOOK_FIRST]);
        }
        text
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message())
    }
}

impl core::error::Error for Unreadable {}
