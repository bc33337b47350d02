//! Text as other texts need it: path steps and strings that are safe to show.

use alloc::borrow::Cow;
use alloc::string::String;

use crate::text::{concat, replace};

/// How many bytes at a text's beginning stand in a JSON string as they are: no control character, quote or backslash.
///
/// Most strings are short, but images come as megabytes of base64: eight bytes are looked at in one step, then thirty-two.
pub(super) fn plain_run(text: &[u8]) -> usize {
    let (eights, rest) = text.as_chunks::<8>();
    let mut run = 0_usize;
    while let Some(eight) = eights.get(run) {
        let special = special(u64::from_le_bytes(*eight));
        if special != 0 {
            // The lowest one's place.
            let place = usize::try_from(special.trailing_zeros() / 8).unwrap_or_default();
            return run.wrapping_mul(8).wrapping_add(place);
        }
        run = run.wrapping_add(1);
        if run == 2 {
            let wide = eights.get(run..).unwrap_or_default().as_chunks::<4>().0;
            run = run.wrapping_add(wide.iter().take_while(|wide| is_plain(wide)).count().wrapping_mul(4));
        }
    }
    let in_rest = rest.iter().position(|byte| matches!(byte, 0..b' ' | b'"' | b'\\'));
    run.wrapping_mul(8).wrapping_add(in_rest.unwrap_or(rest.len()))
}

const SPACES: u64 = u64::from_le_bytes([b' '; 8]);

/// Whether a text stands in a JSON string as it is. Most keys and texts are short: their ends say it, looked at as numbers.
#[cfg(feature = "speed")]
pub(super) fn is_all_plain(text: &[u8]) -> bool {
    if text.len() > 16 {
        return plain_run(text) == text.len();
    }
    let ends = match (text.first_chunk(), text.last_chunk()) {
        (Some(first), Some(last)) => special(u64::from_le_bytes(*first)) | special(u64::from_le_bytes(*last)),
        // What is missing of eight bytes is spaces.
        _ => special(text.iter().fold(SPACES, |all, &byte| all.rotate_left(8) & !0xff | u64::from(byte))),
    };
    ends == 0
}

#[cfg(not(any(target_feature = "sse2", target_feature = "neon")))]
fn is_plain(wide: &[[u8; 8]; 4]) -> bool {
    wide.iter().fold(0, |found, eight| found | special(u64::from_le_bytes(*eight))) == 0
}

/// The least of three numbers, each of which is zero for a byte that is special: what sixteen bytes can be asked at once.
#[cfg(any(target_feature = "sse2", target_feature = "neon"))]
fn is_plain(wide: &[[u8; 8]; 4]) -> bool {
    let least = |byte: u8| byte.saturating_sub(b' ' - 1).min(byte ^ b'"').min(byte ^ b'\\');
    wide.as_flattened().iter().fold(u8::MAX, |found, &byte| found.min(least(byte))) > 0
}

/// The highest bit of each of eight bytes that is special. A bit above the lowest may be one too many: what is borrowed below it
/// reaches it.
fn special(eight: u64) -> u64 {
    const EACH: u64 = u64::from_le_bytes([1; 8]);
    const HIGHEST: u64 = u64::from_le_bytes([0x80; 8]);
    const QUOTES: u64 = u64::from_le_bytes([b'"'; 8]);
    const BACKSLASHES: u64 = u64::from_le_bytes([b'\\'; 8]);
    let (quote, backslash) = (eight ^ QUOTES, eight ^ BACKSLASHES);
    let controls = eight.wrapping_sub(SPACES) & !eight;
    let quotes = quote.wrapping_sub(EACH) & !quote;
    let backslashes = backslash.wrapping_sub(EACH) & !backslash;
    (controls | quotes | backslashes) & HIGHEST
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
