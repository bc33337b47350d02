//! What a client and a relay can both be asked: the call of each action.

use crate::call::Call;
use crate::input::InvalidInput;
use crate::intent::Intent;
use crate::operation::operations;
use crate::outcome::{Acknowledged, Outcome};
use crate::reply::ReadOutcome;
use crate::value::{Timestamp, UserId};

macro_rules! method {
    (plain $(#[doc = $doc:literal])+ $method:ident ($($key:ident: $Type:path),*) $Outcome:path) => {
        $(#[doc = $doc])+
        ///
        /// # Errors
        /// As [`Self::call`].
        fn $method(&self, $($key: &$Type,)* now: Timestamp) -> Result<Call<$Outcome>, InvalidInput> {
            self.typed(&Intent::$method($($key.clone()),*), now)
        }
    };
    (by_hand $($row:tt)*) => {};
}

macro_rules! actions {
    (
        smile_id SmileId {
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
        unifyia Unifyia {
            $(#[doc = $foreign_raw_doc:literal])+ raw $ForeignRaw:ident $foreign_raw_slug:literal;
            $($(#[doc = $foreign_doc:literal])+ $foreign_method:ident $Foreign:ident $ForeignOperation:ident $foreign_slug:literal {
                $($foreign_column:tt)*
            })+
        }
    ) => {
        /// Smile ID's actions, for code that takes a [`super::SmileId`] and a [`super::SmileIdRelay`] alike. A relay signs nothing, so it
        /// does not look at the time.
        pub trait SmileIdActions {
            #[doc(hidden)]
            fn typed<T: ReadOutcome>(&self, intent: &Intent, now: Timestamp) -> Result<Call<T>, InvalidInput>;

            /// The call of any Smile ID intent. Every method below is shorthand for this.
            ///
            /// # Errors
            /// `unknown_value` at `action` for an intent of another service; of a client with credentials `required` at `operator` for a
            /// change without one, and `expired` at `pair`.
            fn call(&self, intent: &Intent, now: Timestamp) -> Result<Call<Outcome>, InvalidInput> {
                self.typed(intent, now)
            }

            /// Deletes a user **for ever**; the id can never be used again. Smile ID recommends re-enrolling instead.
            ///
            /// # Errors
            /// As [`Self::call`], and `mismatch` at `confirm` unless it repeats the user id exactly.
            fn delete_permanently(
                &self,
                user_id: &UserId,
                confirm: &str,
                now: Timestamp,
            ) -> Result<Call<Acknowledged>, InvalidInput> {
                self.typed(&Intent::delete_permanently(user_id.clone(), confirm)?, now)
            }

            $(method!($form $(#[doc = $doc])+ $method ($($key: crate::$($Type)::+),*) crate::$outcome_room::$Outcome);)+
        }
    };
}

operations!(actions);
