//! The known key that an unknown one is nearest to.

use alloc::string::String;
use alloc::vec::Vec;

use super::code::ViolationCode;
use super::violation::Violation;
use crate::json::escape_path;

/// For how many unknown keys of one object the nearest known one is sought: a person mistypes a few, only an attack has more.
const MOST_SOUGHT: usize = 16;

/// An unknown key, the `place`th of its object, with the nearest known one.
pub(crate) fn unknown_key<'k, K: Iterator<Item = &'k str>>(
    key: &str,
    place: usize,
    known: impl FnOnce() -> K,
) -> Violation {
    let mut violation = Violation::new(&escape_path(key), ViolationCode::UnknownKey);
    if place < MOST_SOUGHT {
        violation.expected = nearest(key, known()).map(Into::into);
    }
    violation
}

/// How many letters may differ for a key to be called near.
const NEAR: usize = 2;

fn nearest<'k>(key: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    // A hostile key of megabytes is near to nothing.
    if key.len() > 64 {
        return None;
    }
    // All known keys are ASCII.
    let plain = |text: &str| {
        let mut plain: String = text.chars().filter(char::is_ascii_alphanumeric).collect();
        plain.make_ascii_lowercase();
        plain
    };
    let wanted = plain(key);
    known
        .map(|name| (distance(&wanted, &plain(name)), name))
        .min_by_key(|&(distance, _)| distance)
        .filter(|&(distance, name)| distance <= NEAR && distance.saturating_mul(2) < name.len())
        .map(|(_, name)| name)
}

/// Levenshtein's distance of ASCII texts, one row at a time.
fn distance(left: &str, right: &str) -> usize {
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (line, a) in left.bytes().enumerate() {
        let mut diagonal = line;
        let mut before = line.saturating_add(1);
        for (cell, b) in row.iter_mut().zip(core::iter::once(None).chain(right.bytes().map(Some))) {
            let Some(b) = b else {
                *cell = before;
                continue;
            };
            let replaced = diagonal.saturating_add(usize::from(a != b));
            diagonal = *cell;
            *cell = replaced.min(before.saturating_add(1)).min(diagonal.saturating_add(1));
            before = *cell;
        }
    }
    row.last().copied().unwrap_or_default()
}
