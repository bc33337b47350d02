//! Reads the members of an untrusted object, counting every violation.

use core::ops::RangeInclusive;

use super::code::ViolationCode;
use super::near::unknown_key;
use super::violation::{InvalidInput, Violation, Violations};
use crate::json::{Json, Object};
use crate::slug::ClosedSet;
use crate::text::{concat, decimal, join};

/// The members of an object that is an intent or a client's options.
pub(crate) struct Fields<'a> {
    object: &'a Object,
    pub(crate) violations: Violations,
}

impl<'a> Fields<'a> {
    pub(crate) fn new(object: &'a Object) -> Self {
        Self { object, violations: Violations::default() }
    }

    /// The value of `key`, whatever it is.
    pub(crate) fn member(&self, key: &str) -> Option<&'a Json> {
        self.object.get(key)
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

    /// A value of a closed set.
    pub(crate) fn of_set<T: ClosedSet>(&mut self, key: &str, required: bool) -> Option<T> {
        let place = self.word(key, required, T::WORDS)?;
        T::VALUES.get(place).copied()
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
            let expected = concat(&["an integer from ", &decimal(low.into()), " to ", &decimal(high.into())]);
            Violation::new(key, ViolationCode::OutOfRange).expected(expected)
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

/// A word that is none of those that may stand there.
pub(crate) fn unknown_value(path: &str, known: &[&str]) -> Violation {
    Violation::new(path, ViolationCode::UnknownValue).expected(join(known, ", "))
}
