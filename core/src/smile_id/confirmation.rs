//! What a look-up says of a change whose own answer was lost or unstated.

use super::enrollee_info::{EnrolledUser, EnrolleeInfo};
use crate::error::{Error, ErrorKind};
use crate::operation::{Action, operations};
use crate::slug::slugs;

slugs! {
    /// Whether a change is in effect.
    pub enum Confirmation {
        /// The look-up shows it.
        InEffect = "in_effect",
        /// The look-up shows the opposite: it may be tried again, as a new call.
        NotInEffect = "not_in_effect",
        /// The look-up failed, or does not say.
        Unknown = "unknown",
    }
}

/// What the flag of a change shows, and what it must show; `None` says nothing.
macro_rules! shown {
    (nothing, $user:ident) => {
        (None, true)
    };
    (($flag:ident: only true), $user:ident) => {
        ($user.$flag.filter(|&set| set), true)
    };
    (($flag:ident: $wanted:literal), $user:ident) => {
        ($user.$flag, $wanted)
    };
}

macro_rules! confirmations {
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
        impl Action {
            fn shown_by(self, user: EnrolledUser) -> (Option<bool>, bool) {
                match self { $($(Self::$Action => shown!($shown, user),)+)+ }
            }
        }
    };
}

operations!(confirmations);

impl Action {
    /// Whether this change is in effect, by a look-up that was made after it. For an answer that was lost
    /// ([`Error::outcome_unknown`]) or unstated ([`crate::Acknowledgement::Unstated`]).
    #[must_use]
    pub fn confirmed_by(self, look_up: &Result<EnrolleeInfo, Error>) -> Confirmation {
        let (shown, wanted) = match look_up {
            Ok(info) => self.shown_by(info.enrolled_user().copied().unwrap_or_default()),
            // Smile ID documents no look-up of a deleted user; its code for one says enough: nothing but the deletion is in effect.
            Err(Error::Api(error)) if error.kind() == ErrorKind::UserDeleted => {
                let (shown, wanted) =
                    self.shown_by(EnrolledUser { deleted: Some(true), ..Default::default() });
                (shown.or(Some(!wanted)), wanted)
            }
            Err(_) => return Confirmation::Unknown,
        };
        match shown {
            Some(shown) if shown == wanted => Confirmation::InEffect,
            Some(_) => Confirmation::NotInEffect,
            None => Confirmation::Unknown,
        }
    }
}
