//! The host got no answer.

use alloc::string::String;
use core::fmt;

use super::doubt::LOOK_FIRST;
use crate::operation::Operation;
use crate::text::concat;

/// The host got no answer: made by the code that sends, with [`crate::Call::no_response`], or with [`crate::Call::not_sent`]
/// where nothing can have left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoResponse {
    operation: Operation,
    not_sent: bool,
}

impl NoResponse {
    pub(super) const fn new(operation: Operation, not_sent: bool) -> Self {
        Self { operation, not_sent }
    }

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

    /// What `Display` writes.
    pub(super) fn message(&self) -> String {
        let what = match (self.not_sent, self.outcome_unknown()) {
            (true, _) => "nothing was sent",
            (false, true) => LOOK_FIRST,
            (false, false) => "no answer came",
        };
        concat(&["no_response: ", self.operation.slug(), ": ", what])
    }
}

impl fmt::Display for NoResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message())
    }
}

impl core::error::Error for NoResponse {}
