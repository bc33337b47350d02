//! Smile ID user management: re-enroll, deactivate, flag, delete, look up; and the verification of what Smile ID sends.

pub(crate) mod codes;
mod confirmation;
mod enrollee;
mod enrollee_info;
mod options;
mod pair;
mod raw;
mod relay;
mod signature;
mod verifier;

use alloc::string::String;
use alloc::sync::Arc;
use core::fmt;

use zeroize::Zeroizing;

pub use confirmation::Confirmation;
pub use enrollee_info::{EnrolledUser, EnrolleeInfo, HistoryEntry, IdCheck, PartnerParams};
pub use pair::{PAIR_LIFETIME_SECONDS, Pair};
pub use raw::{RawAuth, RawHost, RawRequest};
pub(crate) use raw::{get_has_no_body, text as raw_body_text};
pub use relay::SmileIdRelay;
pub use signature::signature;
pub use verifier::{
    DEFAULT_MAX_AGE_SECONDS, DEFAULT_MAX_AHEAD_SECONDS, MAX_WINDOW_SECONDS, PartnerIdForm, Verified, Verifier,
};

use self::signature::{SignatureText, SigningKey};
use crate::address::{BaseUrl, RelayUrl};
use crate::body::{BodyWriter, json_headers};
use crate::call::{Call, Preview, Reader, Request};
use crate::error::{InvalidInput, Violation, ViolationCode, Violations};
use crate::http::Method;
use crate::ids::{Operator, PartnerId, UserId};
use crate::intent::{Action, Intent, Kind};
use crate::mask::Secrets;
use crate::outcome::{Acknowledged, RawReply, ReadOutcome};
use crate::secret::ApiKey;
use crate::slug::slugs;
use crate::time::Timestamp;

slugs! {
    /// Smile ID's environments. Each has its own host, API key and body value; they always go together.
    pub enum Environment {
        /// `portal.smileidentity.com`, body value `test`.
        Sandbox = "sandbox",
        /// `prod.smileidentity.com`, body value `production`.
        Production = "production",
    }
}

impl Environment {
    /// The value of `environment` in a request's body.
    #[must_use]
    pub const fn wire(self) -> &'static str {
        match self {
            Self::Sandbox => "test",
            Self::Production => "production",
        }
    }

    /// The host of user management.
    #[must_use]
    pub const fn portal_host(self) -> &'static str {
        match self {
            Self::Sandbox => "portal.smileidentity.com",
            Self::Production => "prod.smileidentity.com",
        }
    }

    /// The host of the other APIs, for `raw` calls.
    #[must_use]
    pub const fn api_host(self) -> &'static str {
        match self {
            Self::Sandbox => "testapi.smileidentity.com",
            Self::Production => "api.smileidentity.com",
        }
    }
}

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
    route: Route,
    operator: Option<Operator>,
}

#[derive(Clone, Debug)]
enum Route {
    Direct(Arc<Direct>),
    Relay(RelayUrl),
}

/// What all copies of a client share.
struct Direct {
    account: Account,
    credentials: Credentials,
}

enum Credentials {
    Key(SigningKey),
    Pair { pair: Pair, received_at: Timestamp },
}

/// Whose users are managed, and where.
#[derive(Clone, Debug)]
struct Account {
    partner_id: PartnerId,
    environment: Environment,
    base_url: Option<BaseUrl>,
    /// Partner id and environment in words, for the text of an `unauthorized`.
    label: Arc<str>,
}

/// A client that still lacks its credentials.
#[derive(Clone, Debug)]
pub struct SmileIdBuilder {
    account: Account,
    operator: Option<Operator>,
}

/// What one request is signed with.
struct Signed {
    timestamp: Timestamp,
    signature: SignatureSource,
}

enum SignatureSource {
    Made(SignatureText),
    Given(Pair),
    /// For a preview, which needs no key.
    Placeholder,
}

impl Signed {
    fn signature(&self) -> &str {
        match &self.signature {
            SignatureSource::Made(text) => text.as_str(),
            SignatureSource::Given(pair) => pair.signature(),
            SignatureSource::Placeholder => PLACEHOLDER,
        }
    }

    fn into_signature(self) -> Zeroizing<String> {
        match self.signature {
            SignatureSource::Made(text) => text.into_inner(),
            SignatureSource::Given(pair) => pair.signature,
            SignatureSource::Placeholder => Zeroizing::new(PLACEHOLDER.into()),
        }
    }
}

/// What stands for the signature in a preview.
const PLACEHOLDER: &str = "<signature>";

impl Account {
    /// The address of a path, at one of the environment's hosts or at the base URL that replaces them.
    fn url(&self, host: RawHost, path: &str) -> String {
        if let Some(base) = &self.base_url {
            return base.join(path);
        }
        let host = match host {
            RawHost::Portal => self.environment.portal_host(),
            RawHost::Api => self.environment.api_host(),
        };
        ["https://", host, path].concat()
    }

