//! An answer, decoded as far as it can be.

use alloc::string::String;
use alloc::sync::Arc;

use crate::http::{Body, ReplyHeaders, Secrets};
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
    pub(crate) secrets: &'a Secrets,
    pub(crate) body: Body,
}

impl Reply<'_> {
    pub(crate) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// What the service wrote, safe to show. Masked once more: without its control characters, it may hold a secret that had
    /// been split by them.
    pub(crate) fn show(&self, text: &str) -> String {
        self.secrets.mask_text(safe_to_show(text))
    }
}
