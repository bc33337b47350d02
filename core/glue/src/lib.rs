//! What every binding does between its language's values and the core: text in, the core's own values out.
//!
//! A binding adds what is its own: how texts come in, and how calls, outcomes and errors go out.

#![no_std]

extern crate alloc;

pub mod calls;
pub mod heads;
pub mod intents;
pub mod one_text;
pub mod replies;

use enrollkit::{Error, InvalidInput, Timestamp};

/// Why there is no value.
pub enum Fault {
    /// The core refused, or the service did.
    Refused(Error),
    /// A facade gave what none may give.
    Misused(&'static str),
}

/// What was called is nothing that can be.
const NO_OPERATION: Fault = Fault::Misused("no such operation");

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        Self::Refused(error)
    }
}

impl From<InvalidInput> for Fault {
    fn from(invalid: InvalidInput) -> Self {
        Error::from(invalid).into()
    }
}

/// What a binding gets.
pub type Result<T> = core::result::Result<T, Fault>;

/// The time that a facade read from its host's clock, or was given at `path`: milliseconds since 1970.
///
/// # Errors
/// What [`Timestamp::from_unix_millis`] refuses, at `path`.
pub fn time(unix_millis: i64, path: &str) -> core::result::Result<Timestamp, InvalidInput> {
    Timestamp::from_unix_millis(unix_millis).map_err(|invalid| invalid.at(path))
}

/// The time of a text that was given at `path`.
///
/// # Errors
/// What [`Timestamp::parse`] refuses, at `path`.
pub fn time_of(text: &str, path: &str) -> core::result::Result<Timestamp, InvalidInput> {
    Timestamp::parse(text).map_err(|invalid| invalid.at(path))
}