    /// A request of user management.
    fn post(&self, path: &str, body: BodyWriter) -> Request {
        let url = self.url(RawHost::Portal, path);
        Request { method: Method::Post, url, headers: json_headers(), body: body.finish() }
    }

    fn new(partner_id: PartnerId, environment: Environment) -> Self {
        let label = ["partner id ", partner_id.as_str(), " in ", environment.slug()].concat().into();
        Self { partner_id, environment, base_url: None, label }
    }

    fn reader(&self, operation: crate::call::Operation, signed: &Signed) -> Reader {
        Reader::direct(operation, Some(signed.timestamp), &[signed.signature()])
            .for_account(self.label.clone())
    }
}

impl Direct {
    fn sign(&self, now: Timestamp) -> Result<Signed, InvalidInput> {
        match &self.credentials {
            Credentials::Key(key) => Ok(Signed {
                timestamp: now,
                signature: SignatureSource::Made(key.sign(now, self.account.partner_id.as_str())),
            }),
            Credentials::Pair { pair, received_at } => {
                // Also when the clock was set back: then nobody knows how old it is.
                if now.seconds_since(*received_at).saturating_abs() >= i64::from(pair.expires_in) {
                    return Err(Violation::new("pair", ViolationCode::Expired).into());
                }
                Ok(Signed { timestamp: pair.timestamp, signature: SignatureSource::Given(pair.clone()) })
            }
        }
    }
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

