//! The part of the core that a page needs, for JavaScript: relays, intents, checks, and the reading of a relay's answers. Nothing of it
//! can sign. Internal: the public surface is the TypeScript facade in `../npm`.
//!
//! Texts and bytes go in, and one text comes out of each function: no value of JavaScript's is ever held here, so that the file has
//! no table of them, and JavaScript's own reader makes objects of JSON.

#![cfg_attr(target_family = "wasm", no_std)]

extern crate alloc;

use alloc::string::String;

use enrollkit::{Intent, RelayUrl, Service};
use enrollkit_glue::one_text::{self, invalid, refused, relayed, thrown};
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

/// The call that brings an intent to a relay of Smile ID's.
#[wasm_bindgen(js_name = relaySmileId)]
#[must_use]
pub fn relay_smile_id(url: &str, intent: &str) -> String {
    relayed(Service::SmileId, url, Intent::from_json(intent))
}

/// The call that brings an intent to a relay of Unifyia's.
#[wasm_bindgen(js_name = relayUnifyia)]
#[must_use]
pub fn relay_unifyia(url: &str, intent: &str, extra_keys: bool) -> String {
    relayed(Service::Unifyia, url, intents::parse(intent, false, extra_keys))
}

/// The call that brings a sign-up to a relay of Unifyia's.
#[allow(clippy::needless_pass_by_value, reason = "the glue hands it over")]
#[wasm_bindgen(js_name = relaySignUp)]
#[must_use]
pub fn relay_sign_up(url: &str, user: &str, organization: Option<String>) -> String {
    relayed(Service::Unifyia, url, intents::sign_up(user, organization.as_deref(), false, false))
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
    one_text::read_relayed(operation, status, headers, body.as_deref())
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
