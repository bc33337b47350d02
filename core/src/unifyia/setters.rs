//! One setter for each field of the user object.

use alloc::string::String;
use alloc::vec::Vec;

use super::fields::user_fields;
use super::user::User;
use crate::json::{Json, Object};
use crate::value::Timestamp;

/// Declares the setters: one for each field, named as the wire names it, in snake case.
macro_rules! setters {
    ($($(#[$doc:meta])* $setter:ident($wire:literal): $kind:ident, $needed:ident, $who:ident;)+) => {
        /// One setter for each documented field. The later call of two counts.
        impl User {
            $(
                $(#[$doc])*
                #[doc = concat!("\n\nWire name: `", $wire, "`.")]
                #[must_use]
                pub fn $setter(mut self, value: impl Into<setters!(@type $kind)>) -> Self {
                    let value: setters!(@type $kind) = value.into();
                    self.set($wire, setters!(@json $kind value));
                    self
                }
            )+
        }
    };
    (@type Text) => { String };
    (@type Name) => { String };
    (@type Email) => { String };
    (@type Status) => { String };
    (@type Instant) => { Timestamp };
    (@type Long) => { i64 };
    (@type Flag) => { bool };
    (@type Object) => { Object };
    (@type Array) => { Vec<Json> };
    (@type ObjectOrArray) => { Json };
    (@json Instant $value:ident) => { $value.to_text() };
    (@json $kind:ident $value:ident) => { $value };
}

user_fields!(setters);
