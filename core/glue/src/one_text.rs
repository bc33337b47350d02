//! The one text that each function of a WebAssembly gives: JavaScript makes objects of it. What is refused begins with a mark.

use alloc::string::String;

use enrollkit::{Details, Error, Intent, InvalidInput, Json, Operation, RelayUrl, Service, relay};

use crate::{Fault, NO_OPERATION};

/// Before an error: its plain form, a line break, what it says. Without a plain form it is a misuse.
const REFUSED: &str = "!";
/// As [`REFUSED`], where the answer's body is the error's.
const REFUSED_WITH_BODY: &str = "#";
/// Before an outcome's plain form.
const READ: &str = "=";
/// Before an outcome's plain form of a body that was not valid JSON of valid text to the letter.
const READ_LOSSY: &str = "~";

/// The parts, one behind the other.
fn joined(parts: &[&str]) -> String {
    let mut text = String::with_capacity(parts.iter().map(|part| part.len()).sum());
    for part in parts {
        text.push_str(part);
    }
    text
}

/// Of an error.
#[must_use]
pub fn thrown(error: &Error) -> String {
    // Whole: the facade leaves out of its plain form what the service wrote.
    let kind = if error.raw().is_empty() { REFUSED } else { REFUSED_WITH_BODY };
    joined(&[kind, &error.to_json_with(Details::Included).to_text(), "\n", &error.message()])
}

/// Of an input that was refused.
#[inline(never)]
#[must_use]
pub fn invalid(invalid: InvalidInput) -> String {
    thrown(&invalid.into())
}

/// Of a refusal, or of a misuse.
#[must_use]
pub fn refused(fault: Fault) -> String {
    match fault {
        Fault::Refused(error) => thrown(&error),
        Fault::Misused(what) => joined(&[REFUSED, "\n", what]),
    }
}

/// Of an outcome's plain form.
#[must_use]
pub fn read(outcome: &Json, is_lossy: bool) -> String {
    joined(&[if is_lossy { READ_LOSSY } else { READ }, &outcome.to_text()])
}

/// Of a relay's answer: an outcome's plain form, or an error. Without a body it was too large.
#[must_use]
pub fn read_relayed(operation: &str, status: u16, headers: &str, body: Option<&str>) -> String {
    let Some(operation) = Operation::from_slug(operation) else { return refused(NO_OPERATION) };
    match relay::read_plain(operation, status, pairs(headers), body) {
        Ok(outcome) => read(&outcome, false),
        Err(error) => thrown(&error),
    }
}

/// Of what a relay's call has of its own: operation, address and body, each a line. Method and headers are every relay's, so that no
/// call is made here.
#[must_use]
pub fn relayed(service: Service, url: &str, intent: Result<Intent, InvalidInput>) -> String {
    let parts = intent.and_then(|intent| {
        RelayUrl::parse(url)?;
        intent.only_of(service)?;
        Ok((intent.action().operation().slug(), intent.to_text()))
    });
    match parts {
        Ok((operation, body)) => joined(&[operation, "\n", url, "\n", &body]),
        Err(error) => invalid(error),
    }
}

/// Headers of lines of names and values, by turns.
pub fn pairs(lines: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = Some(lines);
    let mut line = move || {
        let text = rest.take()?;
        let end = text.bytes().position(|byte| byte == b'\n').unwrap_or(text.len());
        rest = text.get(end.saturating_add(1)..);
        text.get(..end)
    };
    core::iter::from_fn(move || Some((line()?, line()?)))
}
