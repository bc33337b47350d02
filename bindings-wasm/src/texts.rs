//! What was read of a service's answer, in both its parts.

use enrollkit::{Details, Error, Outcome};
use enrollkit_glue::one_text::{read, thrown};
use wasm_bindgen::JsValue;

pub(crate) fn reading(result: &Result<Outcome, Error>) -> String {
    match result {
        Ok(outcome) => read(&outcome.to_json(Details::Included), outcome.raw().is_lossy()),
        Err(error) => thrown(error),
    }
}

pub(crate) fn raw_body(result: &Result<Outcome, Error>) -> JsValue {
    let bytes = result.as_ref().map_or_else(Error::raw, |outcome| outcome.raw().bytes());
    js_sys::Uint8Array::from(bytes).into()
}
