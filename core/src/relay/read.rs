//! The reading of a relay's answer without a call: for pages, whose library links nothing that reads a service's own.

use crate::error::Error;
use crate::http::{Body, BodyFault, ReplyHeaders};
use crate::json::{Json, MAX_PLAIN_DEPTH};
use crate::operation::Operation;
use crate::outcome::plain_outcome;
use crate::reply::{Reply, read_relayed};

/// Reads a relay's answer to an operation, as [`crate::Call::read_with_headers`] of a relay's call does, into the plain form of its
/// outcome. The outcomes' own types are not linked for it. `None` is a body that was too large to be read; one that was not UTF-8 is
/// decoded by the host, U+FFFD in the place of what is not.
///
/// # Errors
/// As [`crate::Call::read`].
pub fn read_plain<'a>(
    operation: Operation,
    status: u16,
    headers: impl IntoIterator<Item = (&'a str, &'a str)>,
    body: Option<&str>,
) -> Result<Json, Error> {
    let (body, fault) = match body {
        Some(text) => Body::of_text(text, MAX_PLAIN_DEPTH),
        None => (Body::default(), Some(BodyFault::TooLarge)),
    };
    let reply = Reply {
        operation,
        relayed: true,
        status,
        headers: ReplyHeaders::of_texts(headers),
        signed_at: None,
        account: None,
        masked: &|text| text,
        body,
    };
    read_relayed(reply.unless(fault)?, plain_outcome)
}
