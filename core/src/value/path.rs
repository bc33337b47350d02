//! The path and the query of a request, and what may stand in one step.

use alloc::string::String;
use alloc::vec::Vec;

use super::ids::{is_dots, organization_rules};
use crate::input::{Fields, InvalidInput, Violation, ViolationCode, Violations, wrong_type};
use crate::json::{Json, Object, escape_path};
use crate::text::{Steps, count, hex_digit, is_one_of};

/// The path of a `raw` call: absolute, each step plain or percent-encoded by [`Path::of`].
///
/// `Debug` hides it: some services have user ids in their paths.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Path(String);

impl core::fmt::Debug for Path {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Path(..)")
    }
}

impl Path {
    /// A path: text, or an array of steps that may hold anything; a step that is no text is a violation.
    pub(crate) fn of_member(fields: &mut Fields<'_>, key: &str) -> Option<Self> {
        match fields.member(key) {
            Some(Json::Array(items)) => {
                let steps: Vec<&str> = items.iter().filter_map(Json::as_str).collect();
                if steps.len() < items.len() {
                    fields.violations.push(wrong_type(key, "array of strings"));
                    return None;
                }
                fields.violations.keep(Self::of(&steps))
            }
            _ => fields.required(key, Self::parse),
        }
    }

    /// Reads a plain path such as `/v2/block-user`: letters, digits and `-._~!$&'()*+,;=:@`, no percent sign.
    ///
    /// # Errors
    /// `required` or `bad_path`, at the path `path`.
    pub fn parse(text: &str) -> Result<Self, InvalidInput> {
        read_path(text).map(|()| Self(text.into())).map_err(|code| Violation::new("path", code).into())
    }

    /// Builds a path from steps that may hold any text: each is percent-encoded.
    ///
    /// # Errors
    /// `required` without steps or for an empty one, `control_character`, and `bad_path` for `.` and `..`, at the path
    /// `path/` and the step's place.
    pub fn of(steps: &[&str]) -> Result<Self, InvalidInput> {
        let mut violations = Violations::default();
        if steps.is_empty() {
            violations.add("path", ViolationCode::Required);
        }
        let mut path = String::new();
        for (place, step) in steps.iter().enumerate() {
            organization_rules(step, &["path/", &count(place)].concat(), &mut violations);
            path.push('/');
            path.push_str(&encode_segment(step));
        }
        violations.finish(Some(Self(path)))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The query of a `raw` call: names and values, each percent-encoded, in the order given; a name may come again.
///
/// `Debug` hides it: it may name a user.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Query(String);

impl core::fmt::Debug for Query {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Query(..)")
    }
}

impl Query {
    /// A query: an object of texts, or of arrays of texts for a name that comes again.
    pub(crate) fn of_member(fields: &mut Fields<'_>, key: &str) -> Self {
        let mut pairs = Vec::new();
        for (name, value) in fields.object(key).into_iter().flat_map(Object::iter) {
            let texts = match value {
                Json::String(text) => Some(alloc::vec![text.as_str()]),
                Json::Array(items) => items.iter().map(Json::as_str).collect(),
                _ => None,
            };
            let Some(texts) = texts else {
                let path = [key, "/", &escape_path(name)].concat();
                fields.violations.push(wrong_type(&path, "string or array of strings"));
                continue;
            };
            pairs.extend(texts.into_iter().map(|text| (name, text)));
        }
        fields.violations.keep(Self::of(&pairs)).unwrap_or_default()
    }

    /// Builds a query from pairs that may hold any text.
    ///
    /// # Errors
    /// `required` for an empty name, at `query/`.
    pub fn of(pairs: &[(&str, &str)]) -> Result<Self, InvalidInput> {
        let mut query = Self::default();
        for (name, value) in pairs {
            if name.is_empty() {
                return Err(Violation::new("query/", ViolationCode::Required).into());
            }
            query.0.push(if query.0.is_empty() { '?' } else { '&' });
            query.0.extend([&encode_segment(name), "=", &encode_segment(value)]);
        }
        Ok(query)
    }

    /// The text, with its question mark; empty for no pair.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Checks a plain absolute path.
pub(super) fn read_path(path: &str) -> Result<(), ViolationCode> {
    let steps = path.strip_prefix('/').ok_or(if path.is_empty() {
        ViolationCode::Required
    } else {
        ViolationCode::BadPath
    })?;
    let plain = Steps::new(steps, b'/').all(|step| {
        !step.is_empty()
            && !is_dots(step)
            && step.bytes().all(|byte| byte.is_ascii_alphanumeric() || is_one_of(byte, b"-._~!$&'()*+,;=:@"))
    });
    if plain { Ok(()) } else { Err(ViolationCode::BadPath) }
}

/// One path segment: everything but RFC 3986's unreserved characters is percent-encoded.
pub(crate) fn encode_segment(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || is_one_of(byte, b"-._~") {
            out.push(char::from(byte));
        } else {
            let digits = [byte >> 4, byte].map(|digit| hex_digit(digit).to_ascii_uppercase());
            out.push('%');
            out.extend(digits);
        }
    }
    out
}
