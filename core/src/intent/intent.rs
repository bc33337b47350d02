//! An intent that exists only when it is valid.

use alloc::string::String;
use core::fmt;

use super::kind::Kind;
use crate::input::{Fields, InvalidInput, Violation, ViolationCode, unknown_value};
use crate::json::{Json, Object};
use crate::keys::{ACTION_KEY, USER_KEY, Written};
use crate::operation::{Action, Service, operations};
use crate::smile_id::DeletionKeys;
use crate::text::concat;
use crate::unifyia::{SignUpKeys, SignUpRules, User};
use crate::value::{OrganizationName, UserId};

/// A valid intent. `Debug` shows the action only.
///
/// ```
/// use enrollkit::{Action, Intent};
///
/// let intent = Intent::from_json(r#"{"action":"smile_id.deactivate","user_id":"user-42"}"#)?;
/// assert_eq!(intent.action(), Action::Deactivate);
///
/// let refused = Intent::from_json(r#"{"action":"smile_id.delete_permanently","user_id":"a","confirm":"b"}"#);
/// assert_eq!(refused.unwrap_err().to_string(), "invalid_input: confirm must be the same as user_id (mismatch)");
/// # Ok::<(), enrollkit::InvalidInput>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Intent(Kind);

impl Intent {
    /// Reads an intent that someone else wrote.
    ///
    /// # Errors
    /// Every violation at once, unknown and duplicate keys included. Paths inside the user object are the service's wire
    /// paths (`userBiometrics/0`), as in every other check of one.
    pub fn from_json(text: &str) -> Result<Self, InvalidInput> {
        Self::from_json_with(text, SignUpRules::default())
    }

    /// As [`Self::from_json`], with rules for the user object of a sign-up.
    ///
    /// # Errors
    /// As [`Self::from_json`].
    pub fn from_json_with(text: &str, rules: SignUpRules) -> Result<Self, InvalidInput> {
        let intent = Written::parse(text).map_err(|invalid| invalid.within(USER_KEY))?;
        read(intent, rules)
    }

    /// As [`Self::from_json_with`], from members that were read already, apart from the user object, in whose place they have null.
    ///
    /// # Errors
    /// As [`Self::from_json`].
    pub fn from_members(
        members: Object,
        user: Option<User>,
        rules: SignUpRules,
    ) -> Result<Self, InvalidInput> {
        read(Written { object: members, user }, rules)
    }

