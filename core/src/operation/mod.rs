//! What can be called, and what is known of it: all of it from the table.

mod table;

use crate::input::{InvalidInput, unknown_value};
use crate::slug::{ClosedSet, slugs};
pub(crate) use table::operations;

/// What may be sent again after a call that failed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Again {
    /// The same call: nothing in it grows stale.
    SameCall,
    /// The action, as a new call: a signature grows stale while we wait.
    NewCall,
    /// As [`Self::NewCall`], but nothing after the service itself failed: nobody can look a half-done change up, so that trying
    /// again could make it twice.
    NewCallUnlessFailed,
}

macro_rules! facts {
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
        slugs! {
            /// What an intent wants. The slugs are those of the [`Operation`]s; `raw` is never an intent.
            pub enum Action { $($($(#[doc = $doc])+ $Action = $slug,)+)+ }
        }

        slugs! {
            /// What a call does; it names the reader of the answer.
            pub enum Operation { $($($(#[doc = $doc])+ $Operation = $slug,)+ $(#[doc = $raw_doc])+ $Raw = $raw_slug,)+ }
        }

        slugs! {
            /// Whom a call is for.
            pub enum Service {
                /// Smile ID.
                SmileId = "smile_id",
                /// Unifyia.
                Unifyia = "unifyia",
            }
        }

        impl Action {
            /// The action of a word.
            ///
            /// # Errors
            /// `unknown_value` at `action`, as for an intent with that word.
            pub fn parse(word: &str) -> Result<Self, InvalidInput> {
                Self::from_slug(word).ok_or_else(|| unknown_value("action", Self::WORDS).into())
            }

            /// The operation of the call that carries it out.
            #[must_use]
            pub const fn operation(self) -> Operation {
                match self { $($(Self::$Action => Operation::$Operation,)+)+ }
            }
        }

        impl Operation {
            /// The action that it carries out; `None` for a `raw` call.
            #[must_use]
            pub const fn action(self) -> Option<Action> {
                match self { $($(Self::$Operation => Some(Action::$Action),)+ Self::$Raw => None,)+ }
            }

            /// Whether it may change something. A `raw` call is taken for one that does.
            #[must_use]
            pub const fn is_mutation(self) -> bool {
                match self { $($(Self::$Operation => is_change!($effect),)+ Self::$Raw => true,)+ }
            }

            /// Whom it is for.
            #[must_use]
            pub const fn service(self) -> Service {
                match self { $($(Self::$Operation)|+ | Self::$Raw => Service::$Service,)+ }
            }

            pub(crate) const fn again(self) -> Again {
                match self { $($(Self::$Operation => Again::$again,)+ Self::$Raw => Again::NewCall,)+ }
            }
        }
    };
}

macro_rules! is_change {
    (change) => {
        true
    };
    (look) => {
        false
    };
}

operations!(facts);
