//! The client of whoever holds credentials.

use alloc::sync::Arc;

use super::account::{Account, Context, Signed};
use super::actions::SmileIdActions;
use super::environment::Environment;
use super::pair::{PAIR_LIFETIME_SECONDS, Pair};
use super::raw::{self, RawRequest};
use super::request::request;
use super::signature::SigningKey;
use super::signer::{Credentials, Signer};
use crate::call::{Call, Preview};
use crate::http::Secrets;
use crate::input::{InvalidInput, Violation, ViolationCode, Violations};
use crate::intent::Intent;
use crate::operation::{Operation, operations};
use crate::outcome::{Acknowledged, Outcome, RawReply};
use crate::reply::ReadOutcome;
use crate::value::{ApiKey, BaseUrl, Operator, PartnerId, Timestamp, UserId};

/// A client of Smile ID's user management. Cheap to clone; `Debug` shows no secret.
///
/// ```
/// use enrollkit::{ApiKey, Environment, PartnerId, SmileId, Timestamp, UserId};
///
/// let key = ApiKey::parse("not-a-real-key")?;
/// let smile = SmileId::new(PartnerId::parse("085")?, Environment::Sandbox).operator("ops@bank.example")?.api_key(&key);
/// let now = Timestamp::parse("2026-11-22T10:00:00.000Z")?;
///
/// let call = smile.re_enroll(&UserId::parse("user-42")?, now)?;
/// assert_eq!(call.url(), "https://portal.smileidentity.com/api/v2/partner/enrollee");
///
/// // Your HTTP client sends call.method(), call.url(), call.headers() and call.body(); its answer goes to the reader.
/// let outcome = call.read(200, br#"{"message":"User updated","status":"OK"}"#)?;
/// assert_eq!(outcome.message(), Some("User updated"));
/// # Ok::<(), enrollkit::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct SmileId {
    signer: Arc<Signer>,
    operator: Option<Operator>,
}

/// A client that still lacks its credentials.
#[derive(Clone, Debug)]
pub struct SmileIdBuilder {
    pub(super) account: Account,
    pub(super) operator: Option<Operator>,
}

impl SmileIdBuilder {
    /// Sets the operator's e-mail address, which every change to a user needs ("your email address").
    ///
    /// # Errors
    /// `required` or `bad_email`, at the path `operator`.
    pub fn operator(mut self, email: &str) -> Result<Self, InvalidInput> {
        self.operator = Some(Operator::parse(email)?);
        Ok(self)
    }

    /// Sends to a gateway, a proxy or the sandbox instead: it replaces scheme, host and path prefix.
    #[must_use]
    pub fn base_url(mut self, base_url: BaseUrl) -> Self {
        self.account.base_url = Some(base_url);
        self
    }

    /// The client of a server or script that holds the API key.
    #[must_use]
    pub fn api_key(self, key: &ApiKey) -> SmileId {
        self.with(Credentials::Key(SigningKey::new(key)))
    }

    /// The client of a back end that got a signed pair from another of your back ends. `received_at` is read on this
    /// machine's own clock: the pair's lifetime counts from then.
    ///
    /// # Errors
    /// `mismatch` at `pair/partner_id` and `pair/environment`.
    pub fn pair(self, pair: Pair, received_at: Timestamp) -> Result<SmileId, InvalidInput> {
        let mut violations = Violations::default();
        if pair.partner_id != self.account.partner_id {
            violations
                .push(Violation::new("pair/partner_id", ViolationCode::Mismatch).expected("partner_id"));
        }
        if pair.environment != self.account.environment {
            violations
                .push(Violation::new("pair/environment", ViolationCode::Mismatch).expected("environment"));
        }
        violations.finish(Some(()))?;
        Ok(self.with(Credentials::Pair { pair, received_at }))
    }

    /// The request of an intent, without a key and never to be sent: `<signature>` stands where the signature goes.
    ///
    /// # Errors
    /// As [`SmileId::call`].
    pub fn preview(&self, intent: &Intent, now: Timestamp) -> Result<Preview, InvalidInput> {
        let signed = Signed::placeholder(now);
        let context = Context { account: &self.account, operator: self.operator.as_ref(), signed: &signed };
        let request = request(&context, intent.kind())?;
        Ok(Preview::of(&request, &Secrets::default()))
    }

    fn with(self, credentials: Credentials) -> SmileId {
        SmileId { signer: Arc::new(Signer { account: self.account, credentials }), operator: self.operator }
    }
}

