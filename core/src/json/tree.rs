//! The tree: values, numbers as their text, objects with their keys in order.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use super::keys::repeated;

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
    /// A number of text that was read as one.
    pub(super) fn of_read(text: String) -> Self {
        Self(text)
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
        crate::text::is_integer(&self.0)
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

/// A JSON object. Keys are unique and keep their order; `Debug` shows only how many there are.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Object(Vec<(String, Json)>);

impl Object {
    /// An object without members.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// An object from pairs; on a key that comes twice, `Err` with that key.
    ///
    /// # Errors
    /// The first key that comes a second time.
    pub fn from_pairs(pairs: Vec<(String, Json)>) -> Result<Self, String> {
        let first = repeated(&keys_of(&pairs)).into_iter().map(|(_, again)| again).min();
        match first.and_then(|again| pairs.get(again)) {
            Some((key, _)) => Err(key.clone()),
            None => Ok(Self(pairs)),
        }
    }

    /// As [`Self::from_pairs`], but of a key that comes twice the last value counts. Tells whether one did.
    pub(crate) fn from_pairs_last_wins(mut pairs: Vec<(String, Json)>) -> (Self, bool) {
        let repeated = repeated(&keys_of(&pairs));
        if repeated.is_empty() {
            return (Self(pairs), false);
        }
        let mut last = alloc::vec![true; pairs.len()];
        for (place, _) in repeated {
            last.get_mut(place).into_iter().for_each(|last| *last = false);
        }
        let mut last = last.into_iter();
        pairs.retain(|_| last.next().unwrap_or_default());
        (Self(pairs), true)
    }

    /// The member `key`.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Json> {
        // Lengths first: most keys differ there, and a call is spared.
        self.0.iter().find(|(name, _)| name.len() == key.len() && name == key).map(|(_, value)| value)
    }

    /// Sets `key`: a known key keeps its place and its old value is returned, a new one goes to the end.
    pub fn insert(&mut self, key: impl Into<String>, value: impl Into<Json>) -> Option<Json> {
        let (key, value) = (key.into(), value.into());
        if let Some((_, old)) = self.0.iter_mut().find(|(name, _)| *name == key) {
            return Some(core::mem::replace(old, value));
        }
        self.0.push((key, value));
        None
    }

    /// Adds a member that is known not to be there yet.
    pub(super) fn push(&mut self, key: String, value: Json) {
        self.0.push((key, value));
    }

    /// Takes `key` out.
    pub fn remove(&mut self, key: &str) -> Option<Json> {
        let place = self.0.iter().position(|(name, _)| name == key)?;
        Some(self.0.remove(place).1)
    }

    /// The members, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Json)> {
        self.0.iter().map(|(key, value)| (key.as_str(), value))
    }

    pub(crate) fn into_pairs(self) -> impl Iterator<Item = (String, Json)> {
        self.0.into_iter()
    }

    pub(crate) fn values_mut(&mut self) -> impl Iterator<Item = &mut Json> {
        self.0.iter_mut().map(|(_, value)| value)
    }

    /// How many members there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether it nests deeper than [`MAX_DEPTH`]: possible only for a tree that was built by hand.
    pub(crate) fn is_too_deep(&self) -> bool {
        is_too_deep(self.0.iter().map(|(_, item)| item))
    }
}

/// Whether the members of an object nest deeper than they may.
pub(super) fn is_too_deep<'a>(members: impl Iterator<Item = &'a Json>) -> bool {
    let mut open: Vec<(&Json, usize)> = members.map(|item| (item, 2)).collect();
    while let Some((value, depth)) = open.pop() {
        let deeper = depth.saturating_add(1);
        let is_container = matches!(value, Json::Array(_) | Json::Object(_));
        if is_container && depth > MAX_DEPTH {
            return true;
        }
        match value {
            Json::Array(items) => open.extend(items.iter().map(|item| (item, deeper))),
            Json::Object(object) => open.extend(object.iter().map(|(_, item)| (item, deeper))),
            _ => {}
        }
    }
    false
}

fn keys_of(pairs: &[(String, Json)]) -> Vec<&str> {
    pairs.iter().map(|(key, _)| key.as_str()).collect()
}

impl fmt::Debug for Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Object({} keys)", self.0.len())
    }
}
