//! The body of an answer: as it came, and decoded as far as it can be.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use super::mask::{Secrets, mask_members, mask_members_of_text};
use crate::json::{FaultKind, Json, read_lenient};

/// The largest response body that is read unless the caller sets another: 16 MiB. A look-up's history holds photos.
///
/// Assumption: no service documents a limit.
pub const MAX_RESPONSE_BYTES: usize = 16 * 1024 * 1024;

/// A response body as it came. `Debug` shows its size only: it may hold personal data.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct RawBody {
    bytes: Vec<u8>,
    lossy: bool,
}

impl RawBody {
    pub(crate) fn new(bytes: Vec<u8>) -> Self {
        Self { bytes, lossy: false }
    }

    /// The bytes, the call's secrets masked with asterisks.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Whether what was read from it lost something: invalid UTF-8, a lone surrogate, a repeated key.
    #[must_use]
    pub fn is_lossy(&self) -> bool {
        self.lossy
    }
}

impl fmt::Debug for RawBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RawBody({} bytes)", self.bytes.len())
    }
}

/// A response body, decoded as far as it can be.
#[derive(Default)]
pub(crate) struct Body {
    pub(crate) raw: RawBody,
    pub(crate) json: Option<Json>,
}

/// Why a body is not decoded.
#[derive(Clone, Copy)]
pub(crate) enum BodyFault {
    TooLarge,
    TooDeep,
}

impl Body {
    /// Decodes as far as it goes: what is not JSON is no fault. Of what is too large nothing is kept.
    pub(crate) fn decode(bytes: &[u8], max: usize, depth: usize) -> (Self, Option<BodyFault>) {
        if bytes.len() > max {
            return (Self::default(), Some(BodyFault::TooLarge));
        }
        let text = String::from_utf8_lossy(bytes);
        let raw = RawBody { lossy: matches!(text, Cow::Owned(_)), bytes: bytes.to_vec() };
        Self::read(raw, &text, depth)
    }

    /// As [`Self::decode`], of a body that its host has decoded.
    pub(crate) fn of_text(text: &str, depth: usize) -> (Self, Option<BodyFault>) {
        Self::read(RawBody::new(text.into()), text, depth)
    }

    fn read(mut raw: RawBody, text: &str, depth: usize) -> (Self, Option<BodyFault>) {
        match read_lenient(text, depth) {
            Ok((value, loss)) => {
                raw.lossy |= loss.replaced || loss.repeated;
                (Self { raw, json: Some(value) }, None)
            }
            Err(fault) => {
                let fault = (fault.kind == FaultKind::TooDeep).then_some(BodyFault::TooDeep);
                (Self { raw, json: None }, fault)
            }
        }
    }

    /// Masks the secrets, in the tree and in the raw body.
    pub(crate) fn mask(&mut self, secrets: &Secrets) {
        if let Some(masked) = secrets.mask(&self.raw.bytes) {
            self.raw.bytes = masked;
            if let Some(json) = &mut self.json {
                secrets.mask_json(json);
            }
        }
    }

    /// Overwrites members that are secrets of the service's own, in the tree and in the raw body.
    pub(crate) fn mask_members(&mut self, names: &[&str]) {
        match &mut self.json {
            Some(json) => {
                if mask_members(json, names) {
                    self.raw.bytes = json.to_text().into_bytes();
                }
            }
            None => mask_members_of_text(&mut self.raw.bytes, names),
        }
    }

    /// A top-level member that is text, or a number given where text is documented.
    pub(crate) fn text(&self, key: &str) -> Option<&str> {
        lenient_text(self.json.as_ref()?.get(key)?)
    }
}

/// Text, or a number's own text: services write codes both ways.
pub(crate) fn lenient_text(value: &Json) -> Option<&str> {
    match value {
        Json::String(text) => Some(text),
        Json::Number(number) => Some(number.as_str()),
        _ => None,
    }
}
