//! One error model for every language.
//!
//! No error text holds personal data, a secret, or what a service wrote; that is in
//! [`ApiError::service_message`] and [`ApiError::raw`], for who asks.

mod any;
mod api;
mod doubt;
mod kind;
mod no_response;
mod refused;
mod unreadable;

pub use any::{Error, ErrorCode};
pub use api::ApiError;
pub(crate) use api::ApiErrorParts;
pub use kind::{Cause, ErrorKind, Retry};
pub use no_response::NoResponse;
pub use refused::{RefusalReason, SignatureRefused};
pub use unreadable::{Unreadable, UnreadableReason};