    /// As [`Self::from_json`], from the bytes of a request's body.
    ///
    /// # Errors
    /// As [`Self::from_json`], and `not_unicode` for bytes that are not UTF-8.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, InvalidInput> {
        match core::str::from_utf8(bytes) {
            Ok(text) => Self::from_json(text),
            Err(_) => Err(Violation::new("", ViolationCode::NotUnicode).into()),
        }
    }

    /// Deletes a user for ever; the id can never be used again.
    ///
    /// # Errors
    /// `mismatch` at `confirm`, unless `confirm` repeats the user id exactly.
    pub fn delete_permanently(user_id: UserId, confirm: &str) -> Result<Self, InvalidInput> {
        DeletionKeys::new(user_id, confirm).map(|keys| Self(Kind::DeletePermanently(keys)))
    }

    /// What needs a user id and nothing more, by its action.
    ///
    /// # Errors
    /// `unknown_value` at `action` for those that need something else.
    pub fn about(action: Action, user_id: UserId) -> Result<Self, InvalidInput> {
        Kind::about(action, user_id).map(Self).ok_or_else(|| {
            Violation::new(ACTION_KEY, ViolationCode::UnknownValue)
                .expected("an action that needs a user id and nothing more")
                .into()
        })
    }

    /// Sign a user up, with the organization of the path when it is not to be taken from the user's `organisationName`.
    ///
    /// # Errors
    /// Every violation of the user object; `mismatch` when the two organizations differ.
    pub fn sign_up(
        user: User,
        organization: Option<&OrganizationName>,
        rules: SignUpRules,
    ) -> Result<Self, InvalidInput> {
        let organization = user.organization_of_path(organization, rules)?;
        Ok(Self(Kind::SignUp(SignUpKeys::new(user, organization))))
    }

    /// As [`Self::sign_up`], of texts: for bindings, which have no others. What is wrong is what [`User::check_text`] finds.
    ///
    /// # Errors
    /// Those of [`User::from_json`]; else every violation of the user object and of the organization.
    pub fn sign_up_text(
        user: &str,
        organization: Option<&str>,
        rules: SignUpRules,
    ) -> Result<Self, InvalidInput> {
        let (user, organization) = User::read_for_path(user, organization, rules)?;
        Ok(Self(Kind::SignUp(SignUpKeys::new(user, organization))))
    }

    /// The same sign-up with further fields of the user object, in the place of those that have the same name: what a back end
    /// sets itself, after [`SignUpRules::self_service`] kept the form from it. All else stays as it came, to the last digit.
    ///
    /// # Errors
    /// `unknown_value` at `action`, unless it is a sign-up; every violation of the user object that results; `mismatch` when it
    /// has another organization than the intent.
    ///
    /// ```
    /// use enrollkit::json::Object;
    /// use enrollkit::{Intent, SignUpRules};
    ///
    /// # let body = r#"{"action":"unifyia.sign_up","user":{"name":"jane","organisationName":"Acme Bank","userAppearance":{},
    /// #     "userAttribute":{},"userAddress":{},"userBiometrics":[],"userIDProofDocuments":{},"userEnrollmentHistoryList":[]}}"#;
    /// let intent = Intent::from_json_with(body, SignUpRules::default().self_service())?;
    /// let ours = Object::parse(r#"{"userStatus": "Active"}"#)?;
    /// let intent = intent.with_user_fields(&ours, SignUpRules::default())?;
    /// assert!(intent.to_text().contains(r#""userStatus":"Active""#));
    /// # Ok::<(), enrollkit::InvalidInput>(())
    /// ```
    pub fn with_user_fields(&self, fields: &Object, rules: SignUpRules) -> Result<Self, InvalidInput> {
        let (Some(user), Some(organization)) = (self.user(), self.organization()) else {
            return Err(unknown_value(ACTION_KEY, &[Action::SignUp.slug()]).into());
        };
        let mut user = user.clone();
        for (field, value) in fields.iter() {
            user.set(field, value.clone());
        }
        Self::sign_up(user, Some(organization), rules)
    }

    /// What is wanted.
    #[must_use]
    pub fn action(&self) -> Action {
        self.0.action()
    }

    /// Refuses an intent of another service.
    ///
    /// # Errors
    /// `unknown_value` at `action`.
    pub fn only_of(&self, service: Service) -> Result<(), InvalidInput> {
        if self.action().operation().service() == service { Ok(()) } else { Err(not_of(service)) }
    }

    /// Whom it is about, at Smile ID.
    #[must_use]
    pub fn user_id(&self) -> Option<&UserId> {
        self.0.keys().user_id()
    }

    /// The user who is to be signed up.
    #[must_use]
    pub fn user(&self) -> Option<&User> {
        self.0.keys().user()
    }

    /// The organization that is called.
    #[must_use]
    pub fn organization(&self) -> Option<&OrganizationName> {
        self.0.keys().organization()
    }

    /// The JSON form, which [`Self::from_json`] reads back.
    #[must_use]
    pub fn to_json(&self) -> Json {
        self.0.keys().to_object(self.action().slug()).into()
    }

    /// The JSON form's text: what a relay, a queue or a file takes.
    #[must_use]
    pub fn to_text(&self) -> String {
        self.0.to_text()
    }

    pub(crate) fn kind(&self) -> &Kind {
        &self.0
    }
}

impl fmt::Debug for Intent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Intent({})", self.action())
    }
}

/// For an intent that is of another service.
pub(crate) fn not_of(service: Service) -> InvalidInput {
    Violation::new(ACTION_KEY, ViolationCode::UnknownValue)
        .expected(concat(&["an action of ", service.slug()]))
        .into()
}

/// The action first: without one nobody knows which further keys there may be.
fn read(mut intent: Written, rules: SignUpRules) -> Result<Intent, InvalidInput> {
    let mut fields = Fields::new(&intent.object);
    let action = fields.of_set::<Action>(ACTION_KEY, true);
    let action = fields.violations.finish(action)?;
    Kind::read(action, &mut intent, rules).map(Intent)
}

macro_rules! factories {
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
        /// One factory for each action.
        impl Intent {
            $($(factory!($form $(#[doc = $doc])+ $method $Action $keys_room::$Keys($($key: crate::$($Type)::+),*));)+)+
        }
    };
}

macro_rules! factory {
    (plain $(#[doc = $doc:literal])+ $method:ident $Action:ident $room:ident::$Keys:ident($($key:ident: $Type:path),*)) => {
        $(#[doc = $doc])+
        #[must_use]
        pub fn $method($($key: $Type),*) -> Self {
            Self(Kind::$Action(crate::$room::$Keys::new($($key),*)))
        }
    };
    (by_hand $($row:tt)*) => {};
}

operations!(factories);

/// What is wrong with an intent that someone else wrote; empty when it is valid. Needs no credentials.
#[must_use]
pub fn check(text: &str, rules: SignUpRules) -> alloc::vec::Vec<Violation> {
    match Intent::from_json_with(text, rules) {
        Ok(_) => alloc::vec::Vec::new(),
        Err(invalid) => invalid.violations().into(),
    }
}
