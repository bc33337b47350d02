//! Unifyia user sign-up, and what is fetched before it.

mod actions;
mod branding;
mod client;
mod field_check;
mod fields;
mod installation;
mod options;
mod raw;
mod relay;
mod request;
mod rules;
mod setters;
mod sign_up;
mod user;

pub use actions::UnifyiaActions;
pub(crate) use branding::BrandingKeys;
pub use branding::{BRANDING_PREFIX, Branding};
pub use client::Unifyia;
pub use fields::{ENROLLMENT_STATUSES, FIELDS, Field, FieldKind};
pub use installation::{DEFAULT_AUTH_HEADER, PathSpelling, Wrapping};
pub(crate) use options::OPTIONS as CLIENT_OPTIONS;
pub use raw::RawRequest;
pub(crate) use raw::SECRET_MEMBERS;
pub use relay::UnifyiaRelay;
pub(crate) use rules::RULES;
pub use rules::SignUpRules;
pub(crate) use sign_up::SignUpKeys;
pub use sign_up::SignedUp;
pub use user::User;
