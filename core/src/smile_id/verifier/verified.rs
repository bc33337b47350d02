//! A message that was verified.

use alloc::string::String;
use core::fmt;

use super::message::Named;
use crate::http::RawBody;
use crate::json::Json;
use crate::slug::slugs;

slugs! {
    /// In which form the partner id was signed.
    pub enum PartnerIdForm {
        /// As the verifier was given it, leading zeros included.
        AsDisplayed = "as_displayed",
        /// Without its leading zeros, which [`super::Verifier::also_without_zeros`] allows.
        WithoutZeros = "without_zeros",
    }
}

/// A message whose sender knew a fresh signature of ours. **Body, Job-ID and User-ID are not authenticated**: act on what
/// a look-up confirms. `Debug` hides them.
#[derive(Clone, PartialEq, Eq)]
pub struct Verified {
    pub(super) age_seconds: i64,
    pub(super) named: Named,
    pub(super) result_code: Option<String>,
    pub(super) partner_id_form: PartnerIdForm,
    pub(super) delivery_key: String,
    pub(super) pair_key: String,
    pub(super) body: RawBody,
    pub(super) json: Option<Json>,
}

impl Verified {
    /// How long ago it was signed; negative when the sender's clock is ahead of ours.
    #[must_use]
    pub fn age_seconds(&self) -> i64 {
        self.age_seconds
    }

    /// The job it is about: the header's word, else the body's (its own `job_id`, or that of `partner_params` or
    /// `PartnerParams`). Not authenticated.
    #[must_use]
    pub fn job_id(&self) -> Option<&str> {
        self.named.job_id.as_deref()
    }

    /// The user it is about, found as the job is. Not authenticated.
    #[must_use]
    pub fn user_id(&self) -> Option<&str> {
        self.named.user_id.as_deref()
    }

    /// Whether two places of the message name different jobs or users. Neither is signed: only what a look-up shows counts.
    #[must_use]
    pub fn ids_differ(&self) -> bool {
        self.named.differ
    }

    /// The job's result as the message claims it, `result_code` or `ResultCode`: digits, four of them where it came as a number.
    /// `None` when it is of no such form, or when the two differ. Not authenticated.
    #[must_use]
    pub fn result_code(&self) -> Option<&str> {
        self.result_code.as_deref()
    }

    /// In which form the partner id was signed.
    #[must_use]
    pub fn partner_id_form(&self) -> PartnerIdForm {
        self.partner_id_form
    }

    /// For finding redeliveries: SHA-256, in hex, of job id and body without timestamp and signature. One job may have
    /// several genuine messages (provisional, then final), so the job id alone is no such key.
    #[must_use]
    pub fn delivery_key(&self) -> &str {
        &self.delivery_key
    }

    /// SHA-256, in hex, of the signature, to be stored in its place. A known one with a new delivery is suspicious:
    /// somebody may have put a genuine signature on a body of their own.
    #[must_use]
    pub fn pair_key(&self) -> &str {
        &self.pair_key
    }

    /// The body as it came. A callback's holds a live signature: do not log or store it.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        self.body.bytes()
    }

    /// The body as JSON, if it is that. Not authenticated.
    #[must_use]
    pub fn json(&self) -> Option<&Json> {
        self.json.as_ref()
    }
}

impl fmt::Debug for Verified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Verified({} s ago, {} bytes)", self.age_seconds, self.body.bytes().len())
    }
}
