//! A client for end-user pages and apps: it holds no credentials, and its calls POST the intent to your own back end.

use super::EnrolleeInfo;
use crate::address::RelayUrl;
use crate::call::Call;
use crate::error::InvalidInput;
use crate::ids::UserId;
use crate::intent::Intent;
use crate::outcome::{Acknowledged, ReadOutcome};

/// Smile ID's user management through your own back end, which applies its policy, signs and sends.
///
/// It holds nothing but an address, and signs nothing: what needs credentials ([`super::SmileId`]'s `sign`, `raw`) it can't be asked.
#[derive(Clone, Debug)]
pub struct SmileIdRelay {
    url: RelayUrl,
}

impl SmileIdRelay {
    /// A client of the route at `url`, which in a page may be a path.
    ///
    /// # Errors
    /// As [`RelayUrl::parse`].
    pub fn new(url: &str) -> Result<Self, InvalidInput> {
        Ok(Self { url: RelayUrl::parse(url)? })
    }

    /// The call of any Smile ID intent. Every other method is shorthand for this.
    ///
    /// # Errors
    /// `unknown_value` at `action` for an intent of another service.
    pub fn call(&self, intent: &Intent) -> Result<Call, InvalidInput> {
        self.typed(intent)
    }

    fn typed<T: ReadOutcome>(&self, intent: &Intent) -> Result<Call<T>, InvalidInput> {
        super::enrollee_intent(intent)?;
        Ok(crate::relay::call(&self.url, intent.action().operation(), intent.to_text()))
    }

    /// Lets a user submit one more enrollment job under the same id.
    ///
    /// # Errors
    /// As [`Self::call`].
    pub fn re_enroll(&self, user_id: &UserId) -> Result<Call<Acknowledged>, InvalidInput> {
        self.typed(&Intent::re_enroll(user_id.clone()))
    }

    /// Looks a user up: flags and history.
    ///
    /// # Errors
    /// As [`Self::call`].
    pub fn enrollee_info(&self, user_id: &UserId) -> Result<Call<EnrolleeInfo>, InvalidInput> {
        self.typed(&Intent::enrollee_info(user_id.clone()))
    }
}
