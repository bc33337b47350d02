//! Text as other texts need it: path steps and strings that are safe to show.

use alloc::borrow::Cow;
use alloc::string::String;

use crate::text::{concat, replace};

/// How many bytes at a text's beginning stand in a JSON string as they are: no control character, quote or backslash.
///
/// Images come as megabytes of base64, so eight bytes are looked at in one step.
pub(super) fn plain_run(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (eights, _) = bytes.as_chunks::<8>();
    let eights = eights.iter().take_while(|eight| !has_special(u64::from_le_bytes(**eight))).count();
    let sure = eights.saturating_mul(8);
    let rest = bytes.get(sure..).unwrap_or_default();
    let run = rest.iter().position(|byte| matches!(byte, 0..b' ' | b'"' | b'\\')).unwrap_or(rest.len());
    sure.saturating_add(run)
}

/// Whether one of eight bytes is special. A byte's highest bit is set in what remains where it was below another, or zero.
fn has_special(eight: u64) -> bool {
    const EACH: u64 = u64::from_le_bytes([1; 8]);
    const HIGHEST: u64 = u64::from_le_bytes([0x80; 8]);
    const SPACES: u64 = u64::from_le_bytes([b' '; 8]);
    const QUOTES: u64 = u64::from_le_bytes([b'"'; 8]);
    const BACKSLASHES: u64 = u64::from_le_bytes([b'\\'; 8]);
    let (quote, backslash) = (eight ^ QUOTES, eight ^ BACKSLASHES);
    let controls = eight.wrapping_sub(SPACES) & !eight;
    let quotes = quote.wrapping_sub(EACH) & !quote;
    let backslashes = backslash.wrapping_sub(EACH) & !backslash;
    (controls | quotes | backslashes) & HIGHEST != 0
}

/// One step of a violation's path, escaped as in JSON Pointer, so that a `/` inside a key is not read as a step.
pub(crate) fn escape_path(step: &str) -> Cow<'_, str> {
    if step.contains(['~', '/']) {
        Cow::Owned(replace(&replace(step, "~", "~0"), "/", "~1"))
    } else {
        step.into()
    }
}

/// Joins a path and its next step.
pub(super) fn join(path: Option<&str>, step: &str) -> String {
    let step = escape_path(step);
    match path {
        Some(path) => concat(&[path, "/", &step]),
        None => step.into_owned(),
    }
}
