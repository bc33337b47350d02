//! A callback or webhook is not to be trusted.

use alloc::string::String;
use core::fmt;

use crate::slug::slugs;
use crate::text::concat;

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

/// A callback or webhook is not to be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignatureRefused {
    reason: RefusalReason,
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

    /// What `Display` writes.
    pub(super) fn message(self) -> String {
        concat(&["signature_refused: ", self.reason.slug(), ": ", self.reason.text()])
    }
}

impl fmt::Display for SignatureRefused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message())
    }
}

impl core::error::Error for SignatureRefused {}
