//! What can go wrong, in words for whoever typed the command.

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Error {
    /// The command line makes no sense: exit status 2.
    Usage(String),
    /// Something isn't on this machine that only its owner installs; says what, and how. A step of the tests is then skipped
    /// at a desk and fails where everything must run.
    Missing(String),
    /// The command ran and failed: exit status 1.
    Failed(String),
}

pub(crate) type Result<T = ()> = std::result::Result<T, Error>;

impl Error {
    pub(crate) fn text(&self) -> &str {
        let (Self::Usage(text) | Self::Missing(text) | Self::Failed(text)) = self;
        text
    }

    /// The same failure, said in other words.
    pub(crate) fn map(self, say: impl FnOnce(String) -> String) -> Self {
        match self {
            Self::Usage(text) => Self::Usage(say(text)),
            Self::Missing(text) => Self::Missing(say(text)),
            Self::Failed(text) => Self::Failed(say(text)),
        }
    }
}

impl From<String> for Error {
    fn from(text: String) -> Self {
        Self::Failed(text)
    }
}

/// For `map_err`: what was being done, then the system's own words.
pub(crate) fn failed<E: std::fmt::Display>(what: impl std::fmt::Display) -> impl FnOnce(E) -> Error {
    move |error| Error::Failed(format!("{what}: {error}"))
}

/// Whether `flag` was given; any other argument is a usage error.
pub(crate) fn only_flag(command: &str, flag: &str, args: &[String]) -> Result<bool> {
    match args.iter().find(|arg| *arg != flag) {
        Some(other) => Err(Error::Usage(format!("`{command}` takes {flag} only, not `{other}`"))),
        None => Ok(!args.is_empty()),
    }
}
