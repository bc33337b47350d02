//! What comes of a call, typed.

mod acknowledged;
mod any;
mod raw_reply;

pub use acknowledged::Acknowledged;
pub(crate) use any::plain_outcome;
pub use any::{OUTCOMES, Outcome};
pub use raw_reply::RawReply;
