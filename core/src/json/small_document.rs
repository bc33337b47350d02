//! An object as the tree that was read, with its compact text: what `document.rs` is where code is dearer than time.

use alloc::borrow::Cow;
use alloc::string::String;

use super::kind::Kind;
use super::read::read_strict;
use super::tree::{Json, Number, Object};

/// An object with its compact text. Keys are unique and keep their order.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Document {
    text: String,
    object: Object,
}

/// A value in a document.
#[derive(Clone, Copy)]
pub(crate) struct Value<'a>(&'a Json);

impl<'a> Value<'a> {
    pub(crate) fn kind(self) -> Kind {
        Kind::of(self.0)
    }

    /// The string, if it is one.
    pub(crate) fn string(self) -> Option<Cow<'a, str>> {
        self.0.as_str().map(Cow::Borrowed)
    }

    /// The number's text, if it is one.
    pub(crate) fn number(self) -> Option<&'a str> {
        self.0.as_number().map(Number::as_str)
    }

    pub(crate) fn is_empty_array(self) -> bool {
        self.0.as_array().is_some_and(<[Json]>::is_empty)
    }

    /// Whether it is an array that has an item of another kind.
    pub(crate) fn has_others_than_objects(self) -> bool {
        self.0.as_array().unwrap_or_default().iter().any(|item| item.as_object().is_none())
    }

    pub(crate) fn to_json(self) -> Json {
        self.0.clone()
    }
}

impl Default for Document {
    fn default() -> Self {
        Self { text: "{}".into(), object: Object::new() }
    }
}

impl Document {
    /// Reads a text of so many levels; `None` for what is not JSON that we take, or no object.
    pub(crate) fn read(text: &str, depth: usize) -> Option<Self> {
        match read_strict(text, depth).ok()? {
            Json::Object(object) => Some(Self { text: object.to_text(), object }),
            _ => None,
        }
    }

    /// Reads an object of so many levels around another: gives its members but one, which becomes a document, and is null there: if it is
    /// an object.
    pub(crate) fn read_around(text: &str, depth: usize, inner: &str) -> Option<(Object, Option<Self>)> {
        let Json::Object(mut object) = read_strict(text, depth).ok()? else { return None };
        if object.get(inner).and_then(Json::as_object).is_none() {
            return Some((object, None));
        }
        let own = match object.insert(inner, Json::Null) {
            Some(Json::Object(object)) => Some(Self { text: object.to_text(), object }),
            _ => None,
        };
        Some((object, own))
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The members.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, Value<'_>)> {
        self.object.iter().map(|(key, value)| (key, Value(value)))
    }

    /// The member `key`.
    pub(crate) fn get(&self, key: &str) -> Option<Value<'_>> {
        self.object.get(key).map(Value)
    }

    pub(crate) fn len(&self) -> usize {
        self.object.len()
    }

    pub(crate) fn to_object(&self) -> Object {
        self.object.clone()
    }

    /// Sets `key`: a known key keeps its place, a new one goes to the end.
    pub(crate) fn insert(&mut self, key: &str, value: &Json) {
        self.object.insert(key, value.clone());
        self.text = self.object.to_text();
    }

    /// Whether it nests deeper than [`MAX_DEPTH`](super::MAX_DEPTH).
    pub(crate) fn is_too_deep(&self) -> bool {
        self.object.is_too_deep()
    }
}

impl From<&Object> for Document {
    fn from(object: &Object) -> Self {
        Self { text: object.to_text(), object: object.clone() }
    }
}

/// A key as its document gives it.
pub(crate) fn unescaped(key: &str) -> Cow<'_, str> {
    key.into()
}
