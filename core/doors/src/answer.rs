//! What comes back through a door: its first byte, then fields.

use enrollkit::{Details, Error, InvalidInput};

use crate::pack::Packing;

/// The door's fields follow.
pub const VALUE: u8 = 0;
/// A problem follows: what the core or the service refused.
pub const REFUSED: u8 = 1;
/// A text follows: what the caller must not do.
pub const MISUSED: u8 = 2;
/// Nothing follows: the client or verifier is closed.
pub const CLOSED: u8 = 3;
/// Nothing follows: a fault of the core's.
pub const PANICKED: u8 = 4;

/// Why there is no value.
pub enum Fault {
    /// The core refused, or the service did.
    Refused(Box<Error>),
    /// A facade gave what none may give.
    Misused(&'static str),
    /// The handle's client is closed.
    Closed,
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        Self::Refused(Box::new(error))
    }
}

impl From<enrollkit_glue::Fault> for Fault {
    fn from(fault: enrollkit_glue::Fault) -> Self {
        match fault {
            enrollkit_glue::Fault::Refused(error) => error.into(),
            enrollkit_glue::Fault::Misused(what) => Self::Misused(what),
        }
    }
}

impl From<InvalidInput> for Fault {
    fn from(invalid: InvalidInput) -> Self {
        Error::from(invalid).into()
    }
}

pub(crate) fn value() -> Packing {
    Packing::beginning(VALUE)
}

pub(crate) fn of(result: Result<Packing, Fault>) -> Vec<u8> {
    match result {
        Ok(out) => out.into_bytes(),
        Err(Fault::Refused(error)) => {
            let mut out = Packing::beginning(REFUSED);
            problem(&error, &mut out);
            out.into_bytes()
        }
        Err(Fault::Misused(what)) => misused(what),
        Err(Fault::Closed) => vec![CLOSED],
    }
}

pub(crate) fn misused(what: &str) -> Vec<u8> {
    let mut out = Packing::beginning(MISUSED);
    out.text(what);
    out.into_bytes()
}

pub(crate) fn panicked() -> Vec<u8> {
    vec![PANICKED]
}

/// A problem: its plain form with what the service wrote, which a facade leaves out of its own; what the problem says, without
/// secrets and personal data; the body that it is about, the call's secrets masked.
pub(crate) fn problem(error: &Error, out: &mut Packing) {
    out.json(&error.to_json_with(Details::Included));
    out.text(&error.to_string());
    out.bytes(error.raw());
}
