//! A call: the request that the host sends, and the reader of its answer.

#[expect(clippy::module_inception, reason = "the room has the name of what is in it")]
mod call;
mod preview;
mod reader;

pub use call::Call;
pub use preview::Preview;
pub use reader::Reader;
