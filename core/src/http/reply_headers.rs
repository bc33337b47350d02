//! The headers of an answer.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use crate::text::{digits, utf8};
use crate::value::{Timestamp, parse_http_date};

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
    let mut octets = Vec::new();
    for character in text.chars() {
        let Ok(octet) = u8::try_from(character) else { return Cow::Borrowed(text.as_bytes()) };
        octets.push(octet);
    }
    if utf8(&octets).is_some() { Cow::Owned(octets) } else { Cow::Borrowed(text.as_bytes()) }
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
            found.take(name.as_ref(), utf8(value.as_ref()).unwrap_or_default());
        }
        found
    }

    /// Of texts: what is read of them is ASCII.
    pub(crate) fn of_texts<'a>(headers: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut found = Self::default();
        for (name, value) in headers {
            found.take(name, value);
        }
        found
    }

    fn take(&mut self, name: &str, value: &str) {
        if name.eq_ignore_ascii_case("date") {
            self.date = parse_http_date(value.trim_ascii());
        } else if name.eq_ignore_ascii_case("retry-after") {
            self.retry_after = Some(value.trim_ascii().into());
        }
    }

    /// `Retry-After` in seconds: given as such, or as a date that is counted from the reply's own `Date`.
    pub(crate) fn retry_after_seconds(&self, sent: Option<Timestamp>) -> Option<u64> {
        let text = self.retry_after.as_deref()?;
        if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
            return digits(text);
        }
        let until = parse_http_date(text)?.seconds_since(self.date.or(sent)?);
        Some(u64::try_from(until).unwrap_or(0))
    }
}
