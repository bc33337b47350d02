//! Reads the members of an untrusted object, counting every violation.

use alloc::string::String;
use alloc::vec::Vec;
use core::ops::RangeInclusive;

use crate::address::{Path, Query};
use crate::error::{InvalidInput, Violation, ViolationCode, Violations};
use crate::json::{Json, Object};

/// The members of an object that is an intent or a client's options.
pub(crate) struct Fields<'a> {
    object: &'a Object,
    pub(crate) violations: Violations,
}

impl<'a> Fields<'a> {
    pub(crate) fn new(object: &'a Object) -> Self {
        Self { object, violations: Violations::default() }
    }

    /// The text of `key`, read by `parse`; `None` is a violation that was counted.
    pub(crate) fn required<T>(&mut self, key: &str, parse: fn(&str) -> Result<T, InvalidInput>) -> Option<T> {
        let text = self.text(key, true)?;
        self.violations.keep(parse(text))
    }

    /// As [`Self::required`], but a member that is missing or null is no violation.
    pub(crate) fn optional<T>(&mut self, key: &str, parse: fn(&str) -> Result<T, InvalidInput>) -> Option<T> {
        let text = self.text(key, false)?;
        self.violations.keep(parse(text))
    }

    /// One of the `words` of `key`, by its place: as [`Self::required`], for all closed sets alike, so that it is compiled once.
    pub(crate) fn word(&mut self, key: &str, required: bool, words: &[&str]) -> Option<usize> {
        let text = self.text(key, required)?;
        let place = words.iter().position(|word| *word == text);
        if place.is_none() {
            self.violations.push(unknown_value(key, words));
        }
        place
    }

    /// The text of `key`: apart from what reads it, so that it is compiled once.
    pub(crate) fn text(&mut self, key: &str, required: bool) -> Option<&'a str> {
        match self.object.get(key) {
            None | Some(Json::Null) => {
                if required {
                    self.violations.add(key, ViolationCode::Required);
                }
                None
            }
            Some(Json::String(text)) => Some(text),
            Some(_) => {
                self.violations.push(wrong_type(key, "string"));
                None
            }
        }
    }

    /// A flag that is false when it is missing.
    pub(crate) fn flag(&mut self, key: &str) -> bool {
        match self.object.get(key) {
            None | Some(Json::Null) => false,
            Some(Json::Bool(value)) => *value,
            Some(_) => {
                self.violations.push(wrong_type(key, "boolean"));
                false
            }
        }
    }

    /// An integer within `range`; `None` is a violation that was counted.
    pub(crate) fn integer(&mut self, key: &str, range: RangeInclusive<u32>) -> Option<u32> {
        let (low, high) = (*range.start(), *range.end());
        let out_of_range = || {
            Violation::new(key, ViolationCode::OutOfRange)
                .expected(alloc::format!("an integer from {low} to {high}"))
        };
        let found = match self.object.get(key) {
            None | Some(Json::Null) => Err(Violation::new(key, ViolationCode::Required)),
            Some(Json::Number(number)) if number.is_integer() => {
                let value = number.as_i64().and_then(|value| u32::try_from(value).ok());
                value.filter(|value| range.contains(value)).ok_or_else(out_of_range)
            }
            Some(_) => Err(wrong_type(key, "integer")),
        };
        found.map_err(|violation| self.violations.push(violation)).ok()
    }

    /// A path: text, or an array of steps that may hold anything; a step that is no text is a violation.
    pub(crate) fn path(&mut self, key: &str) -> Option<Path> {
        match self.object.get(key) {
            Some(Json::Array(items)) => {
                let steps: Vec<&str> = items.iter().filter_map(Json::as_str).collect();
                if steps.len() < items.len() {
                    self.violations.push(wrong_type(key, "array of strings"));
                    return None;
                }
                self.violations.keep(Path::of(&steps))
            }
            _ => self.required(key, Path::parse),
        }
    }

    /// A query: an object of texts, or of arrays of texts for a name that comes again.
    pub(crate) fn query(&mut self, key: &str) -> Query {
        let mut pairs = Vec::new();
        for (name, value) in self.object(key).into_iter().flat_map(Object::iter) {
            let texts = match value {
                Json::String(text) => Some(alloc::vec![text.as_str()]),
                Json::Array(items) => items.iter().map(Json::as_str).collect(),
                _ => None,
            };
            let Some(texts) = texts else {
                let path = [key, "/", &crate::json::escape_path(name)].concat();
                self.violations.push(wrong_type(&path, "string or array of strings"));
                continue;
            };
            pairs.extend(texts.into_iter().map(|text| (name, text)));
        }
        self.violations.keep(Query::of(&pairs)).unwrap_or_default()
    }

    /// An object, when there is one.
    pub(crate) fn object(&mut self, key: &str) -> Option<&'a Object> {
        match self.object.get(key) {
            None | Some(Json::Null) => None,
            Some(Json::Object(object)) => Some(object),
            Some(_) => {
                self.violations.push(wrong_type(key, "object"));
                None
            }
        }
    }

    /// Counts every key that is not `known`.
    pub(crate) fn only(&mut self, known: &[&str]) {
        let unknown = self.object.iter().filter(|(key, _)| !known.contains(key));
        for (place, (key, _)) in unknown.enumerate() {
            self.violations.push(unknown_key(key, place, || known.iter().copied()));
        }
    }
}

pub(crate) fn wrong_type(path: &str, expected: &str) -> Violation {
    Violation::new(path, ViolationCode::WrongType).expected(expected)
}

/// For how many unknown keys of one object the nearest known one is sought: a person mistypes a few, only an attack has more.
const MOST_SOUGHT: usize = 16;

/// An unknown key, the `place`th of its object, with the nearest known one.
pub(crate) fn unknown_key<'k, K: Iterator<Item = &'k str>>(
    key: &str,
    place: usize,
    known: impl FnOnce() -> K,
) -> Violation {
    let mut violation = Violation::new(&crate::json::escape_path(key), ViolationCode::UnknownKey);
    if place < MOST_SOUGHT {
        violation.expected = nearest(key, known()).map(Into::into);
    }
    violation
}

/// A word that is none of those that may stand there.
pub(crate) fn unknown_value(path: &str, known: &[&str]) -> Violation {
    Violation::new(path, ViolationCode::UnknownValue).expected(known.join(", "))
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
