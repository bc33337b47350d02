//! Unifyia user sign-up, and what is fetched before it.

mod branding;
mod fields;
mod options;
mod raw;
mod relay;
mod sign_up;
mod user;

use alloc::vec::Vec;

pub use branding::{BRANDING_PREFIX, Branding};
pub use fields::{FIELDS, Field, FieldKind};
pub use raw::RawRequest;
pub(crate) use raw::SECRET_MEMBERS;
pub use relay::UnifyiaRelay;
pub use sign_up::SignedUp;
pub use user::{ENROLLMENT_STATUSES, SignUpRules, User};

use crate::address::{BaseUrl, RelayUrl, header_name};
use crate::body::json_headers;
use crate::call::{Call, Operation, Preview, Reader, Request};
use crate::error::{InvalidInput, Violation, ViolationCode};
use crate::http::Header;
use crate::ids::OrganizationName;
use crate::intent::{Intent, Kind};
use crate::outcome::{Outcome, RawReply, ReadOutcome};
use crate::secret::Token;
use crate::slug::slugs;

/// The header that carries the bearer token unless another is set.
///
/// Assumption: the pages list `Authentication: Bearer`, their prose says "Authorization header"; sign-up lists none.
pub const DEFAULT_AUTH_HEADER: &str = "Authorization";

slugs! {
    /// How the sign-up's path spells "organizations".
    pub enum PathSpelling {
        /// As every other page of the API. The default (an assumption: the sign-up's own page has the other).
        Organizations = "organizations",
        /// As the sign-up's page, letter for letter.
        Organiations = "organiations",
    }
}

slugs! {
    /// What the sign-up's body is.
    pub enum Wrapping {
        /// The user object itself. The default (an assumption: the documentation can be read in both ways).
        Bare = "bare",
        /// An object with the member `user`.
        User = "user",
    }
}

/// A client of Unifyia. Cheap to clone; `Debug` shows no secret.
///
/// ```
/// use enrollkit::{BaseUrl, OrganizationName, Unifyia};
///
/// let unifyia = Unifyia::new(BaseUrl::parse("https://id.bank.example")?).with_token("not.a.token")?;
/// let call = unifyia.branding(&OrganizationName::parse("Acme Bank")?)?;
/// assert_eq!(
///     call.url(),
///     "https://id.bank.example/usermanagement/api/v1/organizations/Acme%20Bank/brandingInfo"
/// );
/// # Ok::<(), enrollkit::InvalidInput>(())
/// ```
#[derive(Clone, Debug)]
pub struct Unifyia {
    route: Route,
    rules: SignUpRules,
}

#[derive(Clone, Debug)]
enum Route {
    Direct(Direct),
    Relay(RelayUrl),
}

#[derive(Clone, Debug)]
struct Direct {
    base_url: BaseUrl,
    token: Option<Token>,
    auth_header: alloc::string::String,
    path_spelling: PathSpelling,
    wrapping: Wrapping,
}

impl Unifyia {
    /// A client of the installation at `base_url`, prefix included: it differs between installations (none,
    /// `/usermanagement/api/v1`, `/services/usermanagement/api/v1`).
    #[must_use]
    pub fn new(base_url: BaseUrl) -> Self {
        Self { route: Route::Direct(Direct::new(base_url)), rules: SignUpRules::default() }
    }

    /// A client for end-user pages and apps: it holds no token, and its calls POST the intent to your own backend.
    ///
    /// # Errors
    /// As [`RelayUrl::parse`].
    pub fn relay(url: &str) -> Result<Self, InvalidInput> {
        Ok(Self { route: Route::Relay(RelayUrl::parse(url)?), rules: SignUpRules::default() })
    }

    /// The same client with a bearer token, given without the word `Bearer`: tokens expire, so a client is cheap.
    ///
    /// # Errors
    /// `required` or `bad_token` at `token`; `not_through_relay`.
    pub fn with_token(&self, token: &str) -> Result<Self, InvalidInput> {
        let token = Token::parse(token)?;
        self.with("token", |direct| direct.token = Some(token))
    }

    /// Sets the header that carries the token.
    ///
    /// # Errors
    /// `required` or `bad_header_name` at `auth_header`; `not_through_relay`.
    pub fn with_auth_header(&self, name: &str) -> Result<Self, InvalidInput> {
        check_auth_header(name)?;
        self.with("auth_header", |direct| direct.auth_header = name.into())
    }

    /// Sets how the sign-up's path is spelled.
    ///
    /// # Errors
    /// `not_through_relay`.
    pub fn with_path_spelling(&self, spelling: PathSpelling) -> Result<Self, InvalidInput> {
        self.with("path_spelling", |direct| direct.path_spelling = spelling)
    }

    /// Sets what the sign-up's body is.
    ///
    /// # Errors
    /// `not_through_relay`.
    pub fn with_wrapping(&self, wrapping: Wrapping) -> Result<Self, InvalidInput> {
        self.with("wrapping", |direct| direct.wrapping = wrapping)
    }

    /// Sets how user objects are checked.
    #[must_use]
    pub fn with_rules(&self, rules: SignUpRules) -> Self {
        Self { rules, ..self.clone() }
    }

    /// How user objects are checked.
    #[must_use]
    pub fn rules(&self) -> SignUpRules {
        self.rules
    }

    /// The call of any Unifyia intent. Every method below is shorthand for this.
    ///
    /// # Errors
    /// `unknown_value` at `action` for an intent of another service.
    pub fn call(&self, intent: &Intent) -> Result<Call, InvalidInput> {
        self.typed(intent)
    }

