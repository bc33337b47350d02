//! Why a sandbox did not start.

use std::fmt;
use std::io;
use std::net::SocketAddr;

/// Why a sandbox did not start. Its text is one line.
#[derive(Debug)]
#[non_exhaustive]
pub enum StartError {
    /// What it was told makes no sense (the command line exits with 2).
    Config(String),
    /// The address could not be bound, most often because the port is in use.
    Bind(SocketAddr, io::Error),
    /// The state file could not be opened, is in use, or is something else.
    State(String),
    /// The system gave no thread, runtime or random bytes.
    System(String),
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Config(why) => f.write_str(why),
            Self::Bind(address, error) => write!(f, "cannot listen on {address}: {error}"),
            Self::State(why) => write!(f, "cannot use the state file: {why}"),
            Self::System(why) => write!(f, "cannot start: {why}"),
        }
    }
}

impl std::error::Error for StartError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Bind(_, error) => Some(error),
            _ => None,
        }
    }
}
