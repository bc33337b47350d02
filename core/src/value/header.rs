//! What a header's name and value may be.

use crate::input::{Violation, ViolationCode};
use crate::text::is_blank;

/// Headers that the host's HTTP client sets itself, or that would change how the message is framed.
const CLIENTS_OWN_HEADERS: [&str; 9] = [
    "connection",
    "content-length",
    "expect",
    "host",
    "keep-alive",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// Checks a header name: RFC 9110's token, and none that the HTTP client sets.
pub(crate) fn header_name(name: &str, path: &str) -> Result<(), Violation> {
    if name.is_empty() {
        return Err(Violation::new(path, ViolationCode::Required));
    }
    let token = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte));
    if token && !CLIENTS_OWN_HEADERS.iter().any(|own| own.eq_ignore_ascii_case(name)) {
        return Ok(());
    }
    Err(Violation::new(path, ViolationCode::BadHeaderName))
}

/// Checks a header value: visible ASCII and inner spaces.
pub(crate) fn header_value(value: &str, path: &str) -> Result<(), Violation> {
    if is_blank(value) {
        return Err(Violation::new(path, ViolationCode::Required));
    }
    if value.bytes().all(|byte| (b' '..=b'~').contains(&byte)) && value.trim().len() == value.len() {
        return Ok(());
    }
    Err(Violation::new(path, ViolationCode::BadToken))
}
