//! A client for end-user pages and apps: it holds no token, and its calls POST the intent to your own back end.

use alloc::vec::Vec;

use super::{Branding, SignUpRules, SignedUp, User};
use crate::address::RelayUrl;
use crate::call::{Call, Operation};
use crate::error::{InvalidInput, Violation};
use crate::ids::OrganizationName;
use crate::intent::Intent;
use crate::outcome::ReadOutcome;

/// Unifyia through your own back end, which applies its policy, adds the token and sends. It holds nothing but an address.
#[derive(Clone, Debug)]
pub struct UnifyiaRelay {
    url: RelayUrl,
    rules: SignUpRules,
}

impl UnifyiaRelay {
    /// A client of the route at `url`, which in a page may be a path.
    ///
    /// # Errors
    /// As [`RelayUrl::parse`].
    pub fn new(url: &str) -> Result<Self, InvalidInput> {
        Ok(Self { url: RelayUrl::parse(url)?, rules: SignUpRules::default() })
    }

    /// Sets how user objects are checked.
    #[must_use]
    pub fn with_rules(&self, rules: SignUpRules) -> Self {
        Self { rules, ..self.clone() }
    }

    /// How user objects are checked.
    #[must_use]
    pub fn rules(&self) -> SignUpRules {
        self.rules
    }

    /// The call of any Unifyia intent. Every other method is shorthand for this.
    ///
    /// # Errors
    /// `unknown_value` at `action` for an intent of another service.
    pub fn call(&self, intent: &Intent) -> Result<Call, InvalidInput> {
        self.typed(intent)
    }

    /// Signs a user up, at the organization of the path when it is not to be taken from the user's `organisationName`.
    ///
    /// # Errors
    /// Every violation of the user object, by wire path; `mismatch` when the two organizations differ.
    pub fn sign_up(
        &self,
        user: &User,
        organization: Option<&OrganizationName>,
    ) -> Result<Call<SignedUp>, InvalidInput> {
        let organization = user.organization_of_path(organization, self.rules)?;
        let text = crate::intent::sign_up_text(user, &organization);
        Ok(crate::relay::call(&self.url, Operation::UnifyiaSignUp, text))
    }

    /// What is wrong with a user object, as [`super::Unifyia::check`] says it.
    #[must_use]
    pub fn check(&self, user: &User, organization: Option<&OrganizationName>) -> Vec<Violation> {
        match organization {
            Some(organization) => user.check_for(organization, self.rules),
            None => user.check(self.rules),
        }
    }

    /// Fetches an organization's branding.
    ///
    /// # Errors
    /// None but those of [`Self::call`].
    pub fn branding(&self, organization: &OrganizationName) -> Result<Call<Branding>, InvalidInput> {
        self.typed(&Intent::branding(organization.clone()))
    }

    fn typed<T: ReadOutcome>(&self, intent: &Intent) -> Result<Call<T>, InvalidInput> {
        super::of_unifyia(intent)?;
        Ok(crate::relay::call(&self.url, intent.action().operation(), intent.to_text()))
    }
}
