//! The options of whatever is made of plain data: the names that there are, with what each is.

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

/// The names of options alone, for [`super::Fields::only`]: made when it is compiled, so that no program carries what options are.
pub(crate) const fn option_names<const N: usize>(options: &[OptionKey]) -> [&'static str; N] {
    let mut names = [""; N];
    let (mut options, mut left): (&[OptionKey], &mut [&'static str]) = (options, &mut names);
    while let ([option, others @ ..], [name, rest @ ..]) = (options, left) {
        *name = option.name;
        options = others;
        left = rest;
    }
    names
}
