//! The user object of a sign-up: every field of the documentation, each with its type and what is wanted of it.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use super::fields::{FIELDS, Field, FieldKind};
use crate::error::{InvalidInput, Violation, ViolationCode, Violations};
use crate::fields::{unknown_key, wrong_type};
use crate::ids::{OrganizationName, email_fault, name_fault};
use crate::json::{Json, MAX_DEPTH, Object, escape_path};
use crate::time::{EXAMPLE, Timestamp};

/// Where `status` and `enrollmentStatus` can stand; the literal words, spaces included.
pub const ENROLLMENT_STATUSES: [&str; 4] =
    ["PENDING ENROLLMENT", "ENROLLMENT IN PROGRESS", "PENDING APPROVAL", "READY FOR ISSUANCE"];

/// The key of the organization's name in the user object, in the service's own British spelling.
const ORGANIZATION_KEY: &str = "organisationName";

/// How a user object is checked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SignUpRules {
    self_service: bool,
    extra_keys: bool,
}

impl SignUpRules {
    /// From two switches, as other languages give them.
    #[must_use]
    pub const fn of(self_service: bool, extra_keys: bool) -> Self {
        Self { self_service, extra_keys }
    }

    /// For whoever fills in their own form: fields that only the organization may set are violations, `set_by_server`.
    #[must_use]
    pub const fn self_service(mut self) -> Self {
        self.self_service = true;
        self
    }

    /// Lets keys through that the documentation does not know; in a self-service form they stay refused.
    #[must_use]
    pub const fn allow_extra_keys(mut self) -> Self {
        self.extra_keys = true;
        self
    }
}

/// The user object of a sign-up, with the wire's own field names. `Debug` shows how many fields are set, no more.
///
/// Nested objects depend on the organization's workflow; they are sent exactly as given, unknown keys, nulls and long
/// numbers included.
///
/// ```
/// use enrollkit::{Json, SignUpRules, User};
///
/// let mut user = User::new("jdoe", "Acme Bank").first_name("Jane").last_name("Doe");
/// for group in ["userAppearance", "userAttribute", "userAddress", "userIDProofDocuments"] {
///     user.set(group, Json::parse("{}")?);
/// }
/// user.set("userBiometrics", Json::parse(r#"[{"type":"FACE"}]"#)?);
/// user.set("userEnrollmentHistoryList", Json::parse("[]")?);
/// assert!(user.check(SignUpRules::default()).is_empty());
///
/// user.set("organizationName", "Acme Bank");
/// assert_eq!(user.check(SignUpRules::default())[0].message(), "is not a known field; did you mean `organisationName`?");
/// # Ok::<(), enrollkit::InvalidInput>(())
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
pub struct User(Object);

impl User {
    /// A user with the two names that every sign-up needs. The required groups are to be set, too; [`Self::check`] names
    /// them.
    #[must_use]
    pub fn new(name: &str, organisation_name: &str) -> Self {
        Self(Object::new().with("name", name).with(ORGANIZATION_KEY, organisation_name))
    }

    /// Reads a user object from JSON text. Only its form is checked here; [`Self::check`] does the rest.
    ///
    /// # Errors
    /// What [`Json::parse`] refuses, and `wrong_type` when it is not an object.
    pub fn from_json(text: &str) -> Result<Self, InvalidInput> {
        Object::parse(text).map(Self)
    }

    /// Sets a field by its wire name; for fields whose shape the workflow decides.
    pub fn set(&mut self, field: &str, value: impl Into<Json>) -> &mut Self {
        self.0.insert(field, value);
        self
    }

    /// The fields that are set.
    #[must_use]
    pub fn as_object(&self) -> &Object {
        &self.0
    }

