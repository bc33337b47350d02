//! The body of a `raw` call.

use crate::input::{InvalidInput, Violation, ViolationCode};
use crate::json::{MAX_DEPTH, Object};
use crate::wiped::Wiped;

/// `fetch` refuses a GET with a body, caches and proxies drop it.
pub(crate) fn get_has_no_body() -> Violation {
    Violation::new("body", ViolationCode::Mismatch).expected("a GET's, which is empty")
}

/// The body's text; nothing for none.
pub(crate) fn raw_body_text(body: Option<&Object>) -> Result<Wiped, InvalidInput> {
    let Some(body) = body else { return Ok(Wiped::default()) };
    if body.is_too_deep() {
        return Err(Violation::new("body", ViolationCode::TooDeep).limit(MAX_DEPTH).into());
    }
    Ok(Wiped::new(body.to_text()))
}
