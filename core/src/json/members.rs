//! What is noted of an object while its compact text comes to be: where its members are, and whether a key comes again.

use alloc::vec::Vec;

use super::keys::{FEW, repeated};
use super::kind::Kind;
use super::tree::{Json, is_too_deep};

/// The places of a member in its document's text.
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
    /// Whether it nests deeper than it may: possible only for what was built by hand.
    pub(super) is_too_deep: bool,
}

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

/// The members of one object, noted as its text goes by.
#[derive(Default)]
pub(super) struct Members {
    /// How many containers are open in it, itself included.
    level: usize,
    pub(super) noted: Vec<Member>,
}

impl Members {
    pub(super) fn at_level(level: usize) -> Self {
        Self { level, noted: Vec::new() }
    }

    pub(super) fn make_room(&mut self) {
        self.noted.reserve(FEW);
    }

    /// A key was read in the innermost of so many containers.
    pub(super) fn key(&mut self, open: usize, start: usize, end: usize) {
        if open == self.level {
            self.noted.push(Member::of_key(start, end));
        }
    }

    /// A value begins in the innermost of so many containers: a member's, or an item of a member's array.
    pub(super) fn begin_value(&mut self, open: usize, start: usize, kind: Kind) {
        let Some(member) = self.noted.last_mut() else { return };
        if open == self.level {
            (member.start, member.kind) = (start, kind);
        } else if open == self.level.wrapping_add(1) && member.kind == Kind::Array {
            member.has_others_than_objects |= kind != Kind::Object;
        }
    }

    /// The member that was noted last nests deeper than it may.
    pub(super) fn note_too_deep(&mut self) {
        if let Some(member) = self.noted.last_mut() {
            member.is_too_deep = true;
        }
    }

    /// A value ended in the innermost of so many containers.
    pub(super) fn end_value(&mut self, open: usize, end: usize) {
        if open == self.level
            && let Some(member) = self.noted.last_mut()
        {
            member.end = end;
        }
    }
}

/// A key: where it is in the compact text, and a number that differs for most keys that differ.
struct Key {
    start: usize,
    end: usize,
    print: u64,
}

/// The keys of all open objects.
#[derive(Default)]
pub(super) struct OpenKeys(Vec<Key>);

impl OpenKeys {
    pub(super) fn new() -> Self {
        Self(Vec::with_capacity(2 * FEW))
    }

    pub(super) fn count(&self) -> usize {
        self.0.len()
    }

    pub(super) fn push(&mut self, start: usize, end: usize, key: &str) {
        self.0.push(Key { start, end, print: print(key) });
    }

    /// Ends the object whose first key's place is `first`, and gives the text of a key that it has twice, the first of them.
    pub(super) fn end<'a>(
        &mut self,
        first: usize,
        text: impl Fn(usize, usize) -> &'a str,
    ) -> Option<&'a str> {
        let keys = self.0.get(first..).unwrap_or_default();
        let again = if may_repeat(keys) {
            let texts: Vec<_> = keys.iter().map(|key| text(key.start, key.end)).collect();
            let again = repeated(&texts).into_iter().map(|(_, again)| again).min();
            again.and_then(|again| texts.get(again).copied())
        } else {
            None
        };
        self.0.truncate(first);
        again
    }
}

/// Whether a key may be there twice: most are told apart by their numbers alone.
fn may_repeat(keys: &[Key]) -> bool {
    if keys.len() > FEW {
        return true;
    }
    let mut seen = 0_u64;
    for (again, key) in keys.iter().enumerate() {
        // One bit of 64 for each key: a look at all others is needed only for those that share one.
        let bit = 1_u64.rotate_left(mixed(key.print));
        if seen & bit != 0 && keys.iter().take(again).any(|before| before.print == key.print) {
            return true;
        }
        seen |= bit;
    }
    false
}

/// The six highest bits of a number that depends on all of a print's.
fn mixed(print: u64) -> u32 {
    u32::try_from(print.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 58).unwrap_or_default()
}

/// A number that differs for most keys that differ: of their lengths, first and last characters.
fn print(key: &str) -> u64 {
    let bytes = key.as_bytes();
    let ends = match (bytes.first_chunk(), bytes.last_chunk()) {
        (Some(first), Some(last)) => u64::from_le_bytes(*first).rotate_left(29) ^ u64::from_le_bytes(*last),
        _ => bytes.iter().fold(0, |ends: u64, &byte| ends.rotate_left(8) ^ u64::from(byte)),
    };
    ends ^ u64::try_from(bytes.len()).unwrap_or_default().rotate_left(56)
}
