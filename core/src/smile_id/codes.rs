//! The result codes of user management, as documented: strings, some with leading zeros, never integers.
//!
//! Sources: Smile ID's pages of error codes and of troubleshooting, and the test data of its own SDKs, which has the successes.

use crate::error::ErrorKind;

/// What a documented failure code means, with the text beside it; `None` for every other code.
pub(crate) fn kind(code: &str, text: &str) -> Option<ErrorKind> {
    Some(match code {
        // Not authorized: bad signature, wrong environment, timestamp format.
        "2205" | "2405" => ErrorKind::Unauthorized,
        // A wrong data type; the troubleshooting page counts it among the authorization errors, too, and SDKs show it with such a
        // text.
        "2204" if speaks_of_authorization(text) => ErrorKind::Unauthorized,
        "2207" => ErrorKind::UserDisabled,
        "2208" => ErrorKind::UserDeleted,
        "2209" => ErrorKind::AlreadyEnrolled,
        "2210" => ErrorKind::UserNotFound,
        "2211" => ErrorKind::ReenrollmentIncomplete,
        // Wrong data type; required parameter missing; no photo; no JSON; no such job type; no such product; no zip.
        "2204" | "2213" | "2413" | "2216" | "2203" | "2212" | "2217" | "2314" => ErrorKind::InvalidRequest,
        // The job exists.
        "2215" => ErrorKind::Conflict,
        // Production is not enabled.
        "2220" => ErrorKind::Forbidden,
        // System error.
        "2201" | "2301" | "2401" => ErrorKind::Server,
        _ => return None,
    })
}

/// Whether the code is that of a success: of an upload, or of a job's status.
pub(crate) fn is_success(code: &str) -> bool {
    matches!(code, "2202" | "2302")
}

fn speaks_of_authorization(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    ["authoriz", "authoris", "signature"].iter().any(|word| text.contains(word))
}
