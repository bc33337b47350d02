//! The parts of an HTTP exchange: what a host sends for us, and what it brings back.

mod body_writer;
mod mask;
mod message;
mod raw_request_body;
mod reply_body;
mod reply_headers;

pub(crate) use body_writer::BodyWriter;
pub(crate) use mask::Secrets;
pub use message::{Header, Method};
pub(crate) use message::{JSON_HEADERS, Request};
pub(crate) use raw_request_body::{get_has_no_body, raw_body_text};
pub(crate) use reply_body::{Body, BodyFault, lenient_text};
pub use reply_body::{MAX_RESPONSE_BYTES, RawBody};
pub(crate) use reply_headers::ReplyHeaders;
pub use reply_headers::header_octets;
