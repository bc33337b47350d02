//! What is wanted, as plain data without credentials.
//!
//! One JSON form for every language, queue, CSV row and policy: `{"action": "smile_id.re_enroll", "user_id": "user-42"}`.
//! An intent exists only when it is valid; what a policy saw is what gets signed.
//!
//! | action | further keys |
//! |---|---|
//! | `smile_id.re_enroll`, `.deactivate`, `.reactivate`, `.flag_fraud`, `.clear_fraud`, `.enrollee_info` | `user_id` |
//! | `smile_id.delete_permanently` | `user_id`, and `confirm`, which repeats it |
//! | `unifyia.sign_up` | `user`, the wire's user object; `organization`, if not the user's `organisationName` |
//! | `unifyia.branding` | `organization` |

#[expect(clippy::module_inception, reason = "the room has the name of what is in it")]
mod intent;
mod kind;

pub(crate) use intent::not_of;
pub use intent::{Intent, check};
pub(crate) use kind::Kind;
