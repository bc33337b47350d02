//! A local stand-in server for two services: Smile ID's user management and Unifyia's sign-up.
//!
//! It checks signatures and freshness, keeps each user's state, answers as the services' documentation says, plays
//! enrollment jobs with their signed callbacks, and can be told to fail. It shares no code with `enrollkit`, so a
//! test against it compares two independent pieces. What the services do not document is marked `Assumption:`.
//!
//! ```
//! use enrollkit_sandbox::{Config, start};
//!
//! let sandbox = start(Config { users: vec!["user-42".into()], ..Config::default() })?;
//! assert!(sandbox.url().starts_with("http://127.0.0.1:"));
//! sandbox.stop(); // dropping it does the same
//! # Ok::<(), enrollkit_sandbox::StartError>(())
//! ```
//!
//! | module | subject |
//! |---|---|
//! | `config`, `server` | what it can be told; sockets, start and stop |
//! | `app`, `gate`, `reply`, `log` | one request from `Host` check to log line |
//! | `smile_id`, `unifyia` | the services, one file per endpoint |
//! | `faults`, `control`, `delivery` | failures on order; the test's own routes; callbacks and webhooks |
//! | `store`, `clock` | SQLite; a clock that a test may shift |

mod app;
mod clock;
mod config;
mod control;
mod delivery;
mod faults;
mod gate;
mod log;
mod reply;
mod server;
mod smile_id;
mod store;
mod unifyia;

use std::fmt;
use std::io;
use std::net::SocketAddr;

pub use config::{Config, DEFAULT_PRODUCTION_KEY, DEFAULT_SANDBOX_KEY};
pub use server::{Sandbox, start};

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
