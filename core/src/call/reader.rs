//! The reader of an answer.

use alloc::sync::Arc;
use core::fmt;

use crate::error::Error;
use crate::http::{Body, MAX_RESPONSE_BYTES, ReplyHeaders, Secrets};
use crate::json::{MAX_DEPTH, MAX_PLAIN_DEPTH};
use crate::operation::{Operation, Service};
use crate::reply::{ReadOutcome, Reply, read_relayed};
use crate::unifyia::SECRET_MEMBERS;
use crate::value::Timestamp;
use crate::wiped::Wiped;

/// Reads the answer to a call: plain data, for hosts that keep request and reader apart.
#[derive(Clone)]
pub struct Reader {
    operation: Operation,
    relayed: bool,
    signed_at: Option<Timestamp>,
    account: Option<Arc<str>>,
    secrets: Secrets,
    max_response_bytes: usize,
}

impl Reader {
    /// A reader for answers of the service itself. `secrets` are masked wherever an answer repeats them.
    #[must_use]
    pub fn direct(operation: Operation, signed_at: Option<Timestamp>, secrets: &[&str]) -> Self {
        Self::of(operation, signed_at, Secrets::of_texts(secrets))
    }

    /// As [`Self::direct`], of a secret that is the reader's alone from now on.
    pub(crate) fn of_secret(
        operation: Operation,
        signed_at: Option<Timestamp>,
        secret: Option<Wiped>,
    ) -> Self {
        Self::of(operation, signed_at, Secrets::one(secret))
    }

    fn of(operation: Operation, signed_at: Option<Timestamp>, secrets: Secrets) -> Self {
        Self {
            operation,
            relayed: false,
            signed_at,
            account: None,
            secrets,
            max_response_bytes: MAX_RESPONSE_BYTES,
        }
    }

    /// A reader for answers of a relay.
    #[must_use]
    pub fn relayed(operation: Operation) -> Self {
        Self { relayed: true, ..Self::direct(operation, None, &[]) }
    }

    /// What the call does.
    #[must_use]
    pub fn operation(&self) -> Operation {
        self.operation
    }

    /// Whether the answer comes from a relay.
    #[must_use]
    pub fn is_relayed(&self) -> bool {
        self.relayed
    }

    /// The time that was signed, if one was.
    #[must_use]
    pub fn signed_at(&self) -> Option<Timestamp> {
        self.signed_at
    }

    /// Sets which account the call is for, as the text of an `unauthorized` names it: what [`Self::account`] gave.
    #[must_use]
    pub fn for_account(mut self, account: impl Into<Arc<str>>) -> Self {
        self.account = Some(account.into());
        self
    }

    /// Partner id and environment of a signed call, in words.
    #[must_use]
    pub fn account(&self) -> Option<&str> {
        self.account.as_deref()
    }

    /// The secrets that the call carries. Hold them as carefully as the call.
    pub fn secrets(&self) -> impl Iterator<Item = &str> {
        self.secrets.iter()
    }

    pub(super) fn secret_texts(&self) -> &Secrets {
        &self.secrets
    }

    /// Sets how many bytes of a response are read, instead of [`MAX_RESPONSE_BYTES`].
    #[must_use]
    pub fn max_response_bytes(mut self, max: usize) -> Self {
        self.max_response_bytes = max;
        self
    }

    /// Reads the answer; `Outcome` fits every operation, an outcome's own type only its own operations.
    ///
    /// # Errors
    /// As [`crate::Call::read`].
    pub fn read<T: ReadOutcome, N: AsRef<str>, V: AsRef<[u8]>>(
        &self,
        status: u16,
        headers: impl IntoIterator<Item = (N, V)>,
        body: &[u8],
    ) -> Result<T, Error> {
        // A relay's answer holds what the service said some levels deeper.
        let depth = if self.relayed { MAX_PLAIN_DEPTH } else { MAX_DEPTH };
        let (mut body, fault) = Body::decode(body, self.max_response_bytes, depth);
        body.mask(&self.secrets);
        if self.operation.service() == Service::Unifyia && self.operation.action().is_none() {
            body.mask_members(&SECRET_MEMBERS);
        }
        let reply = Reply {
            operation: self.operation,
            relayed: self.relayed,
            status,
            headers: ReplyHeaders::read(headers),
            signed_at: self.signed_at,
            account: self.account.as_ref(),
            masked: &|text| self.secrets.mask_text(text),
            body,
        };
        let reply = reply.unless(fault)?;
        if self.relayed {
            return read_relayed(reply, T::of_operation);
        }
        match reply.failure() {
            Some(error) => Err(error.into()),
            None => T::read(reply),
        }
    }
}

impl fmt::Debug for Reader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Reader({}{})", if self.relayed { "relayed " } else { "" }, self.operation)
    }
}