    /// What is wrong, every violation at once, each at its wire path; empty when it can be sent.
    #[must_use]
    pub fn check(&self, rules: SignUpRules) -> Vec<Violation> {
        let mut violations = Violations::default();
        let mut known = 0_usize;
        for field in FIELDS {
            let value = self.0.get(field.name);
            known = known.saturating_add(usize::from(value.is_some()));
            check_field(field, value, rules, &mut violations);
        }
        // Keys are unique: when each was a field's, none is unknown.
        if known < self.0.len() {
            self.check_unknown(rules, &mut violations);
        }
        if violations.is_empty() && self.0.is_too_deep() {
            violations.push(Violation::new("", ViolationCode::TooDeep).limit(MAX_DEPTH));
        }
        violations.into_vec()
    }

    fn check_unknown(&self, rules: SignUpRules, violations: &mut Violations) {
        let unknown = self.0.iter().filter(|(key, _)| !FIELDS.iter().any(|field| field.name == *key));
        for (place, (key, _)) in unknown.enumerate() {
            match (rules.extra_keys, rules.self_service) {
                (false, _) => {
                    violations.push(unknown_key(key, place, || FIELDS.iter().map(|field| field.name)));
                }
                // What nobody documents may be a role or a right.
                (true, true) => violations.add(&escape_path(key), ViolationCode::SetByServer),
                (true, false) => {}
            }
        }
    }

    /// As [`Self::check`], and that the user's organization is the one at whose address they are to be signed up.
    #[must_use]
    pub fn check_for(&self, organization: &OrganizationName, rules: SignUpRules) -> Vec<Violation> {
        match self.organization_of_path(Some(organization), rules) {
            Ok(_) => Vec::new(),
            Err(invalid) => invalid.violations().into(),
        }
    }

    /// What is wrong with JSON text as a user object, at an organization when one is given: for bindings, which have texts.
    #[must_use]
    pub fn check_text(json: &str, organization: Option<&str>, rules: SignUpRules) -> Vec<Violation> {
        match Self::read_for_path(json, organization, rules) {
            Ok(_) => Vec::new(),
            Err(invalid) => invalid.violations().into(),
        }
    }

    /// Reads and checks a user who is to be signed up; gives the path's organization, too.
    pub(crate) fn read_for_path(
        json: &str,
        organization: Option<&str>,
        rules: SignUpRules,
    ) -> Result<(Self, OrganizationName), InvalidInput> {
        let user = Self::from_json(json)?;
        let mut violations = Violations::default();
        let given = organization.map(OrganizationName::parse).transpose();
        let organization = if let Ok(given) = &given {
            violations.keep(user.organization_of_path(given.as_ref(), rules))
        } else {
            violations.extend(user.check(rules));
            None
        };
        violations.keep(given);
        violations.finish(organization.map(|organization| (user, organization)))
    }

    /// Checks the user, and that the organizations of path and body agree; gives the path's.
    pub(crate) fn organization_of_path(
        &self,
        given: Option<&OrganizationName>,
        rules: SignUpRules,
    ) -> Result<OrganizationName, InvalidInput> {
        let mut violations = Violations::default();
        violations.extend(self.check(rules));
        let own = self.0.get(ORGANIZATION_KEY).and_then(Json::as_str).filter(|name| !name.trim().is_empty());
        let organization = match (given, own) {
            (Some(given), Some(own)) if given.as_str() != own => {
                violations
                    .push(Violation::new(ORGANIZATION_KEY, ViolationCode::Mismatch).expected("organization"));
                None
            }
            (Some(given), _) => Some(given.clone()),
            // A name that can't be a path segment was counted by the check.
            (None, Some(own)) => OrganizationName::parse(own).ok(),
            (None, None) => None,
        };
        violations.finish(organization)
    }
}

impl From<Object> for User {
    fn from(object: Object) -> Self {
        Self(object)
    }
}

impl From<User> for Json {
    fn from(user: User) -> Self {
        Self::Object(user.0)
    }
}

impl fmt::Debug for User {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "User({} fields)", self.0.len())
    }
}

