//! What a service answered: decoded, and judged by documented codes first, then by the HTTP status.

mod acknowledgement;
mod answer;
mod failure;
mod read_outcome;
mod relayed;

pub use acknowledgement::Acknowledgement;
pub(crate) use answer::Reply;
pub use read_outcome::ReadOutcome;
pub(crate) use read_outcome::{AnyOutcome, sealed};
pub(crate) use relayed::read_relayed;
