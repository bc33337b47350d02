//! Searching in text, byte by byte: the library's own search, made for needles of any length, is four kilobytes of WebAssembly.

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
