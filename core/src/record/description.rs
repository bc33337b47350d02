//! What a record is made of, for whoever writes its type in another language.

/// An outcome, or a part of one.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Record {
    /// The type's name.
    pub name: &'static str,
    /// What it is.
    pub doc: &'static str,
    /// Its fields, in order. An outcome has its operation and the raw body besides.
    pub fields: &'static [Field],
}

/// A field of a record.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// The plain form's name.
    pub name: &'static str,
    /// The service's name.
    pub wire: &'static str,
    /// What it is.
    pub doc: &'static str,
    /// What it holds.
    pub kind: FieldKind,
    /// Whether it may be shown by what prints an object: it holds nothing personal.
    pub shown: bool,
}

/// What a field of a record holds.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// Text; may be missing.
    Text,
    /// True or false; may be missing.
    Flag,
    /// The HTTP status.
    Status,
    /// An [`crate::Acknowledgement`].
    Acknowledgement,
    /// JSON of any shape; may be missing.
    Json,
    /// Another record; may be missing.
    Record(&'static Record),
    /// Another record, which is always there.
    Part(&'static Record),
    /// Records; none when it is missing.
    List(&'static Record),
}

impl Field {
    pub(crate) const fn new(
        name: &'static str,
        wire: &'static str,
        doc: &'static str,
        kind: FieldKind,
        marks: &[&str],
    ) -> Self {
        // Marks are few, and a constant function knows no iterators.
        let mut shown = false;
        let mut rest = marks;
        while let [mark, more @ ..] = rest {
            shown = shown || matches!(mark.as_bytes(), b"shown");
            rest = more;
        }
        Self { name, wire, doc, kind, shown }
    }
}
