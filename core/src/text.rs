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
