//! Secrets: never shown, wiped from memory when dropped.
//!
//! What wiping can't do: copies that the host language made before the text came here, wasm memory that a page can
//! read, core dumps and swap.

use core::fmt;

use crate::input::{InvalidInput, ViolationCode, Violations};
use crate::text::{is_blank, is_unsafe_to_show};
use crate::wiped::Wiped;

/// A Smile ID API key: used as the UTF-8 text it is, never decoded, never trimmed.
///
/// White space before or after it is refused rather than cut off: the line break at the end of a key file is the
/// commonest cause of error 2205, and cutting it off here would leave it in place for everybody else.
#[derive(Clone)]
pub struct ApiKey(Wiped);

impl ApiKey {
    /// Takes the key as it is.
    ///
    /// # Errors
    /// `required`, `outer_white_space` or `control_character`, at the path `api_key`.
    pub fn parse(text: &str) -> Result<Self, InvalidInput> {
        let mut violations = Violations::default();
        if is_blank(text) {
            violations.add("api_key", ViolationCode::Required);
        } else if text.trim().len() != text.len() {
            violations.add("api_key", ViolationCode::OuterWhiteSpace);
        // A byte order mark at the beginning of a key file is as invisible as the line break at its end.
        } else if text.chars().any(is_unsafe_to_show) {
            violations.add("api_key", ViolationCode::ControlCharacter);
        }
        violations.finish(Some(Self(Wiped::new(text.into()))))
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ApiKey(..)")
    }
}

/// A bearer token: the characters that RFC 6750 allows, nothing else.
#[derive(Clone)]
pub struct Token(Wiped);

impl Token {
    /// Takes the token as it is, without the word `Bearer`.
    ///
    /// # Errors
    /// `required` or `bad_token`, at the path `token`.
    pub fn parse(text: &str) -> Result<Self, InvalidInput> {
        let mut violations = Violations::default();
        if is_blank(text) {
            violations.add("token", ViolationCode::Required);
        } else if !text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~+/=".contains(&byte)) {
            violations.add("token", ViolationCode::BadToken);
        }
        violations.finish(Some(Self(Wiped::new(text.into()))))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(..)")
    }
}
