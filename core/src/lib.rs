#![no_std]
#![forbid(unsafe_code)]
#![doc = include_str!("../README.md")]

extern crate alloc;

mod address;
mod body;
mod call;
mod error;
mod failure;
mod fields;
mod http;
mod ids;
mod intent;
mod ip;
pub mod json;
mod mask;
mod outcome;
pub mod relay;
mod secret;
mod slug;
pub mod smile_id;
mod text;
mod time;
pub mod unifyia;

pub use address::{BaseUrl, Path, Query, RelayUrl};
pub use call::{Call, Operation, Preview, Reader, Service};
pub use error::{
    ApiError, Cause, Error, ErrorCode, ErrorKind, InvalidInput, NoResponse, RefusalReason, Retry,
    SignatureRefused, Unreadable, UnreadableReason, Violation, ViolationCode,
};
pub use http::{Header, MAX_RESPONSE_BYTES, Method, RawBody, header_octets};
pub use ids::{MAX_EMAIL_BYTES, MAX_PARTNER_ID_DIGITS, Operator, OrganizationName, PartnerId, UserId};
pub use intent::{Action, Intent, check};
pub use json::Json;
pub use outcome::{Acknowledged, Acknowledgement, Details, Outcome, RawReply, ReadOutcome};
pub use secret::{ApiKey, Token};
pub use smile_id::{Environment, SmileId, SmileIdBuilder, SmileIdRelay};
pub use time::Timestamp;
pub use unifyia::{SignUpRules, Unifyia, UnifyiaRelay, User};
