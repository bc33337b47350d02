//! What a look-up says of a change whose own answer was lost or unstated.

use super::EnrolleeInfo;
use crate::error::{Error, ErrorKind};
use crate::intent::Action;
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

impl Action {
    /// Whether this change is in effect, by a look-up that was made after it. For an answer that was lost
    /// ([`Error::outcome_unknown`]) or unstated ([`crate::Acknowledgement::Unstated`]).
    #[must_use]
    pub fn confirmed_by(self, look_up: &Result<EnrolleeInfo, Error>) -> Confirmation {
        let user = match look_up {
            Ok(info) => info.enrolled_user.unwrap_or_default(),
            // Smile ID documents no look-up of a deleted user; its code for one says enough.
            Err(Error::Api(error)) if error.kind() == ErrorKind::UserDeleted => {
                return if self == Self::DeletePermanently {
                    Confirmation::InEffect
                } else {
                    Confirmation::NotInEffect
                };
            }
            Err(_) => return Confirmation::Unknown,
        };
        let (shown, wanted) = match self {
            // The permission ends when it is used: that it is not there does not say that it never was.
            Self::ReEnroll => (user.allow_new_enroll.filter(|&allowed| allowed), true),
            Self::Deactivate => (user.inactive, true),
            Self::Reactivate => (user.inactive, false),
            Self::FlagFraud => (user.is_fraudulent, true),
            Self::ClearFraud => (user.is_fraudulent, false),
            Self::DeletePermanently => (user.deleted, true),
            _ => (None, true),
        };
        match shown {
            Some(shown) if shown == wanted => Confirmation::InEffect,
            Some(_) => Confirmation::NotInEffect,
            None => Confirmation::Unknown,
        }
    }
}
