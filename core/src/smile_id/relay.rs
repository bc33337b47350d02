//! The client of end-user pages and apps: it holds no credentials.

use super::actions::SmileIdActions;
use crate::call::Call;
use crate::input::InvalidInput;
use crate::intent::Intent;
use crate::operation::{Service, operations};
use crate::outcome::{Acknowledged, Outcome};
use crate::relay;
use crate::reply::ReadOutcome;
use crate::value::{RelayUrl, Timestamp, UserId};

/// Smile ID's user management through your own back end, which applies its policy, signs and sends.
///
/// It holds nothing but an address, and signs nothing: what needs credentials (`sign`, `raw`) it can't be asked.
///
/// ```
/// use enrollkit::{SmileIdRelay, UserId};
///
/// let smile = SmileIdRelay::new("/api/smile")?;
/// let call = smile.re_enroll(&UserId::parse("user-42")?)?;
/// assert_eq!(call.body(), r#"{"action":"smile_id.re_enroll","user_id":"user-42"}"#);
/// # Ok::<(), enrollkit::InvalidInput>(())
/// ```
///
/// ```compile_fail,E0599
/// # let now = enrollkit::Timestamp::parse("2026-11-22T10:00:00.000Z")?;
/// enrollkit::SmileIdRelay::new("/api/smile")?.sign(now)?;
/// # Ok::<(), enrollkit::InvalidInput>(())
/// ```
#[derive(Clone, Debug)]
pub struct SmileIdRelay {
    url: RelayUrl,
}

impl SmileIdRelay {
    /// A client of the route at `url`, which in a page may be a path.
    ///
    /// # Errors
    /// As [`RelayUrl::parse`].
    pub fn new(url: &str) -> Result<Self, InvalidInput> {
        Ok(Self { url: RelayUrl::parse(url)? })
    }

    /// The call of any Smile ID intent. Every method below is shorthand for this.
    ///
    /// # Errors
    /// `unknown_value` at `action` for an intent of another service.
    pub fn call(&self, intent: &Intent) -> Result<Call<Outcome>, InvalidInput> {
        self.relayed(intent)
    }

    /// Deletes a user **for ever**; the id can never be used again.
    ///
    /// # Errors
    /// As [`Self::call`], and `mismatch` at `confirm` unless it repeats the user id exactly.
    pub fn delete_permanently(
        &self,
        user_id: &UserId,
        confirm: &str,
    ) -> Result<Call<Acknowledged>, InvalidInput> {
        self.relayed(&Intent::delete_permanently(user_id.clone(), confirm)?)
    }

    fn relayed<T: ReadOutcome>(&self, intent: &Intent) -> Result<Call<T>, InvalidInput> {
        intent.only_of(Service::SmileId)?;
        Ok(relay::call(&self.url, intent.action().operation(), intent.to_text()))
    }
}

macro_rules! method {
    (plain $(#[doc = $doc:literal])+ $method:ident ($($key:ident: $Type:path),*) $Outcome:path) => {
        $(#[doc = $doc])+
        ///
        /// # Errors
        /// As [`Self::call`].
        pub fn $method(&self, $($key: &$Type),*) -> Result<Call<$Outcome>, InvalidInput> {
            self.relayed(&Intent::$method($($key.clone()),*))
        }
    };
    (by_hand $($row:tt)*) => {};
}

macro_rules! methods {
    (
        smile_id SmileId {
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
        unifyia Unifyia {
            $(#[doc = $foreign_raw_doc:literal])+ raw $ForeignRaw:ident $foreign_raw_slug:literal;
            $($(#[doc = $foreign_doc:literal])+ $foreign_method:ident $Foreign:ident $ForeignOperation:ident $foreign_slug:literal {
                $($foreign_column:tt)*
            })+
        }
    ) => {
        /// One method for each action.
        impl SmileIdRelay {
            $(method!($form $(#[doc = $doc])+ $method ($($key: crate::$($Type)::+),*) crate::$outcome_room::$Outcome);)+
        }
    };
}

operations!(methods);

impl SmileIdActions for SmileIdRelay {
    fn typed<T: ReadOutcome>(&self, intent: &Intent, _now: Timestamp) -> Result<Call<T>, InvalidInput> {
        self.relayed(intent)
    }
}
