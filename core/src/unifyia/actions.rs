//! What a client and a relay can both be asked: the call of each action, and the check of a user.

use alloc::vec::Vec;

use super::sign_up::SignedUp;
use super::user::User;
use crate::call::Call;
use crate::input::{InvalidInput, Violation};
use crate::intent::Intent;
use crate::operation::operations;
use crate::outcome::Outcome;
use crate::reply::ReadOutcome;
use crate::value::OrganizationName;

macro_rules! method {
    (plain $(#[doc = $doc:literal])+ $method:ident ($($key:ident: $Type:path),*) $Outcome:path) => {
        $(#[doc = $doc])+
        ///
        /// # Errors
        /// As [`Self::call`].
        fn $method(&self, $($key: &$Type),*) -> Result<Call<$Outcome>, InvalidInput> {
            self.typed(&Intent::$method($($key.clone()),*))
        }
    };
    (by_hand $($row:tt)*) => {};
}

macro_rules! actions {
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
        /// Unifyia's actions, for code that takes a [`super::Unifyia`] and a [`super::UnifyiaRelay`] alike.
        pub trait UnifyiaActions {
            #[doc(hidden)]
            fn typed<T: ReadOutcome>(&self, intent: &Intent) -> Result<Call<T>, InvalidInput>;

            /// The call of any Unifyia intent. Every method below is shorthand for this.
            ///
            /// # Errors
            /// `unknown_value` at `action` for an intent of another service.
            fn call(&self, intent: &Intent) -> Result<Call<Outcome>, InvalidInput> {
                self.typed(intent)
            }

            /// Signs a user up, at the user's `organisationName` unless the path has another organization.
            ///
            /// # Errors
            /// Every violation of the user object, by wire path; `mismatch` when the two organizations differ.
            fn sign_up(
                &self,
                user: &User,
                organization: Option<&OrganizationName>,
            ) -> Result<Call<SignedUp>, InvalidInput>;

            /// What is wrong with a user object; for a form that checks while one types.
            fn check(&self, user: &User, organization: Option<&OrganizationName>) -> Vec<Violation>;

            $(method!($form $(#[doc = $doc])+ $method ($($key: crate::$($Type)::+),*) crate::$outcome_room::$Outcome);)+
        }
    };
}

operations!(actions);
