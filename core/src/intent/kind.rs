//! What is wanted, with the keys of its action: one variant for each row of the table.

use alloc::string::String;

use crate::input::InvalidInput;
use crate::keys::{AnyKeys, Keys, Written};
use crate::operation::{Action, operations};
use crate::unifyia::SignUpRules;
use crate::value::UserId;

macro_rules! kinds {
    ($($room:ident $Service:ident {
        $(#[doc = $raw_doc:literal])+ raw $Raw:ident $raw_slug:literal;
        $($(#[doc = $doc:literal])+ $method:ident $Action:ident $Operation:ident $slug:literal {
            intent: $form:ident $keys_room:ident::$Keys:ident($($key:ident: $($Type:ident)::+),*),
            effect: $effect:ident,
            again: $again:ident,
            request: $endpoint:ident($($argument:expr),*),
            outcome: $outcome_room:ident::$Outcome:ident,
            shown_by: $shown:tt,
        })+
    })+) => {
        #[derive(Clone, PartialEq, Eq)]
        pub(crate) enum Kind { $($($Action(crate::$keys_room::$Keys),)+)+ }

        impl Kind {
            pub(super) fn read(action: Action, intent: &mut Written, rules: SignUpRules) -> Result<Self, InvalidInput> {
                Ok(match action {
                    $($(Action::$Action => Self::$Action(crate::$keys_room::$Keys::read(intent, rules)?),)+)+
                })
            }

            /// `None` for what needs more than a user's id.
            pub(super) fn about(action: Action, user_id: UserId) -> Option<Self> {
                match action {
                    $($(Action::$Action => crate::$keys_room::$Keys::of_user(user_id).map(Self::$Action),)+)+
                }
            }

            pub(crate) fn action(&self) -> Action {
                match self { $($(Self::$Action(_) => Action::$Action,)+)+ }
            }

            /// The intent's text. By the kinds' own functions, so that whoever wants no more links no more of them.
            pub(super) fn to_text(&self) -> String {
                let action = self.action().slug();
                match self { $($(Self::$Action(keys) => keys.to_text(action),)+)+ }
            }

            pub(crate) fn keys(&self) -> &dyn AnyKeys {
                match self { $($(Self::$Action(keys) => keys,)+)+ }
            }
        }
    };
}

operations!(kinds);
