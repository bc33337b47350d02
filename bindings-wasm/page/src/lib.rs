//! The part of the core that a page needs, for JavaScript: relays, intents, checks, and the reading of a relay's answers. Nothing of it
//! can sign. Internal: the public surface is the TypeScript facade in `../npm`.
//!
//! Texts and bytes go in, and one text comes out of each function: no value of JavaScript's is ever held here, so that the file has
//! no table of them, and JavaScript's own reader makes objects of JSON. What is refused begins with [`REFUSED`] or [`REFUSED_WITH_BODY`].

#![cfg_attr(target_family = "wasm", no_std)]

extern crate alloc;

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use enrollkit::{Call, Details, Error, InvalidInput, Operation, Outcome, header_octets, relay};
use enrollkit_glue::{Fault, calls, intents, replies};
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

/// Before an error: its plain form, a line break, what it says.
const REFUSED: &str = "!";
/// As [`REFUSED`], where the answer's body is the error's.
const REFUSED_WITH_BODY: &str = "#";
/// Before an outcome's plain form.
const READ: &str = "=";
/// Before an outcome's plain form of a body that was not valid JSON of valid text to the letter.
const READ_LOSSY: &str = "~";

fn thrown(error: &Error) -> String {
    // Whole: the facade leaves out of its plain form what the service wrote.
    let kind = if error.raw().is_empty() { REFUSED } else { REFUSED_WITH_BODY };
    [kind, &error.to_json_with(Details::Included).to_text(), "\n", &error.to_string()].concat()
}

#[inline(never)]
fn invalid(invalid: InvalidInput) -> String {
    thrown(&invalid.into())
}

fn refused(fault: Fault) -> String {
    match fault {
        Fault::Refused(error) => thrown(&error),
        // Only the facade could give such a thing.
        Fault::Misused(what) => what.into(),
    }
}

/// A user object's text may be megabytes: it comes as the bytes that the platform's own encoder made of it.
fn text(bytes: &[u8]) -> &str {
    core::str::from_utf8(bytes).unwrap_or_default()
}

/// What a relay's call has of its own: operation, address and body. Method and headers are every relay's.
fn lines_or_refusal(call: Result<Call, InvalidInput>) -> String {
    match call {
        Ok(call) => [call.operation().slug(), call.url(), call.body()].join("\n"),
        Err(error) => invalid(error),
    }
}

/// The call that brings an intent to a relay of Smile ID's.
#[wasm_bindgen(js_name = relaySmileId)]
#[must_use]
pub fn relay_smile_id(url: &str, intent: &str) -> String {
    lines_or_refusal(calls::smile_id_relay(url, intent))
}

/// The call that brings an intent to a relay of Unifyia's.
#[wasm_bindgen(js_name = relayUnifyia)]
#[must_use]
pub fn relay_unifyia(url: &str, intent: &[u8], extra_keys: bool) -> String {
    lines_or_refusal(calls::unifyia_relay(url, text(intent), extra_keys))
}

/// The call that brings a sign-up to a relay of Unifyia's.
#[allow(clippy::needless_pass_by_value, reason = "the glue hands it over")]
#[wasm_bindgen(js_name = relaySignUp)]
#[must_use]
pub fn relay_sign_up(url: &str, user: &[u8], organization: Option<String>) -> String {
    lines_or_refusal(calls::sign_up_relay(url, text(user), organization.as_deref(), false))
}

/// Checks a relay's address before there is an intent; empty when it is one.
#[wasm_bindgen(js_name = checkRelayUrl)]
#[must_use]
pub fn check_relay_url(url: &str) -> String {
    calls::check_relay_url(url).map_or_else(invalid, |()| String::new())
}

/// The exact text of a valid intent's wire form.
#[wasm_bindgen(js_name = parseIntent)]
#[must_use]
pub fn parse_intent(intent: &[u8], self_service: bool, extra_keys: bool) -> String {
    intents::parse(text(intent), self_service, extra_keys).map_or_else(invalid, |intent| intent.to_text())
}

/// What is wrong with a user object, or with it at an organization: a list of violations in their plain form.
#[allow(clippy::needless_pass_by_value, reason = "the glue hands it over")]
#[wasm_bindgen(js_name = checkUser)]
#[must_use]
pub fn check_user(user: &[u8], self_service: bool, extra_keys: bool, organization: Option<String>) -> String {
    intents::check_user(text(user), self_service, extra_keys, organization.as_deref()).to_text()
}

/// Reads an answer: an outcome's plain form, or an error. Headers are lines of names and values, by turns.
#[wasm_bindgen(js_name = readRelayed)]
#[must_use]
pub fn read_relayed(operation: &str, max_bytes: f64, status: u16, headers: &str, body: &[u8]) -> String {
    let Some(operation) = Operation::from_slug(operation) else { return "no such operation".into() };
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a cast saturates")]
    let max_bytes = max_bytes as usize;
    let headers: Vec<&str> = headers.split('\n').collect();
    let pairs = headers.chunks_exact(2).map(|pair| (pair[0], header_octets(pair[1])));
    match relay::read::<Outcome, _, _>(operation, max_bytes, status, pairs, body) {
        Ok(outcome) => {
            let kind = if outcome.raw().is_lossy() { READ_LOSSY } else { READ };
            [kind, &outcome.to_json(Details::Included).to_text()].concat()
        }
        Err(error) => thrown(&error),
    }
}

/// The error of a call that got no answer, or of which nothing was sent.
#[wasm_bindgen(js_name = noResponse)]
#[must_use]
pub fn no_response(operation: &str, not_sent: bool) -> String {
    replies::no_response(operation, not_sent).map_or_else(refused, |error| thrown(&error))
}

/// The error of a plain form's text; empty when it is none.
#[wasm_bindgen(js_name = errorFrom)]
#[must_use]
pub fn error_from(json: &str) -> String {
    replies::error_from(json).map_or_else(String::new, |error| thrown(&error))
}