    /// Signs a user up, at the organization of the path when it is not to be taken from the user's `organisationName`.
    ///
    /// # Errors
    /// Every violation of the user object, by wire path; `mismatch` when the two organizations differ.
    pub fn sign_up(
        &self,
        user: &User,
        organization: Option<&OrganizationName>,
    ) -> Result<Call<SignedUp>, InvalidInput> {
        let organization = user.organization_of_path(organization, self.rules)?;
        Ok(self.sign_up_call(user, &organization))
    }

    /// What is wrong with a user object; for a form that checks while one types. With the organization that it is for, a user of
    /// another one is a violation, too.
    #[must_use]
    pub fn check(&self, user: &User, organization: Option<&OrganizationName>) -> Vec<Violation> {
        match organization {
            Some(organization) => user.check_for(organization, self.rules),
            None => user.check(self.rules),
        }
    }

    /// Fetches an organization's branding.
    ///
    /// # Errors
    /// None but those of [`Self::call`].
    pub fn branding(&self, organization: &OrganizationName) -> Result<Call<Branding>, InvalidInput> {
        self.typed(&Intent::branding(organization.clone()))
    }

    /// An authenticated call for what has no method: the default workflow, groups and roles, say.
    ///
    /// # Errors
    /// Every violation of the request; `not_through_relay`.
    pub fn raw(&self, request: &RawRequest) -> Result<Call<RawReply>, InvalidInput> {
        match &self.route {
            Route::Relay(_) => Err(Violation::new("raw", ViolationCode::NotThroughRelay).into()),
            Route::Direct(direct) => {
                Ok(Call::new(raw::request(direct, request)?, direct.reader(Operation::UnifyiaRaw)))
            }
        }
    }

    /// The request of an intent with `<token>` in the token's place: for a dry run, never to be sent.
    ///
    /// # Errors
    /// As [`Self::call`].
    pub fn preview(&self, intent: &Intent) -> Result<Preview, InvalidInput> {
        Ok(self.typed::<Outcome>(intent)?.preview())
    }

    fn with(&self, path: &str, change: impl FnOnce(&mut Direct)) -> Result<Self, InvalidInput> {
        match &self.route {
            Route::Relay(_) => Err(Violation::new(path, ViolationCode::NotThroughRelay).into()),
            Route::Direct(direct) => {
                let mut direct = direct.clone();
                change(&mut direct);
                Ok(Self { route: Route::Direct(direct), rules: self.rules })
            }
        }
    }

    /// Beside [`Self::typed`], since a user object may hold megabytes: it is written from where it is, never copied.
    fn sign_up_call<T: ReadOutcome>(&self, user: &User, organization: &OrganizationName) -> Call<T> {
        match &self.route {
            Route::Relay(url) => crate::relay::call(
                url,
                Operation::UnifyiaSignUp,
                crate::intent::sign_up_text(user, organization),
            ),
            Route::Direct(direct) => Call::new(
                sign_up::request(direct, user, organization),
                direct.reader(Operation::UnifyiaSignUp),
            ),
        }
    }

    fn typed<T: ReadOutcome>(&self, intent: &Intent) -> Result<Call<T>, InvalidInput> {
        of_unifyia(intent)?;
        let direct = match &self.route {
            Route::Relay(url) => {
                return Ok(crate::relay::call(url, intent.action().operation(), intent.to_text()));
            }
            Route::Direct(direct) => direct,
        };
        let request = match intent.kind() {
            Kind::SignUp { user, organization } => return Ok(self.sign_up_call(user, organization)),
            Kind::Branding { organization } => branding::request(direct, organization),
            Kind::Enrollee { .. } => return Err(not_of_unifyia()),
        };
        Ok(Call::new(request, direct.reader(intent.action().operation())))
    }
}

/// Refuses an intent of another service.
fn of_unifyia(intent: &Intent) -> Result<(), InvalidInput> {
    if let Kind::Enrollee { .. } = intent.kind() { Err(not_of_unifyia()) } else { Ok(()) }
}

fn not_of_unifyia() -> InvalidInput {
    Violation::new("action", ViolationCode::UnknownValue).expected("an action of unifyia").into()
}

fn check_auth_header(name: &str) -> Result<(), InvalidInput> {
    header_name(name, "auth_header")?;
    if ["accept", "content-type"].iter().any(|own| own.eq_ignore_ascii_case(name)) {
        return Err(Violation::new("auth_header", ViolationCode::BadHeaderName).into());
    }
    Ok(())
}

impl Direct {
    fn new(base_url: BaseUrl) -> Self {
        Self {
            base_url,
            token: None,
            auth_header: DEFAULT_AUTH_HEADER.into(),
            path_spelling: PathSpelling::Organizations,
            wrapping: Wrapping::Bare,
        }
    }

    /// The headers that every call has.
    fn headers(&self) -> Vec<Header> {
        let mut headers = json_headers();
        if let Some(token) = &self.token {
            headers.push(Header::bearer(&self.auth_header, token));
        }
        headers
    }

    fn reader(&self, operation: Operation) -> Reader {
        let secrets: Vec<&str> = self.token.iter().map(Token::as_str).collect();
        Reader::direct(operation, None, &secrets)
    }

    fn request(
        &self,
        method: crate::http::Method,
        path: &str,
        body: zeroize::Zeroizing<alloc::string::String>,
    ) -> Request {
        Request { method, url: self.base_url.join(path), headers: self.headers(), body }
    }
}
