//! Exact JSON: numbers stay the text that came, pairs stay in the caller's order, duplicate keys are refused.
//!
//! General JSON libraries round numbers (`1E400`, ids beyond 2^53), reorder keys or give some keys a private
//! meaning. Here the same tokens always give the same bytes.
//!
//! ```
//! use enrollkit::Json;
//!
//! let exact = r#"{"id":9007199254740993,"limit":1E400,"__proto__":{}}"#;
//! assert_eq!(Json::parse(exact)?.to_text(), exact);
//! # Ok::<(), enrollkit::InvalidInput>(())
//! ```

mod object;
mod read;
mod text;
mod write;

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

pub use object::Object;
pub(crate) use read::{FaultKind, read_lenient, read_strict};
pub(crate) use text::escape_path;
pub(crate) use write::string as write_string;

use crate::error::InvalidInput;

/// How deep arrays and objects may nest; deeper input is refused, never a stack overflow.
pub const MAX_DEPTH: usize = 128;

/// How deep plain forms are nested: they add some levels to what a service said. At most, by a relay, `outcome`, `history`, an entry,
/// `id_check`, `full_data`.
pub const MAX_PLAIN_DEPTH: usize = MAX_DEPTH.saturating_add(8);

/// A JSON value.
///
/// `Debug` shows the kind and size only, since values hold personal data; [`Json::to_text`] shows all.
#[derive(Clone, PartialEq, Eq)]
pub enum Json {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number, as the text that came.
    Number(Number),
    /// A string.
    String(String),
    /// An array.
    Array(Vec<Json>),
    /// An object.
    Object(Object),
}

/// A JSON number, kept as the text that came: `1E400`, `1.10` and ids beyond 64 bits survive.
#[derive(Clone, PartialEq, Eq)]
pub struct Number(String);

impl Json {
    /// Reads JSON text strictly: one value, no duplicate key, no lone surrogate, at most [`MAX_DEPTH`] levels.
    ///
    /// # Errors
    /// [`InvalidInput`] with one violation: `bad_json`, `duplicate_key`, `not_unicode` or `too_deep`, and its path.
    pub fn parse(text: &str) -> Result<Self, InvalidInput> {
        read_strict(text, MAX_DEPTH).map_err(|fault| InvalidInput::from(fault.into_violation()))
    }

    /// As [`Self::parse`], of the text of a plain form, which nests up to [`MAX_PLAIN_DEPTH`] levels.
    ///
    /// # Errors
    /// As [`Self::parse`].
    pub fn parse_plain(text: &str) -> Result<Self, InvalidInput> {
        read_strict(text, MAX_PLAIN_DEPTH).map_err(|fault| InvalidInput::from(fault.into_violation()))
    }

    /// The compact JSON text: no white space, only what JSON requires is escaped.
    #[must_use]
    pub fn to_text(&self) -> String {
        write::to_text(self)
    }

    /// A string value.
    #[must_use]
    pub fn string(text: impl Into<String>) -> Self {
        Self::String(text.into())
    }

    /// The string, if this is one.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        if let Self::String(text) = self { Some(text) } else { None }
    }

    /// The number, if this is one.
    #[must_use]
    pub fn as_number(&self) -> Option<&Number> {
        if let Self::Number(number) = self { Some(number) } else { None }
    }

    /// The boolean, if this is one.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        if let Self::Bool(value) = self { Some(*value) } else { None }
    }

    /// The elements, if this is an array.
    #[must_use]
    pub fn as_array(&self) -> Option<&[Self]> {
        if let Self::Array(items) = self { Some(items) } else { None }
    }

    /// The object, if this is one.
    #[must_use]
    pub fn as_object(&self) -> Option<&Object> {
        if let Self::Object(object) = self { Some(object) } else { None }
    }

    /// Whether this is `null`.
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The member `key`, if this is an object that has it.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.as_object()?.get(key)
    }

    /// The JSON name of this value's type, as a message may show it.
    #[must_use]
    pub fn type_name(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "boolean",
            Self::Number(_) => "number",
            Self::String(_) => "string",
            Self::Array(_) => "array",
            Self::Object(_) => "object",
        }
    }
}

impl Number {
    /// A number from its JSON text; `None` if the text is not a JSON number.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        read::is_number(text).then(|| Self(text.into()))
    }

    /// The text that came.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The value, if the text is an integer without fraction or exponent that fits 64 bits.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        crate::text::integer(&self.0)
    }

    /// Whether the text is an integer: no fraction, no exponent.
    #[must_use]
    pub fn is_integer(&self) -> bool {
        self.0.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
    }
}

impl fmt::Debug for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("Null"),
            Self::Bool(_) => f.write_str("Bool(..)"),
            Self::Number(_) => f.write_str("Number(..)"),
            Self::String(text) => write!(f, "String({} bytes)", text.len()),
            Self::Array(items) => write!(f, "Array({} items)", items.len()),
            Self::Object(object) => object.fmt(f),
        }
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Number(..)")
    }
}

impl From<bool> for Json {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<i64> for Json {
    fn from(value: i64) -> Self {
        Self::Number(Number(alloc::format!("{value}")))
    }
}

impl From<&str> for Json {
    fn from(value: &str) -> Self {
        Self::String(value.into())
    }
}

impl From<String> for Json {
    fn from(value: String) -> Self {
        Self::String(value)
    }
}

impl From<Object> for Json {
    fn from(value: Object) -> Self {
        Self::Object(value)
    }
}

impl From<Vec<Json>> for Json {
    fn from(value: Vec<Json>) -> Self {
        Self::Array(value)
    }
}

/// For the bindings: integers that fit become integers, other numbers the nearest double.
impl serde::Serialize for Json {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Number(number) => match (number.as_i64(), number.0.parse::<u64>()) {
                (Some(value), _) => serializer.serialize_i64(value),
                (None, Ok(value)) => serializer.serialize_u64(value),
                (None, Err(_)) => serializer.serialize_f64(number.0.parse().unwrap_or(f64::NAN)),
            },
            Self::String(text) => serializer.serialize_str(text),
            Self::Array(items) => serializer.collect_seq(items),
            Self::Object(object) => serializer.collect_map(object.iter()),
        }
    }
}
