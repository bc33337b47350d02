//! Records: outcomes and their parts, declared one line a field, as the fields of the user object are.
//!
//! A field is `name("wire name"): Kind`, with marks behind it: `shown` may be printed, `withheld` is left out unless the details are
//! asked for. The structure, its accessors, reading, the plain form and what other languages are told come from the declaration.

mod description;
mod kinds;
mod outcome;
mod part;
mod plain;

pub use description::{Field, FieldKind, Record};
pub(crate) use kinds::{Form, code, flag, list, member, record as record_of, text};
pub(crate) use outcome::{outcome, outcome_field};
pub(crate) use part::{field_kind, record};
pub(crate) use plain::{PlainField, PlainKind, put_plain};
