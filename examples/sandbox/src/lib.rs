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
//! | `router`, `gate`, `subject`, `reply`, `log` | one request from `Host` check to log line |
//! | `smile_id`, `unifyia` | the services, one file per endpoint |
//! | `faults`, `control`, `delivery` | failures on order; the test's own routes; callbacks and webhooks |
//! | `app`, `store`, `clock` | what all requests share: SQLite; a clock that a test may shift |

mod app;
mod clock;
mod config;
mod control;
mod delivery;
mod error;
mod faults;
mod gate;
mod lock;
mod log;
mod reply;
mod router;
mod server;
mod smile_id;
mod store;
mod subject;
mod unifyia;

pub use config::{Config, DEFAULT_PRODUCTION_KEY, DEFAULT_SANDBOX_KEY};
pub use error::StartError;
pub use server::{Sandbox, start};
