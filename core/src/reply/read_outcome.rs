//! What an answer can be read into.

use super::answer::Reply;
use crate::details::Details;
use crate::error::Error;
use crate::http::RawBody;
use crate::json::{Json, Object};
use crate::operation::Operation;

/// A type that a call's answer can be read into.
pub trait ReadOutcome: sealed::Sealed + Sized {
    #[doc(hidden)]
    fn read(reply: Reply<'_>) -> Result<Self, Error>;
    #[doc(hidden)]
    fn of_operation(json: &Json, operation: Operation) -> Option<Self>;
}

pub(crate) mod sealed {
    pub trait Sealed {}
}

/// What every outcome has beside its own fields.
pub(crate) trait AnyOutcome {
    fn operation(&self) -> Operation;
    fn raw(&self) -> &RawBody;
    /// Adds the fields to the plain form, which has the operation.
    fn write_to(&self, object: &mut Object, details: Details);
}
