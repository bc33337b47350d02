#![no_std]
#![forbid(unsafe_code)]
#![doc = include_str!("../README.md")]

extern crate alloc;

mod call;
pub mod catalogue;
mod details;
mod error;
mod http;
mod input;
mod intent;
pub mod json;
mod keys;
mod operation;
mod outcome;
mod record;
pub mod relay;
mod reply;
mod slug;
pub mod smile_id;
mod text;
pub mod unifyia;
mod value;
mod wiped;

pub use call::{Call, Preview, Reader};
pub use details::Details;
pub use error::{
    ApiError, Cause, Error, ErrorCode, ErrorKind, NoResponse, RefusalReason, Retry, SignatureRefused,
    Unreadable, UnreadableReason,
};
pub use http::{Header, MAX_RESPONSE_BYTES, Method, RawBody, header_octets};
pub use input::{InvalidInput, Violation, ViolationCode};
pub use intent::{Intent, check};
pub use json::Json;
pub use operation::{Action, Operation, Service};
pub use outcome::{Acknowledged, Outcome, RawReply};
pub use reply::{Acknowledgement, ReadOutcome};
pub use smile_id::{Environment, SmileId, SmileIdActions, SmileIdBuilder, SmileIdRelay};
pub use unifyia::{SignUpRules, Unifyia, UnifyiaActions, UnifyiaRelay, User};
pub use value::{
    ApiKey, BaseUrl, MAX_EMAIL_BYTES, MAX_PARTNER_ID_DIGITS, Operator, OrganizationName, PartnerId, Path,
    Query, RelayUrl, Timestamp, Token, UserId,
};