    /// The client of a backend that got a signed pair from another of your backends. `received_at` is read on this
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
        let (action, user_id) = enrollee_intent(intent)?;
        let signed = Signed { timestamp: now, signature: SignatureSource::Placeholder };
        let request = enrollee_request(&self.account, self.operator.as_ref(), action, user_id, &signed)?;
        Ok(Preview::of(&request, &Secrets::default()))
    }

    fn with(self, credentials: Credentials) -> SmileId {
        let direct = Direct { account: self.account, credentials };
        SmileId { route: Route::Direct(Arc::new(direct)), operator: self.operator }
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

    /// A client for end-user pages and apps: it holds no credentials, and its calls POST the intent to your own backend.
    ///
    /// # Errors
    /// As [`RelayUrl::parse`].
    pub fn relay(url: &str) -> Result<Self, InvalidInput> {
        Ok(Self { route: Route::Relay(RelayUrl::parse(url)?), operator: None })
    }

    /// The same client for another operator; shares everything else.
    ///
    /// # Errors
    /// As [`SmileIdBuilder::operator`].
    pub fn with_operator(&self, email: &str) -> Result<Self, InvalidInput> {
        Ok(Self { route: self.route.clone(), operator: Some(Operator::parse(email)?) })
    }

    /// The call of any Smile ID intent. Every method below is shorthand for this.
    ///
    /// # Errors
    /// `required` at `operator` for a change without one, `expired` at `pair`, `unknown_value` at `action` for an intent of
    /// another service.
    pub fn call(&self, intent: &Intent, now: Timestamp) -> Result<Call, InvalidInput> {
        self.typed(intent, now)
    }

    /// Lets a user submit one more enrollment job under the same id.
    ///
    /// # Errors
    /// As [`Self::call`].
    pub fn re_enroll(&self, user_id: &UserId, now: Timestamp) -> Result<Call<Acknowledged>, InvalidInput> {
        self.typed(&Intent::re_enroll(user_id.clone()), now)
    }

    /// Keeps a user from running jobs, until reactivated.
    ///
    /// # Errors
    /// As [`Self::call`].
    pub fn deactivate(&self, user_id: &UserId, now: Timestamp) -> Result<Call<Acknowledged>, InvalidInput> {
        self.typed(&Intent::deactivate(user_id.clone()), now)
    }

    /// Undoes a deactivation.
    ///
    /// # Errors
    /// As [`Self::call`].
    pub fn reactivate(&self, user_id: &UserId, now: Timestamp) -> Result<Call<Acknowledged>, InvalidInput> {
        self.typed(&Intent::reactivate(user_id.clone()), now)
    }

    /// Marks a user as fraudulent: jobs still run and collect data, all are marked failed.
    ///
    /// # Errors
    /// As [`Self::call`].
    pub fn flag_fraud(&self, user_id: &UserId, now: Timestamp) -> Result<Call<Acknowledged>, InvalidInput> {
        self.typed(&Intent::flag_fraud(user_id.clone()), now)
    }

    /// Takes the fraud mark away.
    ///
    /// # Errors
    /// As [`Self::call`].
    pub fn clear_fraud(&self, user_id: &UserId, now: Timestamp) -> Result<Call<Acknowledged>, InvalidInput> {
        self.typed(&Intent::clear_fraud(user_id.clone()), now)
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

    /// Looks a user up: flags and history. The answer holds heavy personal data.
    ///
    /// # Errors
    /// As [`Self::call`].
    pub fn enrollee_info(
        &self,
        user_id: &UserId,
        now: Timestamp,
    ) -> Result<Call<EnrolleeInfo>, InvalidInput> {
        self.typed(&Intent::enrollee_info(user_id.clone()), now)
    }

    /// An authenticated call for what has no method here.
    ///
    /// # Errors
    /// Every violation of the request; `not_through_relay`.
    pub fn raw(&self, request: &RawRequest, now: Timestamp) -> Result<Call<RawReply>, InvalidInput> {
        let direct = self.direct("raw")?;
        let signed = direct.sign(now)?;
        let reader = direct.account.reader(crate::call::Operation::SmileIdRaw, &signed);
        Ok(Call::new(raw::request(&direct.account, request, &signed)?, reader))
    }

    /// A signed pair for another of your own backends. See [`Pair`] for what it can do.
    ///
    /// # Errors
    /// `expired` for a client that itself holds a stale pair; `not_through_relay`.
    pub fn sign(&self, now: Timestamp) -> Result<Pair, InvalidInput> {
        let direct = self.direct("sign")?;
        if let Credentials::Pair { pair, received_at } = &direct.credentials {
            let signed = direct.sign(now)?;
            let used = u32::try_from(now.seconds_since(*received_at)).unwrap_or(0);
            // Handed on, a pair lives no longer than it would have here.
            let expires_in = pair.expires_in.saturating_sub(used);
            return Ok(Pair { timestamp: signed.timestamp, expires_in, ..pair.clone() });
        }
        let signed = direct.sign(now)?;
        Ok(Pair {
            partner_id: direct.account.partner_id.clone(),
            environment: direct.account.environment,
            timestamp: signed.timestamp,
            signature: signed.into_signature(),
            expires_in: PAIR_LIFETIME_SECONDS,
        })
    }

    fn direct(&self, path: &str) -> Result<&Direct, InvalidInput> {
        match &self.route {
            Route::Direct(direct) => Ok(direct),
            Route::Relay(_) => Err(Violation::new(path, ViolationCode::NotThroughRelay).into()),
        }
    }

    fn typed<T: ReadOutcome>(&self, intent: &Intent, now: Timestamp) -> Result<Call<T>, InvalidInput> {
        let (action, user_id) = enrollee_intent(intent)?;
        match &self.route {
            Route::Relay(url) => Ok(crate::relay::call(url, action.operation(), intent.to_text())),
            Route::Direct(direct) => {
                let mut violations = Violations::default();
                let signed = violations.keep(direct.sign(now));
                if enrollee::flag(action).is_some() && self.operator.is_none() {
                    violations.add("operator", ViolationCode::Required);
                }
                let signed = violations.finish(signed)?;
                let request =
                    enrollee_request(&direct.account, self.operator.as_ref(), action, user_id, &signed)?;
                Ok(Call::new(request, direct.account.reader(action.operation(), &signed)))
            }
        }
    }
}

/// The parts of a Smile ID intent.
fn enrollee_intent(intent: &Intent) -> Result<(Action, &UserId), InvalidInput> {
    match intent.kind() {
        Kind::Enrollee { action, user_id } => Ok((*action, user_id)),
        Kind::SignUp { .. } | Kind::Branding { .. } => {
            Err(Violation::new("action", ViolationCode::UnknownValue)
                .expected("an action of smile_id")
                .into())
        }
    }
}

fn enrollee_request(
    account: &Account,
    operator: Option<&Operator>,
    action: Action,
    user_id: &UserId,
    signed: &Signed,
) -> Result<Request, InvalidInput> {
    match enrollee::flag(action) {
        None => Ok(enrollee_info::request(account, user_id, signed)),
        Some(flag) => {
            let operator = operator.ok_or_else(|| Violation::new("operator", ViolationCode::Required))?;
            Ok(enrollee::request(account, operator, flag, user_id, signed))
        }
    }
}

impl fmt::Debug for Direct {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let credentials = match self.credentials {
            Credentials::Key(_) => "ApiKey(..)",
            Credentials::Pair { .. } => "Pair(..)",
        };
        write!(f, "{:?} with {credentials}", self.account)
    }
}

/// The members that every signed body has, between the action and the user.
fn write_credentials(body: &mut BodyWriter, account: &Account, signed: &Signed) {
    body.text("environment", account.environment.wire());
    body.text("partner_id", account.partner_id.as_str());
    body.text("signature", signed.signature());
    body.text("timestamp", &signed.timestamp.to_text());
}
