//! Reads the members of an untrusted object, counting every violation.

use alloc::string::String;

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
    pub(crate) fn required<T>(
        &mut self,
        key: &str,
        parse: impl FnOnce(&str) -> Result<T, InvalidInput>,
    ) -> Option<T> {
        match self.object.get(key) {
            None | Some(Json::Null) => {
                self.violations.add(key, ViolationCode::Required);
                None
            }
            Some(_) => self.optional(key, parse),
        }
    }

    /// As [`Self::required`], but a member that is missing or null is no violation.
    pub(crate) fn optional<T>(
        &mut self,
        key: &str,
        parse: impl FnOnce(&str) -> Result<T, InvalidInput>,
    ) -> Option<T> {
        match self.object.get(key) {
            None | Some(Json::Null) => None,
            Some(Json::String(text)) => self.violations.keep(parse(text)),
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

    /// A value of any type.
    pub(crate) fn value(&self, key: &str) -> Option<&'a Json> {
        self.object.get(key)
    }

    /// Counts every key that is not `known`.
    pub(crate) fn only(&mut self, known: &[&str]) {
        for (key, _) in self.object.iter() {
            if !known.contains(&key) {
                self.violations.push(unknown_key(key, known.iter().copied()));
            }
        }
    }
}

pub(crate) fn wrong_type(path: &str, expected: &str) -> Violation {
    Violation::new(path, ViolationCode::WrongType).expected(expected)
}

/// An unknown key, with the nearest known one.
pub(crate) fn unknown_key<'k>(key: &str, known: impl Iterator<Item = &'k str>) -> Violation {
    let mut violation = Violation::new(&crate::json::escape_path(key), ViolationCode::UnknownKey);
    violation.expected = nearest(key, known).map(Into::into);
    violation
}

/// One of a closed set of words, by its slug.
pub(crate) fn one_of<T: Copy>(
    path: &str,
    text: &str,
    all: &[T],
    slug: impl Fn(T) -> &'static str,
) -> Result<T, InvalidInput> {
    all.iter().copied().find(|&value| slug(value) == text).ok_or_else(|| {
        let mut expected = String::new();
        for &value in all {
            expected.push_str(if expected.is_empty() { "" } else { ", " });
            expected.push_str(slug(value));
        }
        Violation::new(path, ViolationCode::UnknownValue).expected(expected).into()
    })
}

/// How many letters may differ for a key to be called near.
const NEAR: usize = 2;

fn nearest<'k>(key: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    // A hostile key of megabytes is near to nothing.
    if key.len() > 64 {
        return None;
    }
    let plain = |text: &str| {
        text.chars()
            .filter(|letter| letter.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect::<String>()
    };
    let wanted = plain(key);
    known
        .map(|name| (distance(&wanted, &plain(name)), name))
        .min_by_key(|&(distance, _)| distance)
        .filter(|&(distance, name)| distance <= NEAR && distance.saturating_mul(2) < name.len())
        .map(|(_, name)| name)
}

/// Levenshtein's distance, one row at a time.
fn distance(left: &str, right: &str) -> usize {
    let mut row: alloc::vec::Vec<usize> = (0..=right.chars().count()).collect();
    for (line, a) in left.chars().enumerate() {
        let mut diagonal = line;
        let mut before = line.saturating_add(1);
        for (cell, b) in row.iter_mut().zip(core::iter::once(None).chain(right.chars().map(Some))) {
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
