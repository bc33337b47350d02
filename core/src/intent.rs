//! What is wanted, as plain data without credentials.
//!
//! One JSON form for every language, queue, CSV row and policy: `{"action": "smile_id.re_enroll", "user_id": "user-42"}`.
//! An intent exists only when it is valid; what a policy saw is what gets signed.
//!
//! | action | further keys |
//! |---|---|
//! | `smile_id.re_enroll`, `.deactivate`, `.reactivate`, `.flag_fraud`, `.clear_fraud`, `.enrollee_info` | `user_id` |
//! | `smile_id.delete_permanently` | `user_id`, and `confirm`, which repeats it |
//! | `unifyia.sign_up` | `user`, the wire's user object; `organization`, if not the user's `organisationName` |
//! | `unifyia.branding` | `organization` |

use alloc::string::String;
use core::fmt;

use crate::call::Operation;
use crate::error::{InvalidInput, Violation, ViolationCode};
use crate::fields::{Fields, unknown_value, wrong_type};
use crate::ids::{OrganizationName, UserId};
use crate::json::{Json, Object};
use crate::slug::slugs;
use crate::unifyia::{SignUpRules, User};

slugs! {
    /// What an intent wants. The slugs are those of the [`Operation`]s; `raw` is never an intent.
    pub enum Action {
        /// Let a user submit one more enrollment job under the same id.
        ReEnroll = "smile_id.re_enroll",
        /// Keep a user from running jobs, until reactivated.
        Deactivate = "smile_id.deactivate",
        /// Undo a deactivation.
        Reactivate = "smile_id.reactivate",
        /// Mark a user as fraudulent.
        FlagFraud = "smile_id.flag_fraud",
        /// Take the fraud mark away.
        ClearFraud = "smile_id.clear_fraud",
        /// Delete a user for ever.
        DeletePermanently = "smile_id.delete_permanently",
        /// Look a user up.
        EnrolleeInfo = "smile_id.enrollee_info",
        /// Sign a user up.
        SignUp = "unifyia.sign_up",
        /// Fetch an organization's branding.
        Branding = "unifyia.branding",
    }
}

impl Action {
    /// The operation of the call that carries it out.
    #[must_use]
    pub const fn operation(self) -> Operation {
        match self {
            Self::ReEnroll => Operation::SmileIdReEnroll,
            Self::Deactivate => Operation::SmileIdDeactivate,
            Self::Reactivate => Operation::SmileIdReactivate,
            Self::FlagFraud => Operation::SmileIdFlagFraud,
            Self::ClearFraud => Operation::SmileIdClearFraud,
            Self::DeletePermanently => Operation::SmileIdDeletePermanently,
            Self::EnrolleeInfo => Operation::SmileIdEnrolleeInfo,
            Self::SignUp => Operation::UnifyiaSignUp,
            Self::Branding => Operation::UnifyiaBranding,
        }
    }
}

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

