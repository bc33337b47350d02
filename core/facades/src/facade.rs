//! What a writer is: it gives the files of one language, or of one kind of document.

use crate::catalogue::Catalogue;

/// What is written of a catalogue.
pub trait Facade {
    /// Every file, in any order.
    fn files(&self, catalogue: &Catalogue) -> Vec<File>;
}

/// A file, or a part of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// From the repository's root, with `/`.
    pub path: String,
    /// What stands there.
    pub content: Content,
}

/// What stands in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// All of it.
    Whole(String),
    /// What stands between the line that has `<generated: name>` and the line that has `</generated>`; the rest is written by hand.
    Part {
        /// The part's name.
        name: String,
        /// Whole lines.
        text: String,
    },
}

impl File {
    /// A file that is generated from its first line to its last.
    #[must_use]
    pub fn whole(path: &str, text: String) -> Self {
        Self { path: path.into(), content: Content::Whole(text) }
    }

    /// A part of a file that is written by hand.
    #[must_use]
    pub fn part(path: &str, name: &str, text: String) -> Self {
        Self { path: path.into(), content: Content::Part { name: name.into(), text } }
    }
}
