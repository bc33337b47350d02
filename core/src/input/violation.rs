//! What is wrong with an input: every violation at once, each with its path.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use super::code::ViolationCode;
use crate::json::{Json, Object, escape_path};
use crate::text::{concat, decimal, digits, is_unsafe_to_show, push_all, replace, safe_to_show};

/// One thing that is wrong: where, what, and by which measure. Never the value itself.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The wire path, steps joined by `/` (`userBiometrics/0/type`; in a key, `~` is `~0` and `/` is `~1`).
    pub path: String,
    /// What is wrong.
    pub code: ViolationCode,
    /// The measure, for codes that have one: bytes, levels or a byte's place.
    pub limit: Option<u64>,
    /// What was expected, for codes that have it: a type, values, a field's name.
    pub expected: Option<String>,
}

impl Violation {
    /// For what a host or a binding finds itself, before the core sees the value.
    #[must_use]
    pub fn new(path: &str, code: ViolationCode) -> Self {
        Self { path: path.into(), code, limit: None, expected: None }
    }

    pub(crate) fn limit(mut self, limit: usize) -> Self {
        self.limit = u64::try_from(limit).ok();
        self
    }

    pub(crate) fn expected(mut self, expected: impl Into<String>) -> Self {
        self.expected = Some(expected.into());
        self
    }

    /// What is wrong, in English, to stand behind or beside the field's name.
    #[must_use]
    pub fn message(&self) -> String {
        let expected = self.expected.as_deref().unwrap_or_default();
        let limit = self.limit.map(decimal).unwrap_or_default();
        let message = replace(self.code.template(), "{expected}", expected);
        let mut message = replace(&message, "{limit}", &limit);
        let (before, behind) = match self.code {
            ViolationCode::UnknownKey => ("; did you mean `", "`?"),
            ViolationCode::InsecureUrl => ("; `", "` allows it, for a network that you alone can read"),
            _ => return message,
        };
        if !expected.is_empty() {
            push_all(&mut message, &[before, expected, behind]);
        }
        message
    }

    /// The plain-data form: path, code, message, and the parameters that there are.
    #[must_use]
    pub fn to_json(&self) -> Json {
        let mut object = Object::of_text("path", &self.path);
        object.put_text("code", self.code.slug());
        object.put_text("message", &self.message());
        object.put_integer("limit", self.limit.and_then(|limit| i64::try_from(limit).ok()));
        object.put_some_text("expected", self.expected.as_deref());
        object.into()
    }

    /// The plain-data form of a list.
    #[must_use]
    pub fn list_to_json(list: &[Self]) -> Json {
        let mut items = Vec::with_capacity(list.len());
        for violation in list {
            items.push(violation.to_json());
        }
        Json::Array(items)
    }

    /// Reads the plain form back. A code that only a newer version has is [`ViolationCode::Other`].
    #[must_use]
    pub fn from_json(json: &Json) -> Option<Self> {
        Some(Self {
            path: json.get("path")?.as_str()?.into(),
            code: ViolationCode::from_slug(json.get("code")?.as_str()?).unwrap_or(ViolationCode::Other),
            limit: json.get("limit").and_then(|limit| digits(limit.as_number()?.as_str())),
            // It becomes part of messages, and whoever answers as a relay wrote it.
            expected: json.get("expected").and_then(Json::as_str).map(safe_to_show),
        })
    }
}

/// The input can't become a request: every violation, in the order of the fields. Never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidInput(Vec<Violation>);

impl InvalidInput {
    /// The same, with paths inside `member` beginning there.
    pub(crate) fn within(mut self, member: &str) -> Self {
        for Violation { path, .. } in &mut self.0 {
            if let Some(inner) = path.strip_prefix(member).and_then(|rest| rest.strip_prefix('/')) {
                *path = inner.into();
            }
        }
        self
    }

    /// The same violations, all at `path`: for an input that its caller knows by another name.
    #[must_use]
    pub fn at(mut self, path: &str) -> Self {
        for violation in &mut self.0 {
            violation.path = path.into();
        }
        self
    }

    /// Every violation.
    #[must_use]
    pub fn violations(&self) -> &[Violation] {
        &self.0
    }

    /// Both lists as one, for inputs that are checked apart and reported together.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    /// `None` for no violation.
    pub(crate) fn of(violations: Vec<Violation>) -> Option<Self> {
        (!violations.is_empty()).then_some(Self(violations))
    }

    /// The same violations, each path below `parent`.
    pub(crate) fn below(mut self, parent: &str) -> Self {
        for violation in &mut self.0 {
            violation.path = join(parent, &violation.path);
        }
        self
    }

    /// What `Display` writes.
    pub(crate) fn message(&self) -> String {
        let mut text = String::from("invalid_input");
        for (place, violation) in self.0.iter().enumerate() {
            text.push_str(if place == 0 { ": " } else { "; " });
            push_path(&mut text, &violation.path);
            push_all(&mut text, &[" ", &violation.message(), " (", violation.code.slug(), ")"]);
        }
        text
    }

    pub(crate) fn to_json(&self) -> Json {
        Violation::list_to_json(&self.0)
    }
}

impl From<Violation> for InvalidInput {
    fn from(violation: Violation) -> Self {
        Self(alloc::vec![violation])
    }
}

impl fmt::Display for InvalidInput {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message())
    }
}

impl core::error::Error for InvalidInput {}

/// Collects violations, so that a caller learns all of them at once.
#[derive(Default)]
pub(crate) struct Violations(Vec<Violation>);

impl Violations {
    pub(crate) fn add(&mut self, path: &str, code: ViolationCode) {
        self.0.push(Violation::new(path, code));
    }

    pub(crate) fn push(&mut self, violation: Violation) {
        self.0.push(violation);
    }

    pub(crate) fn extend(&mut self, violations: Vec<Violation>) {
        self.0.extend(violations);
    }

    /// Keeps the value, or the reasons why there is none.
    pub(crate) fn keep<T>(&mut self, result: Result<T, InvalidInput>) -> Option<T> {
        result.map_err(|invalid| self.0.extend(invalid.0)).ok()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn into_vec(self) -> Vec<Violation> {
        self.0
    }

    /// The value, when nothing was wrong; `None` for it is then a violation that was counted.
    pub(crate) fn finish<T>(self, value: Option<T>) -> Result<T, InvalidInput> {
        match value {
            Some(value) if self.0.is_empty() => Ok(value),
            _ => Err(InvalidInput(self.0)),
        }
    }
}

fn join(parent: &str, path: &str) -> String {
    if path.is_empty() {
        escape_path(parent).into_owned()
    } else {
        concat(&[&escape_path(parent), "/", path])
    }
}

/// How much of a path an error text shows; the whole is in [`Violation::path`].
const SHOWN_PATH: usize = 120;

/// A path holds the caller's own keys: nothing in it may steer a terminal or fill a log.
fn push_path(text: &mut String, path: &str) {
    if path.is_empty() {
        text.push_str("(the whole)");
    }
    for (place, character) in path.chars().enumerate() {
        if place == SHOWN_PATH {
            text.push('…');
            break;
        }
        text.push(if is_unsafe_to_show(character) { char::REPLACEMENT_CHARACTER } else { character });
    }
}
