//! What the core's tables say, for whoever writes a facade in another language: operations, outcomes, options.
//!
//! The closed sets have their words in `ALL`, the user object its fields in [`crate::unifyia::FIELDS`].

pub use crate::input::{OptionKey, OptionKind};
pub use crate::keys::{Key, KeyKind};
pub use crate::outcome::OUTCOMES;
pub use crate::record::{Field, FieldKind, Record};

use crate::keys::Keys;
use crate::operation::{Action, Operation, Service, operations};
use crate::{relay, smile_id, unifyia};

/// A row of the table of operations.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OperationRow {
    /// What is called.
    pub operation: Operation,
    /// The action that it carries out; `None` for a `raw` call.
    pub action: Option<Action>,
    /// What it does, in a sentence.
    pub doc: &'static str,
    /// The client's method.
    pub method: &'static str,
    /// The keys of its intent, which are the method's parameters, too.
    pub keys: &'static [Key],
    /// The outcome's name.
    pub outcome: &'static str,
}

/// The client of a service.
#[must_use]
pub const fn client_of(service: Service) -> &'static str {
    match service {
        Service::SmileId => "SmileId",
        Service::Unifyia => "Unifyia",
    }
}

/// Whether a service's calls are signed at a time.
#[must_use]
pub const fn is_signed(service: Service) -> bool {
    match service {
        Service::SmileId => true,
        Service::Unifyia => false,
    }
}

macro_rules! rows {
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
        /// Everything that can be called, in the table's order; of each service the `raw` call comes last.
        pub const OPERATIONS: &[OperationRow] = &[$(
            $(OperationRow {
                operation: Operation::$Operation,
                action: Some(Action::$Action),
                doc: concat!($($doc),+),
                method: stringify!($method),
                keys: <crate::$keys_room::$Keys as Keys>::KEYS,
                outcome: stringify!($Outcome),
            },)+
            OperationRow {
                operation: Operation::$Raw,
                action: None,
                doc: concat!($($raw_doc),+),
                method: "raw",
                keys: &[],
                outcome: "RawReply",
            },
        )+];
    };
}

operations!(rows);

/// What a type is given beside its options, and is in no log: by the type's name.
pub const SECRETS: &[(&str, &[OptionKey])] = &[("VerifierOptions", smile_id::VERIFIER_SECRETS)];

/// The options of what is made of plain data, by the type's name.
pub const OPTIONS: &[(&str, &[OptionKey])] = &[
    ("SmileIdOptions", smile_id::CLIENT_OPTIONS),
    ("UnifyiaOptions", unifyia::CLIENT_OPTIONS),
    ("VerifierOptions", smile_id::VERIFIER_OPTIONS),
    ("RouteRules", relay::ROUTE_OPTIONS),
    ("SignUpRules", unifyia::RULES),
];
