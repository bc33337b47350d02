//! The request of an intent: which endpoint makes it.

use super::installation::Direct;
use crate::http::Request;
use crate::input::{InvalidInput, Violation, ViolationCode};
use crate::intent::{Intent, Kind};
use crate::keys::ACTION_KEY;
use crate::operation::{Service, operations};

macro_rules! requests {
    (
        smile_id SmileId {
            $(#[doc = $foreign_raw_doc:literal])+ raw $ForeignRaw:ident $foreign_raw_slug:literal;
            $($(#[doc = $foreign_doc:literal])+ $foreign_method:ident $Foreign:ident $ForeignOperation:ident $foreign_slug:literal {
                $($foreign_column:tt)*
            })+
        }
        unifyia Unifyia {
            $(#[doc = $raw_doc:literal])+ raw $Raw:ident $raw_slug:literal;
            $($(#[doc = $doc:literal])+ $method:ident $Action:ident $Operation:ident $slug:literal {
                intent: $form:ident $keys_room:ident::$Keys:ident($($key:ident: $($Type:ident)::+),*),
                effect: $effect:ident,
                again: $again:ident,
                request: $endpoint:ident($($argument:expr),*),
                outcome: $outcome_room:ident::$Outcome:ident,
                shown_by: $shown:tt,
            })+
        }
    ) => {
        pub(super) fn request(direct: &Direct, wanted: &Kind) -> Result<Request, InvalidInput> {
            match wanted {
                $(Kind::$Action(keys) => Ok(super::$endpoint::request(direct, keys $(, $argument)*)),)+
                $(Kind::$Foreign(_))|+ => Err(not_ours()),
            }
        }
    };
}

operations!(requests);

/// Refuses an intent of another service.
pub(super) fn only_ours(intent: &Intent) -> Result<(), InvalidInput> {
    if intent.action().operation().service() == Service::Unifyia { Ok(()) } else { Err(not_ours()) }
}

fn not_ours() -> InvalidInput {
    Violation::new(ACTION_KEY, ViolationCode::UnknownValue).expected("an action of unifyia").into()
}
