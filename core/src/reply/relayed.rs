//! What a relay's back end answered.

use super::answer::Reply;
use super::failure::kind_of_status;
use crate::error::{Error, Unreadable, UnreadableReason};
use crate::json::Json;
use crate::operation::Operation;

/// Reads a back end's answer: what it says of the service counts, whatever status carries it.
pub(crate) fn read_relayed<T>(
    reply: Reply<'_>,
    outcome_of: fn(&Json, Operation) -> Option<T>,
) -> Result<T, Error> {
    if let Some(json) = &reply.body.json {
        let same = |json: &Json| json.get("operation").and_then(Json::as_str) == Some(reply.operation.slug());
        if let Some(outcome) = json.get("outcome").filter(|outcome| reply.is_success() && same(outcome)) {
            if let Some(outcome) = outcome_of(outcome, reply.operation) {
                return Ok(outcome);
            }
        } else if let Some(error) =
            json.get("error").and_then(|error| Error::of_operation(error, reply.operation))
        {
            return Err(error);
        }
    }
    if reply.is_success() {
        let Reply { operation, status, body, .. } = reply;
        return Err(Unreadable::new(operation, UnreadableReason::NotRelay, status, body.raw).into());
    }
    // The back end itself, or something before it, said no: its session, its limits, its failure.
    Err(reply.error(kind_of_status(reply.status)).into())
}
