//! An answer, decoded as far as it can be.

use alloc::string::String;
use alloc::sync::Arc;

use crate::error::{Unreadable, UnreadableReason};
use crate::http::{Body, BodyFault, ReplyHeaders};
use crate::operation::Operation;
use crate::text::safe_to_show;
use crate::value::Timestamp;

/// An answer, decoded as far as it can be.
pub struct Reply<'a> {
    pub(crate) operation: Operation,
    pub(crate) relayed: bool,
    pub(crate) status: u16,
    pub(crate) headers: ReplyHeaders,
    pub(crate) signed_at: Option<Timestamp>,
    pub(crate) account: Option<&'a Arc<str>>,
    /// Masks the call's secrets in a text. A relay's client has none, and links nothing that masks.
    pub(crate) masked: &'a dyn Fn(String) -> String,
    pub(crate) body: Body,
}

impl Reply<'_> {
    pub(crate) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The answer, unless its body could not be decoded and its status says that all is well: any other says enough without a body.
    pub(crate) fn unless(self, fault: Option<BodyFault>) -> Result<Self, Unreadable> {
        let reason = match fault.filter(|_| self.is_success()) {
            None => return Ok(self),
            Some(BodyFault::TooLarge) => UnreadableReason::TooLarge,
            Some(BodyFault::TooDeep) => UnreadableReason::TooDeep,
        };
        Err(Unreadable::new(self.operation, reason, self.status, self.body.raw))
    }

    /// What the service wrote, safe to show. Masked once more: without its control characters, it may hold a secret that had
    /// been split by them.
    pub(crate) fn show(&self, text: &str) -> String {
        (self.masked)(safe_to_show(text))
    }
}
