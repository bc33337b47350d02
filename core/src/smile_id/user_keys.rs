//! The key that most endpoints want: whom it is about.

use crate::keys::keys;
use crate::value::UserId;

keys! {
    /// A user of Smile ID.
    pub(crate) struct UserKeys {
        /// The user's id, as you gave it to Smile ID.
        user_id: UserId,
    }
}

/// What is about one user.
pub(super) trait AboutUser {
    fn about(&self) -> &UserId;
}

impl AboutUser for UserKeys {
    fn about(&self) -> &UserId {
        &self.user_id
    }
}
