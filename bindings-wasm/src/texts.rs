//! The one text that comes out of each function. What is refused begins with [`REFUSED`] or [`REFUSED_WITH_BODY`].

use enrollkit::{Details, Error, InvalidInput, Json, Outcome};
use enrollkit_glue::Fault;
use wasm_bindgen::JsValue;

/// Before an error: its plain form, a line break, what it says. Without a plain form it is a misuse.
const REFUSED: &str = "!";
/// As [`REFUSED`], where the answer's body is the error's.
const REFUSED_WITH_BODY: &str = "#";
/// Before an outcome's plain form.
const READ: &str = "=";
/// Before an outcome's plain form of a body that was not valid JSON of valid text to the letter.
const READ_LOSSY: &str = "~";

pub(crate) fn thrown(error: &Error) -> String {
    // Whole: the facade leaves out of its plain form what the service wrote.
    let kind = if error.raw().is_empty() { REFUSED } else { REFUSED_WITH_BODY };
    [kind, &error.to_json_with(Details::Included).to_text(), "\n", &error.to_string()].concat()
}

#[inline(never)]
pub(crate) fn invalid(invalid: InvalidInput) -> String {
    thrown(&invalid.into())
}

pub(crate) fn refused(fault: Fault) -> String {
    match fault {
        Fault::Refused(error) => thrown(&error),
        Fault::Misused(what) => [REFUSED, "\n", what].concat(),
    }
}

pub(crate) fn read_text(outcome: &Json) -> String {
    [READ, &outcome.to_text()].concat()
}

pub(crate) fn reading(result: &Result<Outcome, Error>) -> String {
    match result {
        Ok(outcome) => {
            let kind = if outcome.raw().is_lossy() { READ_LOSSY } else { READ };
            [kind, &outcome.to_json(Details::Included).to_text()].concat()
        }
        Err(error) => thrown(error),
    }
}

pub(crate) fn raw_body(result: &Result<Outcome, Error>) -> JsValue {
    let bytes = result.as_ref().map_or_else(Error::raw, |outcome| outcome.raw().bytes());
    js_sys::Uint8Array::from(bytes).into()
}
