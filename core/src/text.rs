//! Text as we need it, in a few lines: the library's own search is made for needles of any length, its numbers for every type, and
//! in WebAssembly both are kilobytes.

use alloc::string::String;

/// What stands before and behind the first `needle`, which is short and never empty.
pub(crate) fn split_once<'a>(text: &'a str, needle: &str) -> Option<(&'a str, &'a str)> {
    let place =
        text.as_bytes().windows(needle.len().max(1)).position(|window| window == needle.as_bytes())?;
    let (before, rest) = text.split_at_checked(place)?;
    Some((before, rest.strip_prefix(needle)?))
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