fn check_field(field: &Field, value: Option<&Json>, rules: SignUpRules, violations: &mut Violations) {
    let Some(value) = value else {
        if field.required {
            violations.add(field.name, ViolationCode::Required);
        }
        return;
    };
    if rules.self_service && field.set_by_server && !is_harmless(field, value) {
        violations.add(field.name, ViolationCode::SetByServer);
        return;
    }
    match value {
        Json::Null => {
            if field.required {
                violations.add(field.name, ViolationCode::Required);
            }
        }
        value => check_value(field, value, violations),
    }
}

/// A required field can't be left out, so a form may send it empty.
fn is_harmless(field: &Field, value: &Json) -> bool {
    field.required && value.as_array().is_some_and(<[Json]>::is_empty)
}

fn check_value(field: &Field, value: &Json, violations: &mut Violations) {
    let path = field.name;
    match (field.kind, value) {
        (FieldKind::Text | FieldKind::Name, Json::String(text))
            if field.required && text.trim().is_empty() =>
        {
            violations.add(path, ViolationCode::Required);
        }
        (FieldKind::Name, Json::String(text)) => match name_fault(text) {
            Some(code) => violations.add(path, code),
            // It is a step of the path, too.
            None if path == ORGANIZATION_KEY => crate::ids::organization_rules(text, path, violations),
            None => {}
        },
        (FieldKind::Email, Json::String(text)) => {
            if let Some(code) = email_fault(text).filter(|_| !text.is_empty()) {
                violations.add(path, code);
            }
        }
        (FieldKind::Status, Json::String(text)) => {
            if !ENROLLMENT_STATUSES.contains(&text.as_str()) {
                violations.push(
                    Violation::new(path, ViolationCode::UnknownValue)
                        .expected(ENROLLMENT_STATUSES.join(", ")),
                );
            }
        }
        // Assumption: "Instant" is text as Java's `Instant` writes it.
        (FieldKind::Instant, Json::String(text)) => {
            if Timestamp::parse(text).is_err() || !text.contains('T') {
                violations.push(Violation::new(path, ViolationCode::BadTimestamp).expected(EXAMPLE));
            }
        }
        (FieldKind::Long, Json::Number(number)) => {
            if !number.is_integer() {
                violations.push(wrong_type(path, field.kind.expected()));
            } else if number.as_i64().is_none() {
                violations
                    .push(Violation::new(path, ViolationCode::OutOfRange).expected("an integer of 64 bits"));
            }
        }
        (FieldKind::Text, Json::String(_))
        | (FieldKind::Flag, Json::Bool(_))
        | (FieldKind::Object | FieldKind::ObjectOrArray, Json::Object(_)) => {}
        (FieldKind::Array | FieldKind::ObjectOrArray, Json::Array(items)) => {
            for (place, item) in items.iter().enumerate() {
                if item.as_object().is_none() {
                    violations.push(wrong_type(&alloc::format!("{path}/{place}"), "object"));
                }
            }
        }
        _ => violations.push(wrong_type(path, field.kind.expected())),
    }
}

/// Declares the setters: one for each field, named as the wire names it, in snake case.
macro_rules! setters {
    ($($(#[$doc:meta])* $setter:ident($wire:literal): $kind:ident, $needed:ident, $who:ident;)+) => {
        /// One setter for each documented field. The later call of two counts.
        impl User {
            $(
                $(#[$doc])*
                #[doc = concat!("\n\nWire name: `", $wire, "`.")]
                #[must_use]
                pub fn $setter(mut self, value: impl Into<setters!(@type $kind)>) -> Self {
                    let value: setters!(@type $kind) = value.into();
                    self.0.insert($wire, setters!(@json $kind value));
                    self
                }
            )+
        }
    };
    (@type Text) => { String };
    (@type Name) => { String };
    (@type Email) => { String };
    (@type Status) => { String };
    (@type Instant) => { Timestamp };
    (@type Long) => { i64 };
    (@type Flag) => { bool };
    (@type Object) => { Object };
    (@type Array) => { Vec<Json> };
    (@type ObjectOrArray) => { Json };
    (@json Instant $value:ident) => { $value.to_text() };
    (@json $kind:ident $value:ident) => { $value };
}

super::fields::user_fields!(setters);
