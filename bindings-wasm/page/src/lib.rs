//! The part of the core that a page needs, for JavaScript: relays, intents, checks, and the reading of a relay's answers. Nothing of it
//! can sign. Internal: the public surface is the TypeScript facade in `../npm`.
//!
//! Texts and bytes go in, and one text comes out of each function: no value of JavaScript's is ever held here, so that the file has
//! no table of them, and JavaScript's own reader makes objects of JSON. What is refused begins with `!`, or with `#` where the answer's body is the error's.

#![cfg_attr(target_family = "wasm", no_std)]

extern crate alloc;

use alloc::string::String;

use enrollkit::{Details, Error, Intent, InvalidInput, Operation, RelayUrl, Service, relay};
use enrollkit_glue::{intents, replies};
use wasm_bindgen::prelude::*;

#[cfg(target_family = "wasm")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

/// A panic is a fault of ours, and its text would bring all of Rust's formatting.
#[cfg(target_family = "wasm")]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}

/// Before an error: its plain form, a line break, what it says. Without a plain form it is a misuse.
const REFUSED: &str = "!";
/// As [`REFUSED`], where the answer's body is the error's.
const REFUSED_WITH_BODY: &str = "#";
/// Only the facade could ask so.
const NO_SUCH_OPERATION: &str = "!\nno such operation";
/// Before an outcome's plain form.
const READ: &str = "=";

fn thrown(error: &Error) -> String {
    // Whole: the facade leaves out of its plain form what the service wrote.
    let kind = if error.raw().is_empty() { REFUSED } else { REFUSED_WITH_BODY };
    text_of(&[kind, &error.to_json_with(Details::Included).to_text(), "\n", &error.message()])
}

fn text_of(parts: &[&str]) -> String {
    let mut text = String::with_capacity(parts.iter().map(|part| part.len()).sum());
    for part in parts {
        text.push_str(part);
    }
    text
}

#[inline(never)]
fn invalid(invalid: InvalidInput) -> String {
    thrown(&invalid.into())
}

/// Headers of lines of names and values, by turns.
fn pairs(lines: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = Some(lines);
    let mut line = move || {
        let text = rest.take()?;
        let end = text.bytes().position(|byte| byte == b'\n').unwrap_or(text.len());
        rest = text.get(end.saturating_add(1)..);
        text.get(..end)
    };
    core::iter::from_fn(move || Some((line()?, line()?)))
}

/// What a relay's call has of its own: operation, address and body. Method and headers are every relay's, so that no call is made
/// here.
fn lines(service: Service, url: &str, intent: Result<Intent, InvalidInput>) -> String {
    let parts = intent.and_then(|intent| {
        RelayUrl::parse(url)?;
        intent.only_of(service)?;
        Ok((intent.action().operation().slug(), intent.to_text()))
    });
    match parts {
        Ok((operation, body)) => text_of(&[operation, "\n", url, "\n", &body]),
        Err(error) => invalid(error),
    }
}

/// The call that brings an intent to a relay of Smile ID's.
#[wasm_bindgen(js_name = relaySmileId)]
#[must_use]
pub fn relay_smile_id(url: &str, intent: &str) -> String {
    lines(Service::SmileId, url, Intent::from_json(intent))
}

/// The call that brings an intent to a relay of Unifyia's.
#[wasm_bindgen(js_name = relayUnifyia)]
#[must_use]
pub fn relay_unifyia(url: &str, intent: &str, extra_keys: bool) -> String {
    lines(Service::Unifyia, url, intents::parse(intent, false, extra_keys))
}

/// The call that brings a sign-up to a relay of Unifyia's.
#[allow(clippy::needless_pass_by_value, reason = "the glue hands it over")]
#[wasm_bindgen(js_name = relaySignUp)]
#[must_use]
pub fn relay_sign_up(url: &str, user: &str, organization: Option<String>) -> String {
    lines(Service::Unifyia, url, intents::sign_up(user, organization.as_deref(), false, false))
}

/// Checks a relay's address before there is an intent; empty when it is one.
#[wasm_bindgen(js_name = checkRelayUrl)]
#[must_use]
pub fn check_relay_url(url: &str) -> String {
    RelayUrl::parse(url).map_or_else(invalid, |_| String::new())
}

/// The exact text of a valid intent's wire form.
#[wasm_bindgen(js_name = parseIntent)]
#[must_use]
pub fn parse_intent(intent: &str, self_service: bool, extra_keys: bool) -> String {
    intents::parse(intent, self_service, extra_keys).map_or_else(invalid, |intent| intent.to_text())
}

/// What is wrong with a user object, or with it at an organization: a list of violations in their plain form.
#[allow(clippy::needless_pass_by_value, reason = "the glue hands it over")]
#[wasm_bindgen(js_name = checkUser)]
#[must_use]
pub fn check_user(user: &str, self_service: bool, extra_keys: bool, organization: Option<String>) -> String {
    intents::check_user(user, self_service, extra_keys, organization.as_deref()).to_text()
}

/// Reads an answer: an outcome's plain form, or an error. Headers are lines of names and values, by turns; without a body it was too large.
#[allow(clippy::needless_pass_by_value, reason = "the glue hands it over")]
#[wasm_bindgen(js_name = readRelayed)]
#[must_use]
pub fn read_relayed(operation: &str, status: u16, headers: &str, body: Option<String>) -> String {
    let Some(operation) = Operation::from_slug(operation) else { return NO_SUCH_OPERATION.into() };
    match relay::read_plain(operation, status, pairs(headers), body.as_deref()) {
        Ok(outcome) => text_of(&[READ, &outcome.to_text()]),
        Err(error) => thrown(&error),
    }
}

/// The error of a call that got no answer, or of which nothing was sent.
#[wasm_bindgen(js_name = noResponse)]
#[must_use]
pub fn no_response(operation: &str, not_sent: bool) -> String {
    let Some(operation) = Operation::from_slug(operation) else { return NO_SUCH_OPERATION.into() };
    thrown(&if not_sent { Error::not_sent(operation) } else { Error::no_response(operation) })
}

/// The error of a plain form's text; empty when it is none.
#[wasm_bindgen(js_name = errorFrom)]
#[must_use]
pub fn error_from(json: &str) -> String {
    replies::error_from(json).map_or_else(String::new, |error| thrown(&error))
}
