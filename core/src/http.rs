//! The parts of an HTTP exchange: what a host sends for us, and what it brings back.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use zeroize::Zeroize;

use crate::json::{self, FaultKind, Json};
use crate::mask::{Secrets, mask_members, mask_members_of_text};
use crate::slug::slugs;
use crate::time::{Timestamp, parse_http_date};

/// The largest response body that is read unless the caller sets another: 16 MiB. A look-up's history holds photos.
///
/// Assumption: no service documents a limit.
pub const MAX_RESPONSE_BYTES: usize = 16 * 1024 * 1024;

slugs! {
    /// An HTTP method.
    pub enum Method {
        /// GET
        Get = "GET",
        /// POST
        Post = "POST",
        /// PUT
        Put = "PUT",
        /// PATCH
        Patch = "PATCH",
        /// DELETE
        Delete = "DELETE",
    }
}

/// What stands before a bearer token.
const SCHEME: &str = "Bearer ";

/// A request header. `Debug` shows the name only. Wiped from memory when dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct Header {
    name: Cow<'static, str>,
    value: Cow<'static, str>,
}

impl Header {
    pub(crate) fn new(name: impl Into<Cow<'static, str>>, value: impl Into<Cow<'static, str>>) -> Self {
        Self { name: name.into(), value: value.into() }
    }

    /// A bearer token's header; the text is made in one piece, so that no copy is left behind.
    pub(crate) fn bearer(name: &str, token: &crate::secret::Token) -> Self {
        Self::new(String::from(name), [SCHEME, token.as_str()].concat())
    }

    /// The name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The value: a secret, where the service takes its credentials in headers.
    #[must_use]
    pub fn value(&self) -> &str {
        &self.value
    }
}

impl Drop for Header {
    fn drop(&mut self) {
        if let Cow::Owned(value) = &mut self.value {
            value.zeroize();
        }
    }
}

impl fmt::Debug for Header {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ..", self.name)
    }
}

/// The octets of a header of an answer or a webhook, for hosts that give headers as text.
///
/// HTTP's headers are octets, and most hosts (browsers, Node, WSGI, servlets) show each octet as one character: the `é` of an id in
/// UTF-8 comes as `Ã©`. Text that can't have come so is taken as it is.
///
/// ```
/// assert_eq!(&*enrollkit::header_octets("jos\u{c3}\u{a9}"), "josé".as_bytes());
/// assert_eq!(&*enrollkit::header_octets("josé"), "josé".as_bytes());
/// ```
#[must_use]
pub fn header_octets(text: &str) -> Cow<'_, [u8]> {
    if text.is_ascii() {
        return Cow::Borrowed(text.as_bytes());
    }
    let octets: Option<Vec<u8>> = text.chars().map(|character| u8::try_from(character).ok()).collect();
    match octets.filter(|octets| core::str::from_utf8(octets).is_ok()) {
        Some(octets) => Cow::Owned(octets),
        None => Cow::Borrowed(text.as_bytes()),
    }
}

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

/// The response headers that we read.
#[derive(Default)]
pub(crate) struct ReplyHeaders {
    pub(crate) date: Option<Timestamp>,
    retry_after: Option<String>,
}

impl ReplyHeaders {
    pub(crate) fn read<N: AsRef<str>, V: AsRef<[u8]>>(headers: impl IntoIterator<Item = (N, V)>) -> Self {
        let mut found = Self::default();
        for (name, value) in headers {
            let Ok(value) = core::str::from_utf8(value.as_ref()) else { continue };
            if name.as_ref().eq_ignore_ascii_case("date") {
                found.date = parse_http_date(value.trim());
            } else if name.as_ref().eq_ignore_ascii_case("retry-after") {
                found.retry_after = Some(value.trim().into());
            }
        }
        found
    }

    /// `Retry-After` in seconds: given as such, or as a date that is counted from the reply's own `Date`.
    pub(crate) fn retry_after_seconds(&self, sent: Option<Timestamp>) -> Option<u64> {
        let text = self.retry_after.as_deref()?;
        if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
            return crate::text::digits(text);
        }
        let until = parse_http_date(text)?.seconds_since(self.date.or(sent)?);
        Some(u64::try_from(until).unwrap_or(0))
    }
}

/// A response body, decoded as far as it can be.
#[derive(Default)]
pub(crate) struct Body {
    pub(crate) raw: RawBody,
    pub(crate) json: Option<Json>,
}

/// Why a body is not decoded.
pub(crate) enum BodyFault {
    TooLarge,
    TooDeep(RawBody),
}

impl Body {
    /// Masks the secrets and decodes: what is not JSON is no error here.
    pub(crate) fn decode(
        bytes: &[u8],
        max: usize,
        depth: usize,
        secrets: &Secrets,
    ) -> Result<Self, BodyFault> {
        if bytes.len() > max {
            return Err(BodyFault::TooLarge);
        }
        let masked = secrets.mask(bytes);
        let repeats_secrets = masked.is_some();
        let mut raw = RawBody::new(masked.unwrap_or_else(|| bytes.to_vec()));
        let invalid = core::str::from_utf8(bytes).is_err();
        raw.lossy = invalid;
        let json = match json::read_lenient(&String::from_utf8_lossy(bytes), depth) {
            Ok((mut value, loss)) => {
                raw.lossy = loss.replaced || loss.repeated || invalid;
                if repeats_secrets {
                    secrets.mask_json(&mut value);
                }
                Some(value)
            }
            Err(fault) if fault.kind == FaultKind::TooDeep => return Err(BodyFault::TooDeep(raw)),
            Err(_) => None,
        };
        Ok(Self { raw, json })
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

/// Characters that steer a terminal, hide text or turn its direction.
pub(crate) fn is_unsafe_to_show(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{061C}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

/// Text as a service wrote it, without the characters that could deceive whoever reads it.
pub(crate) fn safe_to_show(text: &str) -> String {
    text.chars().filter(|&character| !is_unsafe_to_show(character)).collect()
}
