//! An object as its compact text, with the places of its members: what is sent as it is, and looked at in few places.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use super::escape::plain_run;
use super::kind::Kind;
use super::members::{Member, Members};
use super::places::{Inner, Places};
use super::read::{read_places, read_strict};
use super::tree::{Json, Object};
use super::write::string;
use crate::text::concat;

/// An object as its compact text, with the places of its members. Keys are unique and keep their order.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Document {
    text: String,
    members: Vec<Member>,
}

/// A value in a document.
#[derive(Clone, Copy)]
pub(crate) struct Value<'a> {
    kind: Kind,
    /// Its JSON text.
    text: &'a str,
    has_others_than_objects: bool,
}

impl<'a> Value<'a> {
    pub(crate) fn kind(self) -> Kind {
        self.kind
    }

    /// The string, if it is one.
    pub(crate) fn string(self) -> Option<Cow<'a, str>> {
        self.text.strip_prefix('"')?.strip_suffix('"').map(unescaped)
    }

    /// The number's text, if it is one.
    pub(crate) fn number(self) -> Option<&'a str> {
        Some(self.text).filter(|_| self.kind == Kind::Number)
    }

    pub(crate) fn is_empty_array(self) -> bool {
        self.text == "[]"
    }

    /// Whether it is an array that has an item of another kind.
    pub(crate) fn has_others_than_objects(self) -> bool {
        self.has_others_than_objects
    }

    pub(crate) fn to_json(self) -> Json {
        self.string().map_or_else(|| tree_of(self.text), |text| Json::String(text.into_owned()))
    }
}

impl Default for Document {
    fn default() -> Self {
        Self { text: "{}".into(), members: Vec::new() }
    }
}

impl Document {
    /// Reads a text of so many levels; `None` for what is not JSON that we take, or no object.
    pub(crate) fn read(text: &str, depth: usize) -> Option<Self> {
        let Places { text, members, .. } = read_places(text, depth, None)?;
        Some(Self::noted(text, members))
    }

    /// Reads an object of so many levels around another: gives its members as a tree but one, which becomes a document, and is null there:
    /// if it is an object.
    pub(crate) fn read_around(
        text: &str,
        depth: usize,
        inner: &'static str,
    ) -> Option<(Object, Option<Self>)> {
        let Places { text, members, inner, .. } = read_places(text, depth, Some(Inner::of(inner)))?;
        let (mut object, mut document) = (Object::new(), None);
        let (outer, mut inner) = (Self::noted(text, members), inner);
        for (member, (key, value)) in outer.members.iter().zip(outer.iter()) {
            let own = inner.take_if(|inner| key == inner.name && value.kind == Kind::Object);
            object.put(&unescaped(key), if own.is_some() { Json::Null } else { value.to_json() });
            document = own.map(|own| Self::moved(value.text, own.members, member.start)).or(document);
        }
        Some((object, document))
    }

    pub(super) fn noted(text: String, members: Members) -> Self {
        Self { text, members: members.noted }
    }

    /// Of members that were noted in a text which has this one from `start` on.
    fn moved(text: &str, members: Members, start: usize) -> Self {
        let mut document = Self::noted(text.into(), members);
        for member in &mut document.members {
            let Member { key_start, key_end, start: value, end, .. } = member;
            for place in [key_start, key_end, value, end] {
                *place = place.saturating_sub(start);
            }
        }
        document
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The members: each with its key as it is written, so that one without escapes can be compared.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, Value<'_>)> {
        self.members.iter().map(|member| {
            let Member { kind, has_others_than_objects, .. } = *member;
            let text = self.part(member.start, member.end);
            (self.part(member.key_start, member.key_end), Value { kind, text, has_others_than_objects })
        })
    }

    /// The member `key`, which needs no escapes.
    pub(crate) fn get(&self, key: &str) -> Option<Value<'_>> {
        self.iter().find(|(name, _)| *name == key).map(|(_, value)| value)
    }

    pub(crate) fn len(&self) -> usize {
        self.members.len()
    }

    pub(crate) fn to_object(&self) -> Object {
        match tree_of(&self.text) {
            Json::Object(object) => object,
            _ => Object::new(),
        }
    }

    /// Sets `key`: a known key keeps its place, a new one goes to the end.
    pub(crate) fn insert(&mut self, key: &str, value: &Json) {
        let mut quoted = String::new();
        string(&mut quoted, key);
        let known = self.members.iter().position(|member| {
            quoted.get(1..quoted.len().saturating_sub(1)) == self.text.get(member.key_start..member.key_end)
        });
        match known {
            Some(place) => self.replace(place, value),
            None => self.append(&quoted, value),
        }
    }

    fn replace(&mut self, place: usize, value: &Json) {
        let Some(member) = self.members.get_mut(place) else { return };
        let (start, end) = (member.start, member.end);
        member.describe(value);
        let new = value.to_text();
        self.text = concat(&[self.part(0, start), &new, self.part(end, self.text.len())]);
        let moved = |place: usize| place.saturating_sub(end).saturating_add(start).saturating_add(new.len());
        for member in self.members.iter_mut().skip(place) {
            if member.start > start {
                member.key_start = moved(member.key_start);
                member.key_end = moved(member.key_end);
                member.start = moved(member.start);
            }
            member.end = moved(member.end);
        }
    }

    /// Adds a member that is known not to be there yet.
    fn append(&mut self, quoted_key: &str, value: &Json) {
        self.text.pop();
        if !self.members.is_empty() {
            self.text.push(',');
        }
        let key_start = self.text.len().saturating_add(1);
        self.text.push_str(quoted_key);
        let mut member = Member::of_key(key_start, self.text.len().saturating_sub(1));
        self.text.push(':');
        member.start = self.text.len();
        self.text.push_str(&value.to_text());
        member.end = self.text.len();
        member.describe(value);
        self.text.push('}');
        self.members.push(member);
    }

    /// Whether it nests deeper than [`MAX_DEPTH`](super::MAX_DEPTH).
    pub(crate) fn is_too_deep(&self) -> bool {
        self.members.iter().any(|member| member.is_too_deep)
    }

    fn part(&self, start: usize, end: usize) -> &str {
        self.text.get(start..end).unwrap_or_default()
    }
}

impl From<&Object> for Document {
    fn from(object: &Object) -> Self {
        let mut document = Self::default();
        for (key, value) in object.iter() {
            let mut quoted = String::new();
            string(&mut quoted, key);
            document.append(&quoted, value);
        }
        document
    }
}

/// What the inside of a string stands for.
pub(crate) fn unescaped(inner: &str) -> Cow<'_, str> {
    if plain_run(inner.as_bytes()) == inner.len() {
        return inner.into();
    }
    match tree_of(&concat(&["\"", inner, "\""])) {
        Json::String(text) => text.into(),
        _ => Cow::default(),
    }
}

/// The tree of a text that was read already.
fn tree_of(text: &str) -> Json {
    read_strict(text, usize::MAX).unwrap_or(Json::Null)
}
