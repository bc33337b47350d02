//! The client of whoever may call an installation.

use alloc::vec::Vec;

use super::actions::UnifyiaActions;
use super::installation::{Direct, PathSpelling, Wrapping, check_auth_header};
use super::raw::{self, RawRequest};
use super::request::request;
use super::rules::SignUpRules;
use super::sign_up::{self, SignedUp};
use super::user::User;
use crate::call::{Call, Preview, Reader};
use crate::input::{InvalidInput, Violation};
use crate::intent::Intent;
use crate::operation::{Operation, operations};
use crate::outcome::{Outcome, RawReply};
use crate::reply::ReadOutcome;
use crate::value::{BaseUrl, OrganizationName, Token};
use crate::wiped::Wiped;

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
    pub(super) direct: Direct,
    pub(super) rules: SignUpRules,
}

impl Unifyia {
    /// A client of the installation at `base_url`, prefix included: it differs between installations (none,
    /// `/usermanagement/api/v1`, `/services/usermanagement/api/v1`).
    #[must_use]
    pub fn new(base_url: BaseUrl) -> Self {
        Self { direct: Direct::new(base_url), rules: SignUpRules::default() }
    }

    /// The same client with a bearer token, given without the word `Bearer`: tokens expire, so a client is cheap.
    ///
    /// # Errors
    /// `required` or `bad_token` at `token`.
    pub fn with_token(&self, token: &str) -> Result<Self, InvalidInput> {
        let mut client = self.clone();
        client.direct.token = Some(Token::parse(token)?);
        Ok(client)
    }

    /// Sets the header that carries the token.
    ///
    /// # Errors
    /// `required` or `bad_header_name` at `auth_header`.
    pub fn with_auth_header(&self, name: &str) -> Result<Self, InvalidInput> {
        check_auth_header(name)?;
        let mut client = self.clone();
        client.direct.auth_header = name.into();
        Ok(client)
    }

    /// Sets how the sign-up's path is spelled.
    #[must_use]
    pub fn with_path_spelling(&self, spelling: PathSpelling) -> Self {
        let mut client = self.clone();
        client.direct.path_spelling = spelling;
        client
    }

    /// Sets what the sign-up's body is.
    #[must_use]
    pub fn with_wrapping(&self, wrapping: Wrapping) -> Self {
        let mut client = self.clone();
        client.direct.wrapping = wrapping;
        client
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
    pub fn call(&self, intent: &Intent) -> Result<Call<Outcome>, InvalidInput> {
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
        let request = sign_up::request_of(&self.direct, user, &organization);
        Ok(Call::new(request, self.reader(Operation::UnifyiaSignUp)))
    }

    /// What is wrong with a user object; for a form that checks while one types. With the organization that it is for, a user of
    /// another one is a violation, too.
    #[must_use]
    pub fn check(&self, user: &User, organization: Option<&OrganizationName>) -> Vec<Violation> {
        user.check_at(organization, self.rules)
    }

    /// An authenticated call for what has no method: the default workflow, groups and roles, say.
    ///
    /// # Errors
    /// Every violation of the request.
    pub fn raw(&self, request: &RawRequest) -> Result<Call<RawReply>, InvalidInput> {
        Ok(Call::new(raw::request(&self.direct, request)?, self.reader(Operation::UnifyiaRaw)))
    }

    /// The request of an intent with `<token>` in the token's place: for a dry run, never to be sent.
    ///
    /// # Errors
    /// As [`Self::call`].
    pub fn preview(&self, intent: &Intent) -> Result<Preview, InvalidInput> {
        Ok(self.typed::<Outcome>(intent)?.preview())
    }

    fn reader(&self, operation: Operation) -> Reader {
        let token = self.direct.token.as_ref().map(|token| Wiped::new(token.as_str().into()));
        Reader::of_secret(operation, None, token)
    }
}

macro_rules! method {
    (plain $(#[doc = $doc:literal])+ $method:ident ($($key:ident: $Type:path),*) $Outcome:path) => {
        $(#[doc = $doc])+
        ///
        /// # Errors
        /// As [`Self::call`].
        pub fn $method(&self, $($key: &$Type),*) -> Result<Call<$Outcome>, InvalidInput> {
            self.typed(&Intent::$method($($key.clone()),*))
        }
    };
    (by_hand $($row:tt)*) => {};
}

macro_rules! methods {
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
        /// One method for each action.
        impl Unifyia {
            $(method!($form $(#[doc = $doc])+ $method ($($key: crate::$($Type)::+),*) crate::$outcome_room::$Outcome);)+
        }
    };
}

operations!(methods);

impl UnifyiaActions for Unifyia {
    fn typed<T: ReadOutcome>(&self, intent: &Intent) -> Result<Call<T>, InvalidInput> {
        let request = request(&self.direct, intent.kind())?;
        Ok(Call::new(request, self.reader(intent.action().operation())))
    }

    fn sign_up(
        &self,
        user: &User,
        organization: Option<&OrganizationName>,
    ) -> Result<Call<SignedUp>, InvalidInput> {
        self.sign_up(user, organization)
    }

    fn check(&self, user: &User, organization: Option<&OrganizationName>) -> Vec<Violation> {
        self.check(user, organization)
    }
}
