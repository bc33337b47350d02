//! The result codes of user management, as documented: strings, some with leading zeros, never integers.

use crate::error::ErrorKind;

/// What a documented failure code means; `None` for every other code.
pub(crate) fn kind(code: &str) -> Option<ErrorKind> {
    Some(match code {
        // Not authorized: bad signature, wrong environment, timestamp format.
        "2205" | "2405" => ErrorKind::Unauthorized,
        "2207" => ErrorKind::UserDisabled,
        "2208" => ErrorKind::UserDeleted,
        "2209" => ErrorKind::AlreadyEnrolled,
        "2210" => ErrorKind::UserNotFound,
        "2211" => ErrorKind::ReenrollmentIncomplete,
        // Wrong data type; required parameter missing; no photo.
        "2204" | "2213" | "2413" | "2216" => ErrorKind::InvalidRequest,
        // The job exists.
        "2215" => ErrorKind::Conflict,
        // Production is not enabled.
        "2220" => ErrorKind::Forbidden,
        // System error.
        "2201" | "2301" | "2401" => ErrorKind::Server,
        _ => return None,
    })
}
