//! Runs one vector: takes a case's `input`, gives what a conforming implementation must give.
//!
//! `no_std`, so that the probe runs the very same code as WebAssembly. The form of the vectors is in
//! `../schema/vectors.schema.json`.

#![no_std]

extern crate alloc;

mod call;
mod closed_sets;
mod compare;
mod read;
mod value;
mod verify;

use alloc::string::String;
use alloc::vec::Vec;

use enrollkit::json::Object;
use enrollkit::{InvalidInput, Json, SignUpRules, Timestamp, Violation};

pub use compare::difference;

/// The result of a case of `kind` with this `input`; `Err` says what is wrong with the case itself.
pub fn run(kind: &str, input: &Json) -> Result<Json, String> {
    match kind {
        "signature" => value::signature(input),
        "timestamp" => value::timestamp(input),
        "value" => value::value(input),
        "json" => value::json(input),
        "intent" => value::intent(input),
        "call" => call::call(input),
        "read" => read::read(input),
        "relay" => read::relay(input),
        "no_response" => read::no_response(input),
        "route" => read::route(input),
        "check" => value::check(input),
        "verify" => verify::verify(input),
        _ => Err(alloc::format!("no such kind: {kind}")),
    }
}

/// A text of the input that must be there.
fn text<'a>(input: &'a Json, key: &str) -> Result<&'a str, String> {
    input.get(key).and_then(Json::as_str).ok_or_else(|| alloc::format!("input has no text `{key}`"))
}

fn flag(input: &Json, key: &str) -> bool {
    input.get(key).and_then(Json::as_bool).unwrap_or(false)
}

fn time(input: &Json, key: &str) -> Result<Timestamp, String> {
    Timestamp::parse(text(input, key)?).map_err(|_| alloc::format!("`{key}` is no time"))
}

fn rules(input: &Json) -> SignUpRules {
    SignUpRules::of(flag(input, "self_service"), flag(input, "allow_extra_keys"))
}

/// The rules for what a back end sets itself.
fn server_rules(input: &Json) -> SignUpRules {
    SignUpRules::of(false, flag(input, "allow_extra_keys"))
}

/// The headers of an answer or a webhook: pairs, since a name may come twice.
fn headers(input: &Json) -> Vec<(&str, &str)> {
    let pairs = input.get("headers").and_then(Json::as_array).unwrap_or_default();
    pairs
        .iter()
        .filter_map(|pair| pair.as_array())
        .filter_map(|pair| Some((pair.first()?.as_str()?, pair.get(1)?.as_str()?)))
        .collect()
}

/// A body, as text or as base64.
fn body(input: &Json) -> Result<Vec<u8>, String> {
    use base64::Engine as _;
    match input.get("body_base64").and_then(Json::as_str) {
        Some(encoded) => {
            base64::engine::general_purpose::STANDARD.decode(encoded).map_err(|_| "bad base64".into())
        }
        None => Ok(input.get("body").and_then(Json::as_str).unwrap_or_default().into()),
    }
}

/// What a refused input looks like in every kind: paths and codes, in order, and parameters where there are some.
fn refused(invalid: &InvalidInput) -> Json {
    object([("violations", invalid.violations().iter().map(violation).collect::<Vec<_>>().into())])
}

fn violation(violation: &Violation) -> Json {
    let mut out = Object::new();
    out.insert("path", violation.path.as_str());
    out.insert("code", violation.code.slug());
    if let Some(limit) = violation.limit.and_then(|limit| i64::try_from(limit).ok()) {
        out.insert("limit", limit);
    }
    if let Some(expected) = &violation.expected {
        out.insert("expected", expected.as_str());
    }
    out.into()
}

fn object<const N: usize>(pairs: [(&str, Json); N]) -> Json {
    let mut out = Object::new();
    for (key, value) in pairs {
        out.insert(key, value);
    }
    out.into()
}

fn optional(text: Option<&str>) -> Json {
    text.map_or(Json::Null, Json::from)
}