impl SmileId {
    /// A client of one partner in one environment; the credentials come next.
    #[expect(
        clippy::new_ret_no_self,
        reason = "a client without credentials can't exist; the builder is its beginning"
    )]
    #[must_use]
    pub fn new(partner_id: PartnerId, environment: Environment) -> SmileIdBuilder {
        SmileIdBuilder { account: Account::new(partner_id, environment), operator: None }
    }

    /// The same client for another operator; shares everything else.
    ///
    /// # Errors
    /// As [`SmileIdBuilder::operator`].
    pub fn with_operator(&self, email: &str) -> Result<Self, InvalidInput> {
        Ok(Self { signer: self.signer.clone(), operator: Some(Operator::parse(email)?) })
    }

    /// The call of any Smile ID intent. Every method below is shorthand for this.
    ///
    /// # Errors
    /// `required` at `operator` for a change without one, `expired` at `pair`, `unknown_value` at `action` for an intent of
    /// another service.
    pub fn call(&self, intent: &Intent, now: Timestamp) -> Result<Call<Outcome>, InvalidInput> {
        self.typed(intent, now)
    }

    /// Deletes a user **for ever**; the id can never be used again. Smile ID recommends re-enrolling instead.
    ///
    /// # Errors
    /// As [`Self::call`], and `mismatch` at `confirm` unless it repeats the user id exactly.
    pub fn delete_permanently(
        &self,
        user_id: &UserId,
        confirm: &str,
        now: Timestamp,
    ) -> Result<Call<Acknowledged>, InvalidInput> {
        self.typed(&Intent::delete_permanently(user_id.clone(), confirm)?, now)
    }

    /// An authenticated call for what has no method here.
    ///
    /// # Errors
    /// Every violation of the request; `expired` at `pair`.
    pub fn raw(&self, request: &RawRequest, now: Timestamp) -> Result<Call<RawReply>, InvalidInput> {
        let signed = self.signer.sign(now)?;
        let request = raw::request(&self.signer.account, request, &signed)?;
        Ok(Call::new(request, self.signer.reader(Operation::SmileIdRaw, signed)))
    }

    /// A signed pair for another of your own back ends. See [`Pair`] for what it can do.
    ///
    /// # Errors
    /// `expired` at `pair`, for a client that itself holds a stale one.
    pub fn sign(&self, now: Timestamp) -> Result<Pair, InvalidInput> {
        let Signer { account, credentials } = &*self.signer;
        if let Credentials::Pair { pair, received_at } = credentials {
            let signed = self.signer.sign(now)?;
            let used = u32::try_from(now.seconds_since(*received_at)).unwrap_or(0);
            // Handed on, a pair lives no longer than it would have here.
            let expires_in = pair.expires_in.saturating_sub(used);
            return Ok(Pair { timestamp: signed.timestamp, expires_in, ..pair.clone() });
        }
        let signed = self.signer.sign(now)?;
        Ok(Pair {
            partner_id: account.partner_id.clone(),
            environment: account.environment,
            timestamp: signed.timestamp,
            signature: signed.signature,
            expires_in: PAIR_LIFETIME_SECONDS,
        })
    }
}

macro_rules! method {
    (plain $(#[doc = $doc:literal])+ $method:ident ($($key:ident: $Type:path),*) $Outcome:path) => {
        $(#[doc = $doc])+
        ///
        /// # Errors
        /// As [`Self::call`].
        pub fn $method(&self, $($key: &$Type,)* now: Timestamp) -> Result<Call<$Outcome>, InvalidInput> {
            self.typed(&Intent::$method($($key.clone()),*), now)
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
        impl SmileId {
            $(method!($form $(#[doc = $doc])+ $method ($($key: crate::$($Type)::+),*) crate::$outcome_room::$Outcome);)+
        }
    };
}

operations!(methods);

impl SmileIdActions for SmileId {
    fn typed<T: ReadOutcome>(&self, intent: &Intent, now: Timestamp) -> Result<Call<T>, InvalidInput> {
        let mut violations = Violations::default();
        let signature = violations.keep(self.signer.sign(now));
        // Without a signature all else that is wrong is told, too.
        let signed = signature.unwrap_or_else(|| Signed::placeholder(now));
        let operator = self.operator.as_ref();
        let context = Context { account: &self.signer.account, operator, signed: &signed };
        let request = violations.keep(request(&context, intent.kind()));
        let request = violations.finish(request)?;
        Ok(Call::new(request, self.signer.reader(intent.action().operation(), signed)))
    }
}
