//! The options of whatever is made of plain data: the names that there are, with what each is.

use super::fields::Fields;

/// One option.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OptionKey {
    /// The name, the same in every language's JSON.
    pub name: &'static str,
    /// What it holds.
    pub kind: OptionKind,
    /// Whether it must be there.
    pub required: bool,
    /// What it is.
    pub doc: &'static str,
}

/// What an option holds.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OptionKind {
    /// Text.
    Text,
    /// True or false; false when it is missing.
    Flag,
    /// A word of a closed set, by the set's name.
    Word(&'static str),
    /// Seconds, which may have a fraction.
    Seconds,
    /// Texts.
    Texts,
}

impl OptionKey {
    pub(crate) const fn required(name: &'static str, kind: OptionKind, doc: &'static str) -> Self {
        Self { name, kind, required: true, doc }
    }

    pub(crate) const fn optional(name: &'static str, kind: OptionKind, doc: &'static str) -> Self {
        Self { name, kind, required: false, doc }
    }
}

/// The option that lets addresses be `http`, of every client that has one.
pub(crate) const ALLOW_HTTP: OptionKey = OptionKey::optional(
    "allow_http",
    OptionKind::Flag,
    "Lets the base URL be `http` for any host: for a network that you alone can read, such as Compose's own.",
);

impl Fields<'_> {
    /// Counts every key that is no option.
    pub(crate) fn only_options(&mut self, options: &[OptionKey]) {
        self.only_of(|| options.iter().map(|option| option.name));
    }
}
