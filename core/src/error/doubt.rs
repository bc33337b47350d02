//! What is said when a change may have happened.

/// What every text ends with when nobody knows whether a change took effect.
pub(super) const LOOK_FIRST: &str =
    "it may have taken effect all the same; look the user up before you send it again";
