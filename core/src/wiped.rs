//! Text that is overwritten when it is dropped.

use alloc::string::String;
use core::mem::{MaybeUninit, take};
use core::ops::Deref;

use zeroize::optimization_barrier;

/// Text that is overwritten when it is dropped: in one stroke, where `Zeroizing<String>` goes byte by byte, which for a body takes longer
/// than to write it.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct Wiped(String);

impl Wiped {
    pub(crate) fn new(text: String) -> Self {
        Self(text)
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// For a writer, who made the room before: a text that grows leaves a copy behind.
    pub(crate) fn text_mut(&mut self) -> &mut String {
        &mut self.0
    }

    /// The text, which is its taker's to overwrite.
    pub(crate) fn into_text(mut self) -> String {
        take(&mut self.0)
    }
}

impl Deref for Wiped {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl Drop for Wiped {
    fn drop(&mut self) {
        wipe(&mut self.0);
    }
}

/// Overwrites a text and the room behind it.
pub(crate) fn wipe(text: &mut String) {
    let mut bytes = take(text).into_bytes();
    bytes.clear();
    let room = bytes.spare_capacity_mut();
    room.fill(MaybeUninit::new(0));
    // Nobody reads what was written: without this, it need not be.
    optimization_barrier(room);
}
