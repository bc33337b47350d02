//! What is read: a tree, to the letter or leniently; or no tree, but the compact text with the places of members.

use super::growing::{Loss, Tree};
#[cfg(feature = "speed")]
use super::places::{Inner, Places};
use super::reader::Reader;
use super::scan::{Fault, Scanner};
use super::tree::{Json, Number};

/// Reads what a caller wrote, or what we did.
pub(crate) fn read_strict(text: &str, depth: usize) -> Result<Json, Fault> {
    Reader::of_tree(text, depth, Tree::default()).tree().map(|(json, _)| json)
}

/// Reads what a service wrote, and tells what was lost.
pub(crate) fn read_lenient(text: &str, depth: usize) -> Result<(Json, Loss), Fault> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (json, loss) = Reader::of_tree(text, depth, Tree::lenient()).tree()?;
    Ok((json, loss.unwrap_or_default()))
}

/// The compact text of an object, with the places of its members, and of those of one member of it. `None` for what is not JSON that we
/// take, or no object: the reading of a tree tells what is wrong with it, and where.
#[cfg(feature = "speed")]
pub(super) fn read_places(text: &str, depth: usize, inner: Option<Inner>) -> Option<Places> {
    Reader::of_places(text, depth, Places::new(inner)).places()
}

/// Whether a text is that of a JSON number.
pub(super) fn is_number(text: &str) -> bool {
    let mut scan = Scanner::new(text);
    scan.number().is_ok() && scan.peek().is_none()
}

impl Number {
    /// A number from its JSON text; `None` if the text is not a JSON number.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        is_number(text).then(|| Self::of_read(text.into()))
    }
}
