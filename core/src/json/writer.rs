//! Writes a value's compact text piece by piece, and notes where an object's members are: for a host that has values of its own.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use super::document::{Document, unescaped};
use super::escape::is_all_plain;
use super::kind::Kind;
use super::members::{Members, OpenKeys};
use super::read::is_number;
use super::tree::MAX_DEPTH;
use super::write::string;
use crate::text::decimal;

/// An array or object that is not ended yet.
struct Open {
    is_object: bool,
    start: usize,
    /// How many keys there were before its first.
    first_key: usize,
}

/// Writes one JSON value piece by piece: what a host's own values are, without a second look at the text.
///
/// ```
/// use enrollkit::json::Writer;
///
/// let mut writer = Writer::with_room(64);
/// writer.begin_object();
/// writer.key("pages");
/// writer.begin_array();
/// writer.integer(1);
/// assert!(writer.number("1E400"));
/// assert_eq!((writer.end(), writer.end()), (None, None));
/// assert_eq!(writer.into_text().as_deref(), Some(r#"{"pages":[1,1E400]}"#));
/// ```
pub struct Writer {
    text: String,
    keys: OpenKeys,
    members: Members,
    open: Vec<Open>,
    /// Whether a key was written whose value comes next.
    has_key: bool,
    /// Whether pieces came that make no JSON.
    is_misused: bool,
}

impl fmt::Debug for Writer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Writer({} bytes)", self.text.len())
    }
}

impl Writer {
    /// A writer with room for so many bytes.
    #[must_use]
    pub fn with_room(bytes: usize) -> Self {
        let mut members = Members::at_level(1);
        members.make_room();
        Self {
            text: String::with_capacity(bytes),
            keys: OpenKeys::new(),
            members,
            open: Vec::with_capacity(8),
            has_key: false,
            is_misused: false,
        }
    }

    /// `null`
    pub fn null(&mut self) {
        self.begin(Kind::Null);
        self.text.push_str("null");
        self.end_value();
    }

    /// `true` or `false`
    pub fn flag(&mut self, value: bool) {
        self.begin(Kind::Bool);
        self.text.push_str(if value { "true" } else { "false" });
        self.end_value();
    }

    /// A string.
    pub fn string(&mut self, text: &str) {
        self.begin(Kind::String);
        self.text.push('"');
        self.inner(text);
        self.text.push('"');
        self.end_value();
    }

    /// A number that is an integer.
    pub fn integer(&mut self, value: i64) {
        self.begin(Kind::Number);
        if value < 0 {
            self.text.push('-');
        }
        match value {
            0..10 => self.text.push(char::from(b'0' | u8::try_from(value).unwrap_or_default())),
            _ => self.text.push_str(&decimal(value.unsigned_abs())),
        }
        self.end_value();
    }

    /// A number, as its text; `false`, and nothing is written, for what is none.
    pub fn number(&mut self, text: &str) -> bool {
        let is_number = is_number(text);
        if is_number {
            self.begin(Kind::Number);
            self.text.push_str(text);
            self.end_value();
        }
        is_number
    }

    /// Begins an object: its members come next.
    pub fn begin_object(&mut self) {
        self.open(Kind::Object, '{');
    }

    /// Begins an array: its items come next.
    pub fn begin_array(&mut self) {
        self.open(Kind::Array, '[');
    }

    /// A key of the object that was begun last; its value comes next.
    pub fn key(&mut self, key: &str) {
        self.is_misused |= self.has_key || self.open.last().is_none_or(|open| !open.is_object);
        self.has_key = true;
        self.text.push_str(if self.is_first() { "\"" } else { ",\"" });
        let start = self.text.len();
        self.inner(key);
        let end = self.text.len();
        self.text.push_str("\":");
        self.keys.push(start, end, key);
        self.members.key(self.open.len(), start, end);
    }

    /// Ends the object or array that was begun last. An object with a key that came twice becomes `null`, and the key is given.
    pub fn end(&mut self) -> Option<String> {
        let Some(open) = self.open.pop() else {
            self.is_misused = true;
            return None;
        };
        self.is_misused |= self.has_key;
        self.text.push(if open.is_object { '}' } else { ']' });
        let text = &self.text;
        let again = self.keys.end(open.first_key, |start, end| text.get(start..end).unwrap_or_default());
        let again = again.map(|again| unescaped(again).into_owned());
        if again.is_some() {
            self.text.truncate(open.start);
            self.members.begin_value(self.open.len(), open.start, Kind::Null);
            self.text.push_str("null");
        }
        self.end_value();
        again
    }

    /// The text; `None` where pieces came that make no JSON value.
    #[must_use]
    pub fn into_text(self) -> Option<String> {
        self.is_whole().then_some(self.text)
    }

    /// The object that was written, if it is one.
    pub(crate) fn into_document(self) -> Option<Document> {
        (self.is_whole() && self.text.starts_with('{')).then(|| Document::noted(self.text, self.members))
    }

    fn is_whole(&self) -> bool {
        !self.is_misused && self.open.is_empty() && !self.text.is_empty()
    }

    fn open(&mut self, kind: Kind, sign: char) {
        self.begin(kind);
        if self.open.len() >= MAX_DEPTH {
            self.members.note_too_deep();
        }
        let (is_object, start) = (kind == Kind::Object, self.text.len());
        self.open.push(Open { is_object, start, first_key: self.keys.count() });
        self.text.push(sign);
    }

    /// What stands before a value.
    fn begin(&mut self, kind: Kind) {
        match self.open.last() {
            Some(Open { is_object: true, .. }) => self.is_misused |= !self.has_key,
            Some(_) => self.comma(),
            None => self.is_misused |= !self.text.is_empty(),
        }
        self.has_key = false;
        self.members.begin_value(self.open.len(), self.text.len(), kind);
    }

    fn end_value(&mut self) {
        self.members.end_value(self.open.len(), self.text.len());
    }

    /// What stands before an item.
    fn comma(&mut self) {
        if !self.is_first() {
            self.text.push(',');
        }
    }

    /// Whether the container that was begun last has nothing yet.
    fn is_first(&self) -> bool {
        matches!(self.text.as_bytes().last(), Some(b'{' | b'['))
    }

    /// A string between quotes; the first is there.
    fn inner(&mut self, text: &str) {
        if is_all_plain(text.as_bytes()) {
            self.text.push_str(text);
        } else {
            // The writer of all others has quotes of its own.
            self.text.pop();
            string(&mut self.text, text);
            self.text.pop();
        }
    }
}
