//! What comes of a change to a user.

use crate::record::outcome;

outcome! {
    /// A change to a user was accepted.
    pub struct Acknowledged of anything {
        /// The HTTP status.
        status("status"): Status, shown;
        /// Whether the service said so in so many words. On `unstated`, look the user up before you say "done".
        acknowledgement("acknowledgement"): Acknowledgement, shown;
        /// The service's message, control and bidirectional characters removed.
        message("message"): Message;
    }
}
