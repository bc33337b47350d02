//! What comes of any call.

use super::raw_reply::RawReply;
use crate::details::Details;
use crate::error::Error;
use crate::http::RawBody;
use crate::json::{Json, Object};
use crate::operation::{Operation, operations};
use crate::record::{PlainField, Record, put_plain};
use crate::reply::{AnyOutcome, ReadOutcome, Reply, sealed};

/// The list of outcomes: a variant each, with the room of its type.
macro_rules! outcomes {
    ($($(#[doc = $doc:literal])+ $Variant:ident($room:ident::$Type:ident),)+) => {
        /// The outcome of any call.
        #[non_exhaustive]
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum Outcome { $($(#[doc = $doc])+ $Variant(crate::$room::$Type),)+ }

        $(impl From<crate::$room::$Type> for Outcome {
            fn from(outcome: crate::$room::$Type) -> Self {
                Self::$Variant(outcome)
            }
        })+

        impl Outcome {
            fn any(&self) -> &dyn AnyOutcome {
                match self { $(Self::$Variant(outcome) => outcome,)+ }
            }
        }

        /// Every outcome, for whoever writes their types in another language.
        pub const OUTCOMES: &[Record] = &[$(crate::$room::$Type::RECORD,)+];
    };
}

outcomes! {
    /// A change to a user was accepted.
    Acknowledged(outcome::Acknowledged),
    /// A user was looked up.
    EnrolleeInfo(smile_id::EnrolleeInfo),
    /// A user was signed up.
    SignedUp(unifyia::SignedUp),
    /// An organization's branding.
    Branding(unifyia::Branding),
    /// The answer to a `raw` call.
    Raw(outcome::RawReply),
}

macro_rules! reading {
    ($($room:ident $Service:ident {
        $(#[doc = $raw_doc:literal])+ raw $Raw:ident $raw_slug:literal;
        $($(#[doc = $doc:literal])+ $method:ident $Action:ident $Operation:ident $slug:literal {
            intent: $form:ident $keys_room:ident::$Keys:ident($($key:ident: $($Type:ident)::+),*),
            effect: $effect:ident,
            again: $again:ident,
            request: $endpoint:ident($($argument:expr),*),
            outcome: $outcome_room:ident::$Outcome:ident,
            shown_by: $shown:tt,
        })+
    })+) => {
        impl sealed::Sealed for Outcome {}

        /// The fields of an operation's outcome; none for what has no plain form to be read back from.
        fn plain_fields(operation: Operation) -> Option<&'static [PlainField]> {
            match operation {
                $(
                    $(Operation::$Operation => crate::$outcome_room::$Outcome::PLAIN,)+
                    Operation::$Raw => RawReply::PLAIN,
                )+
            }
        }

        impl ReadOutcome for Outcome {
            fn read(reply: Reply<'_>) -> Result<Self, Error> {
                match reply.operation {
                    $(
                        $(Operation::$Operation => crate::$outcome_room::$Outcome::read(reply).map(Self::from),)+
                        Operation::$Raw => RawReply::read(reply).map(Self::from),
                    )+
                }
            }

            fn of_operation(json: &Json, operation: Operation) -> Option<Self> {
                match operation {
                    $(
                        $(
                            Operation::$Operation => {
                                crate::$outcome_room::$Outcome::of_operation(json, operation).map(Self::from)
                            }
                        )+
                        Operation::$Raw => RawReply::of_operation(json, operation).map(Self::from),
                    )+
                }
            }
        }
    };
}

operations!(reading);

/// The plain form of an outcome, from that form: by tables, so that WebAssembly for pages links no outcome's own type. `None` for what
/// is no outcome of the operation.
pub(crate) fn plain_outcome(json: &Json, operation: Operation) -> Option<Json> {
    let mut object = Object::of_text("operation", operation.slug());
    put_plain(&mut object, json, plain_fields(operation)?)?;
    Some(object.into())
}

impl Outcome {
    /// What was called.
    #[must_use]
    pub fn operation(&self) -> Operation {
        self.any().operation()
    }

    /// The body as it came, the call's secrets masked. Empty for what came through a relay.
    #[must_use]
    pub fn raw(&self) -> &RawBody {
        self.any().raw()
    }

    /// Reads what [`Self::to_json`] wrote; `None` for anything else. The raw body is not part of that form, so a `raw`
    /// call's outcome is not read back.
    #[must_use]
    pub fn from_json(json: &Json) -> Option<Self> {
        Self::of_operation(json, Operation::from_slug(json.get("operation")?.as_str()?)?)
    }

    /// As [`Self::from_json`], from the text of that form, which nests some levels deeper than what a service may write.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        Self::from_json(&Json::parse_plain(text).ok()?)
    }

    /// The plain-data form, the same in every language: snake case, flat, with the operation. Without the raw body.
    #[must_use]
    pub fn to_json(&self, details: Details) -> Json {
        let mut object = Object::of_text("operation", self.operation().slug());
        self.any().write_to(&mut object, details);
        object.into()
    }
}

impl serde::Serialize for Outcome {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_json(Details::Included).serialize(serializer)
    }
}
