//! Smile ID user management: re-enroll, deactivate, flag, delete, look up; and the verification of what Smile ID sends.

mod account;
mod actions;
mod client;
pub(crate) mod codes;
mod confirmation;
mod enrollee;
mod enrollee_info;
mod environment;
mod options;
mod pair;
mod raw;
mod relay;
mod request;
mod signature;
mod signer;
mod user_keys;
mod verifier;

pub use account::RawHost;
pub use actions::SmileIdActions;
pub use client::{SmileId, SmileIdBuilder};
pub use confirmation::Confirmation;
pub(crate) use enrollee::DeletionKeys;
pub use enrollee_info::{EnrolledUser, EnrolleeInfo, HistoryEntry, IdCheck, PartnerParams};
pub use environment::Environment;
pub(crate) use options::OPTIONS as CLIENT_OPTIONS;
pub use pair::{PAIR_LIFETIME_SECONDS, Pair};
pub use raw::{RawAuth, RawRequest};
pub use relay::SmileIdRelay;
pub use signature::signature;
pub(crate) use user_keys::UserKeys;
pub use verifier::{
    DEFAULT_MAX_AGE_SECONDS, DEFAULT_MAX_AHEAD_SECONDS, MAX_WINDOW_SECONDS, PartnerIdForm, Verified, Verifier,
};
pub(crate) use verifier::{VERIFIER_OPTIONS, VERIFIER_SECRETS};
