//! The reading of a relay's answer without a call: for pages, whose library links nothing that reads a service's own.

use crate::error::Error;
use crate::http::{Body, ReplyHeaders};
use crate::json::{Json, MAX_PLAIN_DEPTH};
use crate::operation::Operation;
use crate::outcome::plain_outcome;
use crate::reply::{Reply, read_relayed};

/// Reads a relay's answer to an operation, as [`crate::Call::read_with_headers`] of a relay's call does, into the plain form of its
/// outcome. The outcomes' own types are not linked for it.
///
/// # Errors
/// As [`crate::Call::read`].
pub fn read_plain<N: AsRef<str>, V: AsRef<[u8]>>(
    operation: Operation,
    max_response_bytes: usize,
    status: u16,
    headers: impl IntoIterator<Item = (N, V)>,
    body: &[u8],
) -> Result<Json, Error> {
    let (body, fault) = Body::decode(body, max_response_bytes, MAX_PLAIN_DEPTH);
    let reply = Reply {
        operation,
        relayed: true,
        status,
        headers: ReplyHeaders::read(headers),
        signed_at: None,
        account: None,
        masked: &|text| text,
        body,
    };
    read_relayed(reply.unless(fault)?, plain_outcome)
}
