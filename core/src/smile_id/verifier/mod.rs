//! Verifies what Smile ID sends: callbacks (signature inside the JSON) and webhooks (signature in headers).
//!
//! Source: Smile ID's documentation of callbacks and webhooks. **The signature covers only the time and the partner id**:
//! whoever saw one fresh pair can put it on any body. So a verified body is a hint, and what a look-up confirms is the
//! fact.

mod message;
mod options;
mod verified;
#[expect(clippy::module_inception, reason = "the room has the name of what is in it")]
mod verifier;

pub(crate) use options::{OPTIONS as VERIFIER_OPTIONS, SECRETS as VERIFIER_SECRETS};
pub use verified::{PartnerIdForm, Verified};
pub use verifier::{DEFAULT_MAX_AGE_SECONDS, DEFAULT_MAX_AHEAD_SECONDS, MAX_WINDOW_SECONDS, Verifier};
