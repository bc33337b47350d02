//! Text as we need it, in a few lines: the library's own search is made for needles of any length, its numbers for every type, its
//! formatting for every form, and in WebAssembly each is kilobytes.

use alloc::borrow::Cow;
use alloc::string::String;

/// What stands before and behind the first `needle`, which is short and never empty.
pub(crate) fn split_once<'a>(text: &'a str, needle: &str) -> Option<(&'a str, &'a str)> {
    let place =
        text.as_bytes().windows(needle.len().max(1)).position(|window| window == needle.as_bytes())?;
    let (before, rest) = text.split_at_checked(place)?;
    Some((before, rest.strip_prefix(needle)?))
}

/// What stands between one byte and the next, which is an ASCII character.
pub(crate) struct Steps<'a> {
    rest: Option<&'a str>,
    between: u8,
}

impl<'a> Steps<'a> {
    pub(crate) fn new(text: &'a str, between: u8) -> Self {
        Self { rest: Some(text), between }
    }

    pub(crate) fn is_at_end(&self) -> bool {
        self.rest.is_none()
    }
}

impl<'a> Iterator for Steps<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let rest = self.rest.take()?;
        let Some(end) = rest.bytes().position(|byte| byte == self.between) else { return Some(rest) };
        self.rest = rest.get(end.saturating_add(1)..);
        rest.get(..end)
    }
}

/// The bytes as text, where they are UTF-8: by the reader that makes text of any bytes, so that there is one.
pub(crate) fn utf8(bytes: &[u8]) -> Option<&str> {
    match String::from_utf8_lossy(bytes) {
        Cow::Borrowed(text) => Some(text),
        Cow::Owned(_) => None,
    }
}

/// Whether a byte is one of a few.
#[expect(
    clippy::manual_contains,
    reason = "the library's searches by words, which is more code than a few need"
)]
pub(crate) fn is_one_of(byte: u8, few: &[u8]) -> bool {
    few.iter().any(|&known| known == byte)
}

/// Whether one of a few ASCII characters is in the text.
pub(crate) fn has_any(text: &str, few: &[u8]) -> bool {
    text.bytes().any(|byte| is_one_of(byte, few))
}

/// Whether there is nothing but white space.
pub(crate) fn is_blank(text: &str) -> bool {
    text.chars().all(char::is_whitespace)
}

/// Puts `other` in the place of every `needle`, which is short and never empty.
pub(crate) fn replace(text: &str, needle: &str, other: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = split_once(rest, needle) {
        out.push_str(before);
        out.push_str(other);
        rest = behind;
    }
    out.push_str(rest);
    out
}

/// The parts as one text.
pub(crate) fn concat(parts: &[&str]) -> String {
    let mut text = String::with_capacity(parts.iter().map(|part| part.len()).sum());
    push_all(&mut text, parts);
    text
}

/// The parts as one text, with another between them.
pub(crate) fn join(parts: &[&str], between: &str) -> String {
    let mut text = String::new();
    for (place, part) in parts.iter().enumerate() {
        push_all(&mut text, &[if place == 0 { "" } else { between }, part]);
    }
    text
}

/// Adds the parts. Not generic, so that it is compiled once.
pub(crate) fn push_all(text: &mut String, parts: &[&str]) {
    for part in parts {
        text.push_str(part);
    }
}

/// A number's digits.
pub(crate) fn decimal(mut value: u64) -> String {
    let mut text = String::new();
    loop {
        text.insert(0, char::from(b'0'.saturating_add(u8::try_from(value % 10).unwrap_or(0))));
        value /= 10;
        if value == 0 {
            return text;
        }
    }
}

/// As [`decimal`], of a number of things.
pub(crate) fn count(value: usize) -> String {
    decimal(u64::try_from(value).unwrap_or(u64::MAX))
}

/// A hexadecimal digit.
pub(crate) fn hex_digit(value: u8) -> char {
    char::from(b"0123456789abcdef".get(usize::from(value & 0xF)).copied().unwrap_or(b'0'))
}

/// The value of hexadecimal digits, and nothing but them; `None` beyond 32 bits.
pub(crate) fn hex(text: &str) -> Option<u32> {
    let mut value = (!text.is_empty()).then_some(0_u32)?;
    for character in text.chars() {
        value = value.checked_mul(16)?.checked_add(character.to_digit(16)?)?;
    }
    Some(value)
}

/// Digits, and nothing but digits; `None` beyond 64 bits.
pub(crate) fn digits(text: &str) -> Option<u64> {
    let mut value = (!text.is_empty()).then_some(0_u64)?;
    for byte in text.bytes() {
        let digit = byte.checked_sub(b'0').filter(|&digit| digit < 10)?;
        value = value.checked_mul(10)?.checked_add(digit.into())?;
    }
    Some(value)
}

/// Digits, perhaps behind a minus; `None` beyond 64 bits.
pub(crate) fn integer(text: &str) -> Option<i64> {
    match text.strip_prefix('-') {
        Some(text) => 0_i64.checked_sub_unsigned(digits(text)?),
        None => digits(text)?.try_into().ok(),
    }
}

/// Whether a JSON number is an integer: no fraction, no exponent.
pub(crate) fn is_integer(number: &str) -> bool {
    number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
}

/// A JSON number times a thousand, the rest cut off; `None` beyond 64 bits. The library's reader of numbers with a fraction is ten
/// kilobytes of tables.
pub(crate) fn thousandths(number: &str) -> Option<i64> {
    let (mut value, mut shift, mut in_fraction) = (0_i64, 3_i64, false);
    let digits = number.trim_start_matches('-');
    for (at, byte) in digits.bytes().enumerate() {
        match byte {
            b'.' => in_fraction = true,
            b'e' | b'E' => {
                let exponent = digits.get(at.saturating_add(1)..)?.trim_start_matches('+');
                shift = shift.saturating_add(integer(exponent)?);
                break;
            }
            // Digits that no thousandth can depend on.
            _ if in_fraction && value > i64::MAX / 100 => {}
            digit => {
                value = value.checked_mul(10)?.checked_add(i64::from(digit.checked_sub(b'0')?))?;
                shift = shift.saturating_sub(i64::from(in_fraction));
            }
        }
    }
    while shift != 0 && value != 0 {
        value = if shift > 0 { value.checked_mul(10)? } else { value.checked_div(10)? };
        shift = shift.saturating_sub(shift.signum());
    }
    Some(if digits.len() < number.len() { value.saturating_neg() } else { value })
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
