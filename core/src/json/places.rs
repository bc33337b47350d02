//! The compact text of an object, and where its members are in it.

#[cfg(feature = "speed")]
use alloc::{string::String, vec::Vec};

#[cfg(feature = "speed")]
use super::keys::{FEW, repeated};
use super::scan::Scanner;
use super::tree::Json;
#[cfg(feature = "speed")]
use super::tree::is_too_deep;
#[cfg(feature = "speed")]
use super::write::character;

/// What a value is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Null,
    Bool,
    Number,
    String,
    Array,
    Object,
}

impl Kind {
    pub(super) fn of(value: &Json) -> Self {
        match value {
            Json::Null => Self::Null,
            Json::Bool(_) => Self::Bool,
            Json::Number(_) => Self::Number,
            Json::String(_) => Self::String,
            Json::Array(_) => Self::Array,
            Json::Object(_) => Self::Object,
        }
    }
}

/// The places of a member in its document's text.
#[cfg(feature = "speed")]
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Member {
    /// The key's, without its quotes.
    pub(super) key_start: usize,
    pub(super) key_end: usize,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) kind: Kind,
    /// Whether it is an array that has an item of another kind.
    pub(super) has_others_than_objects: bool,
    /// Whether it nests deeper than it may: possible only for a tree that was built by hand.
    pub(super) is_too_deep: bool,
}

#[cfg(feature = "speed")]
impl Member {
    pub(super) fn of_key(key_start: usize, key_end: usize) -> Self {
        Self {
            key_start,
            key_end,
            start: key_end,
            end: key_end,
            kind: Kind::Null,
            has_others_than_objects: false,
            is_too_deep: false,
        }
    }

    /// What is known of a value, wherever its text is.
    pub(super) fn describe(&mut self, value: &Json) {
        self.kind = Kind::of(value);
        let items = value.as_array().unwrap_or_default();
        self.has_others_than_objects = items.iter().any(|item| item.as_object().is_none());
        self.is_too_deep = is_too_deep(core::iter::once(value));
    }
}

/// Without `speed`: a text becomes a tree, and nothing is noted on the way.
#[cfg(not(feature = "speed"))]
#[derive(Default)]
pub(super) struct Places(());

#[cfg(not(feature = "speed"))]
#[expect(clippy::unused_self, reason = "stands where the other does")]
impl Places {
    pub(super) fn key_count(&self) -> usize {
        0
    }

    pub(super) fn key(&self, _: usize, _: usize, _: &Scanner<'_>) {}

    pub(super) fn begin_value(&self, _: usize, _: usize, _: Kind) {}

    pub(super) fn end_value(&self, _: usize, _: usize) {}

    pub(super) fn has_key_again(&self, _: usize, _: &Scanner<'_>) -> bool {
        false
    }

    pub(super) fn leave_out(&self, _: usize, _: &Scanner<'_>) {}

    pub(super) fn replace(&self, _: usize, _: &Scanner<'_>, _: char) {}

    pub(super) fn place(&self, _: usize) -> usize {
        0
    }
}

/// A key: where it is in the compact text, and a number that differs for most keys that differ.
#[cfg(feature = "speed")]
struct Key {
    start: usize,
    end: usize,
    print: u64,
}

/// What a reader writes while it goes through a text.
#[cfg(feature = "speed")]
#[derive(Default)]
pub(super) struct Places {
    /// The compact text, as far as it had to be written: nothing while what came is compact.
    pub(super) text: String,
    /// How much of what came is in it.
    copied: usize,
    /// The keys of all open objects.
    keys: Vec<Key>,
    pub(super) members: Vec<Member>,
}

#[cfg(feature = "speed")]
impl Places {
    pub(super) fn new() -> Self {
        let (keys, members) = (Vec::with_capacity(FEW), Vec::with_capacity(FEW));
        Self { keys, members, ..Self::default() }
    }

    pub(super) fn key_count(&self) -> usize {
        self.keys.len()
    }

    /// A key was read in the innermost of so many containers, quotes and all; `start` is its place in the compact text.
    pub(super) fn key(&mut self, open: usize, start: usize, scan: &Scanner<'_>) {
        if self.copied > 0 {
            // A key is looked at again, and in one piece.
            self.leave_out(scan.at(), scan);
        }
        let (start, end) = (start.wrapping_add(1), self.place(scan.at()).wrapping_sub(1));
        let print = print(self.part(start, end, scan));
        self.keys.push(Key { start, end, print });
        if open == 1 {
            self.members.push(Member::of_key(start, end));
        }
    }

    /// A value begins in the innermost of so many containers: a member's, or an item of a member's array.
    pub(super) fn begin_value(&mut self, open: usize, at: usize, kind: Kind) {
        let start = self.place(at);
        match (open, self.members.last_mut()) {
            (1, Some(member)) => (member.start, member.kind) = (start, kind),
            (2, Some(member)) if member.kind == Kind::Array => {
                member.has_others_than_objects |= kind != Kind::Object;
            }
            _ => {}
        }
    }

    /// A value ended in the innermost of so many containers.
    pub(super) fn end_value(&mut self, open: usize, at: usize) {
        let end = self.place(at);
        if let (1, Some(member)) = (open, self.members.last_mut()) {
            member.end = end;
        }
    }

    /// Whether the object that ends has a key twice; `first` is its first key's place.
    pub(super) fn has_key_again(&mut self, first: usize, scan: &Scanner<'_>) -> bool {
        let keys = self.keys.get(first..).unwrap_or_default();
        let may_be_again =
            |again: usize, key: &Key| keys.iter().take(again).any(|before| before.print == key.print);
        // Most are told apart by their numbers alone.
        let is_again = (keys.len() > FEW
            || keys.iter().enumerate().any(|(again, key)| may_be_again(again, key)))
            && !repeated(&keys.iter().map(|key| self.part(key.start, key.end, scan)).collect::<Vec<_>>())
                .is_empty();
        self.keys.truncate(first);
        is_again
    }

    /// Leaves out what came from `start` on.
    pub(super) fn leave_out(&mut self, start: usize, scan: &Scanner<'_>) {
        self.text.push_str(scan.part(self.copied, start));
        self.copied = scan.at();
    }

    /// Writes a character for what came from `start` on.
    pub(super) fn replace(&mut self, start: usize, scan: &Scanner<'_>, with: char) {
        self.leave_out(start, scan);
        character(&mut self.text, with);
    }

    /// Writes what is left.
    pub(super) fn end(&mut self, scan: &Scanner<'_>) {
        self.leave_out(scan.at(), scan);
    }

    /// Where in the compact text we are.
    pub(super) fn place(&self, at: usize) -> usize {
        self.text.len().wrapping_add(at.wrapping_sub(self.copied))
    }

    /// A part of the compact text, which is written as a whole or not at all.
    fn part<'a>(&'a self, start: usize, end: usize, scan: &Scanner<'a>) -> &'a str {
        if self.copied > 0 { self.text.get(start..end).unwrap_or_default() } else { scan.part(start, end) }
    }
}

/// A number that differs for most keys that differ: of their lengths, first and last characters.
#[cfg(feature = "speed")]
fn print(key: &str) -> u64 {
    let bytes = key.as_bytes();
    let ends = match (bytes.first_chunk(), bytes.last_chunk()) {
        (Some(first), Some(last)) => u64::from_le_bytes(*first).rotate_left(29) ^ u64::from_le_bytes(*last),
        _ => bytes.iter().fold(0, |ends: u64, &byte| ends.rotate_left(8) ^ u64::from(byte)),
    };
    ends ^ u64::try_from(bytes.len()).unwrap_or_default().rotate_left(56)
}
