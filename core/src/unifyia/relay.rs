//! The client of end-user pages and apps: it holds no token.

use alloc::vec::Vec;

use super::actions::UnifyiaActions;
use super::rules::SignUpRules;
use super::sign_up::{self, SignedUp};
use super::user::User;
use crate::call::Call;
use crate::input::{InvalidInput, Violation};
use crate::intent::Intent;
use crate::operation::{Action, Service, operations};
use crate::outcome::Outcome;
use crate::relay;
use crate::reply::ReadOutcome;
use crate::value::{OrganizationName, RelayUrl};

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
    pub fn call(&self, intent: &Intent) -> Result<Call<Outcome>, InvalidInput> {
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
        let text = sign_up::text_of(Action::SignUp.slug(), user, &organization);
        Ok(relay::call(&self.url, Action::SignUp.operation(), text))
    }

    /// What is wrong with a user object, as [`super::Unifyia::check`] says it.
    #[must_use]
    pub fn check(&self, user: &User, organization: Option<&OrganizationName>) -> Vec<Violation> {
        user.check_at(organization, self.rules)
    }
}

macro_rules! method {
    (plain $(#[doc = $doc:literal])+ $method:ident ($($key:ident: $Type:path),*) $Outcome:path) => {
        $(#[doc = $doc])+
        ///
        /// # Errors
        /// As [`Self::call`].
        pub fn $method(&self, $($key: &$Type),*) -> Result<Call<$Outcome>, InvalidInput> {
            self.typed(&Intent::$method($($key.clone()),*))
        }
    };
    (by_hand $($row:tt)*) => {};
}

macro_rules! methods {
    (
        smile_id SmileId {
            $(#[doc = $foreign_raw_doc:literal])+ raw $ForeignRaw:ident $foreign_raw_slug:literal;
            $($(#[doc = $foreign_doc:literal])+ $foreign_method:ident $Foreign:ident $ForeignOperation:ident $foreign_slug:literal {
                $($foreign_column:tt)*
            })+
        }
        unifyia Unifyia {
            $(#[doc = $raw_doc:literal])+ raw $Raw:ident $raw_slug:literal;
            $($(#[doc = $doc:literal])+ $method:ident $Action:ident $Operation:ident $slug:literal {
                intent: $form:ident $keys_room:ident::$Keys:ident($($key:ident: $($Type:ident)::+),*),
                effect: $effect:ident,
                again: $again:ident,
                request: $endpoint:ident($($argument:expr),*),
                outcome: $outcome_room:ident::$Outcome:ident,
                shown_by: $shown:tt,
            })+
        }
    ) => {
        /// One method for each action.
        impl UnifyiaRelay {
            $(method!($form $(#[doc = $doc])+ $method ($($key: crate::$($Type)::+),*) crate::$outcome_room::$Outcome);)+
        }
    };
}

operations!(methods);

impl UnifyiaActions for UnifyiaRelay {
    fn typed<T: ReadOutcome>(&self, intent: &Intent) -> Result<Call<T>, InvalidInput> {
        intent.only_of(Service::Unifyia)?;
        Ok(relay::call(&self.url, intent.action().operation(), intent.to_text()))
    }

    fn sign_up(
        &self,
        user: &User,
        organization: Option<&OrganizationName>,
    ) -> Result<Call<SignedUp>, InvalidInput> {
        self.sign_up(user, organization)
    }

    fn check(&self, user: &User, organization: Option<&OrganizationName>) -> Vec<Violation> {
        self.check(user, organization)
    }
}