#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    Enrollee { action: Action, user_id: UserId },
    SignUp { user: User, organization: OrganizationName },
    Branding { organization: OrganizationName },
}

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
        Self::from_object(Object::parse_around(text).map_err(|invalid| invalid.within("user"))?, rules)
    }

    /// As [`Self::from_json_with`], from an object that was read already.
    ///
    /// # Errors
    /// As [`Self::from_json`].
    pub fn from_object(object: Object, rules: SignUpRules) -> Result<Self, InvalidInput> {
        read(object, rules)
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

    /// What needs a user id and nothing more, by its action.
    ///
    /// # Errors
    /// `unknown_value` at `action` for those that need something else.
    pub fn about(action: Action, user_id: UserId) -> Result<Self, InvalidInput> {
        match action {
            Action::ReEnroll
            | Action::Deactivate
            | Action::Reactivate
            | Action::FlagFraud
            | Action::ClearFraud
            | Action::EnrolleeInfo => Ok(Self(Kind::Enrollee { action, user_id })),
            Action::DeletePermanently | Action::SignUp | Action::Branding => {
                Err(Violation::new("action", ViolationCode::UnknownValue)
                    .expected("an action that needs a user id and nothing more")
                    .into())
            }
        }
    }

    /// Let a user submit one more enrollment job under the same id.
    #[must_use]
    pub fn re_enroll(user_id: UserId) -> Self {
        Self(Kind::Enrollee { action: Action::ReEnroll, user_id })
    }

    /// Keep a user from running jobs, until reactivated.
    #[must_use]
    pub fn deactivate(user_id: UserId) -> Self {
        Self(Kind::Enrollee { action: Action::Deactivate, user_id })
    }

    /// Undo a deactivation.
    #[must_use]
    pub fn reactivate(user_id: UserId) -> Self {
        Self(Kind::Enrollee { action: Action::Reactivate, user_id })
    }

    /// Mark a user as fraudulent: jobs still run and collect data, all are marked failed.
    #[must_use]
    pub fn flag_fraud(user_id: UserId) -> Self {
        Self(Kind::Enrollee { action: Action::FlagFraud, user_id })
    }

    /// Take the fraud mark away.
    #[must_use]
    pub fn clear_fraud(user_id: UserId) -> Self {
        Self(Kind::Enrollee { action: Action::ClearFraud, user_id })
    }

    /// Delete a user for ever; the id can never be used again.
    ///
    /// # Errors
    /// `mismatch` at `confirm`, unless `confirm` repeats the user id exactly.
    pub fn delete_permanently(user_id: UserId, confirm: &str) -> Result<Self, InvalidInput> {
        if confirm != user_id.as_str() {
            let code = if confirm.is_empty() { ViolationCode::Required } else { ViolationCode::Mismatch };
            return Err(Violation::new("confirm", code).expected("user_id").into());
        }
        Ok(Self(Kind::Enrollee { action: Action::DeletePermanently, user_id }))
    }

    /// Look a user up.
    #[must_use]
    pub fn enrollee_info(user_id: UserId) -> Self {
        Self(Kind::Enrollee { action: Action::EnrolleeInfo, user_id })
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
        Ok(Self(Kind::SignUp { user, organization }))
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
        Ok(Self(Kind::SignUp { user, organization }))
    }

    /// The same sign-up with further fields of the user object, in the place of those that have the same name: what a backend
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
        let Kind::SignUp { user, organization } = &self.0 else {
            return Err(unknown_value("action", &[Action::SignUp.slug()]).into());
        };
        let mut user = user.clone();
        for (field, value) in fields.iter() {
            user.set(field, value.clone());
        }
        Self::sign_up(user, Some(organization), rules)
    }

    /// Fetch an organization's branding.
    #[must_use]
    pub fn branding(organization: OrganizationName) -> Self {
        Self(Kind::Branding { organization })
    }

    /// What is wanted.
    #[must_use]
    pub fn action(&self) -> Action {
        match &self.0 {
            Kind::Enrollee { action, .. } => *action,
            Kind::SignUp { .. } => Action::SignUp,
            Kind::Branding { .. } => Action::Branding,
        }
    }

    /// Whom it is about, at Smile ID.
    #[must_use]
    pub fn user_id(&self) -> Option<&UserId> {
        if let Kind::Enrollee { user_id, .. } = &self.0 { Some(user_id) } else { None }
    }

    /// The user who is to be signed up.
    #[must_use]
    pub fn user(&self) -> Option<&User> {
        if let Kind::SignUp { user, .. } = &self.0 { Some(user) } else { None }
    }

    /// The organization that is called.
    #[must_use]
    pub fn organization(&self) -> Option<&OrganizationName> {
        match &self.0 {
            Kind::SignUp { organization, .. } | Kind::Branding { organization } => Some(organization),
            Kind::Enrollee { .. } => None,
        }
    }

    /// The JSON form, which [`Self::from_json`] reads back.
    #[must_use]
    pub fn to_json(&self) -> Json {
        let object = Object::new().with("action", self.action().slug());
        Json::Object(match &self.0 {
            Kind::Enrollee { action, user_id } => {
                let confirm = (*action == Action::DeletePermanently).then(|| user_id.as_str());
                object.with("user_id", user_id.as_str()).with_some("confirm", confirm)
            }
            Kind::SignUp { user, organization } => {
                object.with("user", user.as_object().clone()).with("organization", organization.as_str())
            }
            Kind::Branding { organization } => object.with("organization", organization.as_str()),
        })
    }

    /// The JSON form's text: what a relay, a queue or a file takes.
    #[must_use]
    pub fn to_text(&self) -> String {
        match &self.0 {
            Kind::SignUp { user, organization } => sign_up_text(user, organization),
            _ => self.to_json().to_text(),
        }
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

/// The text of a sign-up's intent, written from where the user is: it may hold megabytes.
pub(crate) fn sign_up_text(user: &User, organization: &OrganizationName) -> String {
    let rest = Object::new().with("organization", organization.as_str()).to_text();
    let head = ["{\"action\":\"", Action::SignUp.slug(), "\",\"user\":"].concat();
    [&head, &user.as_object().to_text(), ",", rest.strip_prefix('{').unwrap_or_default()].concat()
}

fn read(mut object: Object, rules: SignUpRules) -> Result<Intent, InvalidInput> {
    let is_sign_up = object.get("action").and_then(Json::as_str) == Some(Action::SignUp.slug());
    let user = if is_sign_up { object.remove("user") } else { None };
    let mut fields = Fields::new(&object);
    let action = Action::of_member(&mut fields, "action", true);
    let Some(action) = action else {
        // Without an action nobody knows which further keys there may be.
        return fields.violations.finish(None);
    };
    let kind = match action {
        Action::SignUp => {
            fields.only(&["action", "user", "organization"]);
            let organization = fields.optional("organization", OrganizationName::parse);
            let user = match user {
                None | Some(Json::Null) => {
                    fields.violations.add("user", ViolationCode::Required);
                    None
                }
                Some(Json::Object(user)) => Some(User::from(user)),
                Some(_) => {
                    fields.violations.push(wrong_type("user", "object"));
                    None
                }
            };
            user.and_then(|user| {
                let organization =
                    fields.violations.keep(user.organization_of_path(organization.as_ref(), rules))?;
                Some(Kind::SignUp { user, organization })
            })
        }
        Action::Branding => {
            fields.only(&["action", "organization"]);
            fields
                .required("organization", OrganizationName::parse)
                .map(|organization| Kind::Branding { organization })
        }
        Action::DeletePermanently => {
            fields.only(&["action", "user_id", "confirm"]);
            let user_id = fields.required("user_id", UserId::parse);
            let confirm = fields.required("confirm", |text| Ok(String::from(text)));
            user_id.zip(confirm).and_then(|(user_id, confirm)| {
                fields.violations.keep(Intent::delete_permanently(user_id, &confirm)).map(|intent| intent.0)
            })
        }
        _ => {
            fields.only(&["action", "user_id"]);
            fields.required("user_id", UserId::parse).map(|user_id| Kind::Enrollee { action, user_id })
        }
    };
    fields.violations.finish(kind.map(Intent))
}

/// What is wrong with an intent that someone else wrote; empty when it is valid. Needs no credentials.
#[must_use]
pub fn check(text: &str, rules: SignUpRules) -> alloc::vec::Vec<Violation> {
    match Intent::from_json_with(text, rules) {
        Ok(_) => alloc::vec::Vec::new(),
        Err(invalid) => invalid.violations().into(),
    }
}
