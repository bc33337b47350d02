//! The request of an intent: which endpoint makes it.

use super::installation::Direct;
use crate::http::Request;
use crate::input::InvalidInput;
use crate::intent::{Kind, not_of};
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
                $(Kind::$Foreign(_))|+ => Err(not_of(Service::Unifyia)),
            }
        }
    };
}

operations!(requests);
