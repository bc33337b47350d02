//! The compact text of an object that is read, and where its members are in it.

#[cfg(feature = "speed")]
use alloc::string::String;

use super::kind::Kind;
#[cfg(feature = "speed")]
use super::members::{Members, OpenKeys};
use super::scan::Scanner;
#[cfg(feature = "speed")]
use super::write::character;

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

/// What a reader writes while it goes through a text.
#[cfg(feature = "speed")]
#[derive(Default)]
pub(super) struct Places {
    /// The compact text, as far as it had to be written: nothing while what came is compact.
    pub(super) text: String,
    /// How much of what came is in it.
    copied: usize,
    keys: OpenKeys,
    pub(super) members: Members,
    pub(super) inner: Option<Inner>,
}

/// A member that is an object whose own members are noted, too.
#[cfg(feature = "speed")]
pub(super) struct Inner {
    pub(super) name: &'static str,
    /// Whether we are in it.
    is_open: bool,
    pub(super) members: Members,
}

#[cfg(feature = "speed")]
impl Inner {
    pub(super) fn of(name: &'static str) -> Self {
        Self { name, is_open: false, members: Members::at_level(2) }
    }
}

#[cfg(feature = "speed")]
impl Places {
    pub(super) fn new(inner: Option<Inner>) -> Self {
        let mut members = Members::at_level(1);
        members.make_room();
        Self { keys: OpenKeys::new(), members, inner, ..Self::default() }
    }

    pub(super) fn key_count(&self) -> usize {
        self.keys.count()
    }

    /// A key was read in the innermost of so many containers, quotes and all; `start` is its place in the compact text.
    pub(super) fn key(&mut self, open: usize, start: usize, scan: &Scanner<'_>) {
        if self.copied > 0 {
            // A key is looked at again, and in one piece.
            self.leave_out(scan.at(), scan);
        }
        let (start, end) = (start.wrapping_add(1), self.place(scan.at()).wrapping_sub(1));
        let key = part(&self.text, self.copied, start, end, scan);
        self.keys.push(start, end, key);
        self.members.key(open, start, end);
        match &mut self.inner {
            Some(inner) if open == 1 => inner.is_open = key == inner.name,
            Some(inner) if inner.is_open => inner.members.key(open, start, end),
            _ => {}
        }
    }

    /// A value begins in the innermost of so many containers.
    pub(super) fn begin_value(&mut self, open: usize, at: usize, kind: Kind) {
        let start = self.place(at);
        self.members.begin_value(open, start, kind);
        match &mut self.inner {
            Some(inner) if open == 1 && inner.is_open => {
                inner.is_open = kind == Kind::Object;
                inner.members.make_room();
            }
            Some(inner) if inner.is_open => inner.members.begin_value(open, start, kind),
            _ => {}
        }
    }

    /// A value ended in the innermost of so many containers.
    pub(super) fn end_value(&mut self, open: usize, at: usize) {
        let end = self.place(at);
        self.members.end_value(open, end);
        if let Some(inner) = self.inner.as_mut().filter(|inner| inner.is_open) {
            inner.members.end_value(open, end);
        }
    }

    /// Whether the object that ends has a key twice; `first` is its first key's place.
    pub(super) fn has_key_again(&mut self, first: usize, scan: &Scanner<'_>) -> bool {
        let Self { text, copied, .. } = self;
        self.keys.end(first, |start, end| part(text, *copied, start, end, scan)).is_some()
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
}

/// A part of the compact text, which is written as a whole or not at all.
#[cfg(feature = "speed")]
fn part<'a>(text: &'a str, copied: usize, start: usize, end: usize, scan: &Scanner<'a>) -> &'a str {
    if copied > 0 { text.get(start..end).unwrap_or_default() } else { scan.part(start, end) }
}
