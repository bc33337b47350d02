//! How much of a command is run.

/// How much is run.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Extent {
    /// Fast enough for every change.
    Usual,
    /// With what is too slow for every run.
    Full,
}
