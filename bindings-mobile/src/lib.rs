//! The core for Swift. Internal: the public surface is the facade in `../swift`.
//!
//! Text, bytes and plain numbers go in. A call comes out as one record; outcomes and errors come as their plain JSON text,
//! which the facade reads into types of its own, since what `UniFFI` generates shows every field. Handles are for clients
//! and verifiers only, because they hold keys; reading is a function, so that nothing leaks when nobody closes anything.

#![allow(clippy::needless_pass_by_value, reason = "uniffi hands values over")]

mod clients;
mod intents;
mod json;
mod records;
mod replies;
mod verifier;

use enrollkit::{Details, Error, InvalidInput};
use enrollkit_glue::Fault;

pub use clients::*;
pub use intents::*;
pub use json::*;
pub use records::*;
pub use replies::*;
pub use verifier::*;

uniffi::setup_scaffolding!();

/// An error of the core: its plain JSON, its text, and the body that it is about.
#[derive(Clone, uniffi::Record)]
pub struct CoreProblem {
    /// The plain form, whole: a facade leaves out of its own what the service wrote.
    pub json: String,
    /// What it says: no secret, no personal data.
    pub text: String,
    /// The body as it came, the call's secrets masked; empty where there is none.
    pub raw: Vec<u8>,
}

/// What is thrown.
#[derive(uniffi::Error)]
pub enum CoreError {
    /// The core refused, or the service did.
    Refused {
        /// The core's error.
        problem: CoreProblem,
    },
    /// A facade gave what none may give.
    Misused {
        /// What that was.
        what: String,
    },
}

impl std::fmt::Display for CoreError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Refused { problem } => f.write_str(&problem.text),
            Self::Misused { what } => f.write_str(what),
        }
    }
}

impl std::fmt::Debug for CoreError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "CoreError({self})")
    }
}

impl std::error::Error for CoreError {}

impl From<&Error> for CoreProblem {
    fn from(error: &Error) -> Self {
        Self {
            json: error.to_json_with(Details::Included).to_text(),
            text: error.to_string(),
            raw: error.raw().to_vec(),
        }
    }
}

impl From<Error> for CoreError {
    fn from(error: Error) -> Self {
        Self::Refused { problem: CoreProblem::from(&error) }
    }
}

impl From<InvalidInput> for CoreError {
    fn from(invalid: InvalidInput) -> Self {
        Error::from(invalid).into()
    }
}

impl From<Fault> for CoreError {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Refused(error) => error.into(),
            Fault::Misused(what) => misused(what),
        }
    }
}

type Result<T> = std::result::Result<T, CoreError>;

fn misused(what: &str) -> CoreError {
    CoreError::Misused { what: what.to_owned() }
}
