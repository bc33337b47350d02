//! The user object of a sign-up: every field of the documentation, each with its type and what is wanted of it.

use alloc::vec::Vec;
use core::fmt;

use super::field_check::check_field;
use super::fields::{FIELDS, Field, ORGANIZATION_KEY};
use super::rules::SignUpRules;
use crate::input::{InvalidInput, Violation, ViolationCode, Violations, unknown_key};
#[cfg(feature = "speed")]
use crate::json::Writer;
use crate::json::{Document, Json, MAX_DEPTH, Object, Value, escape_path, unescaped};
use crate::text::is_blank;
use crate::value::OrganizationName;

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
pub struct User(Document);

impl User {
    /// A user with the two names that every sign-up needs. The required groups are to be set, too; [`Self::check`] names
    /// them.
    #[must_use]
    pub fn new(name: &str, organisation_name: &str) -> Self {
        let mut user = Self::default();
        user.set("name", name).set(ORGANIZATION_KEY, organisation_name);
        user
    }

    /// Reads a user object from JSON text. Only its form is checked here; [`Self::check`] does the rest.
    ///
    /// # Errors
    /// What [`Json::parse`] refuses, and `wrong_type` when it is not an object.
    pub fn from_json(text: &str) -> Result<Self, InvalidInput> {
        Document::parse(text).map(Self)
    }

    /// The user object that was written, piece by piece; `None` for what is no object. As [`Self::from_json`], without a text to read.
    #[cfg(feature = "speed")]
    #[must_use]
    pub fn from_written(written: Writer) -> Option<Self> {
        written.into_document().map(Self)
    }

    /// Sets a field by its wire name; for fields whose shape the workflow decides.
    pub fn set(&mut self, field: &str, value: impl Into<Json>) -> &mut Self {
        self.0.insert(field, &value.into());
        self
    }

    /// The fields that are set.
    #[must_use]
    pub fn to_object(&self) -> Object {
        self.0.to_object()
    }

    /// The compact JSON text, as it is sent.
    #[must_use]
    pub fn as_text(&self) -> &str {
        self.0.text()
    }

    /// What is wrong, every violation at once, each at its wire path; empty when it can be sent.
    #[must_use]
    pub fn check(&self, rules: SignUpRules) -> Vec<Violation> {
        let mut violations = Violations::default();
        let mut values = [None; FIELDS.len()];
        let mut unknown = Vec::new();
        // Most callers write the fields in the table's order: the next one is looked for behind the last.
        let mut next = 0;
        for (key, value) in self.0.iter() {
            let (before, behind) = FIELDS.split_at_checked(next).unwrap_or_default();
            let is_field = |field: &Field| field.name.len() == key.len() && field.name == key;
            let place = behind.iter().position(is_field).map(|place| place.saturating_add(next));
            let place = place.or_else(|| before.iter().position(is_field));
            match place.and_then(|place| values.get_mut(place).zip(Some(place))) {
                Some((slot, place)) => {
                    *slot = Some(value);
                    next = place.saturating_add(1);
                }
                None => unknown.push(key),
            }
        }
        for (field, value) in FIELDS.iter().zip(values) {
            check_field(field, value, rules, &mut violations);
        }
        check_unknown(&unknown, rules, &mut violations);
        if violations.is_empty() && self.0.is_too_deep() {
            violations.push(Violation::new("", ViolationCode::TooDeep).limit(MAX_DEPTH));
        }
        violations.into_vec()
    }

    /// As [`Self::check`], and that the user's organization is the one at whose address they are to be signed up.
    #[must_use]
    pub fn check_for(&self, organization: &OrganizationName, rules: SignUpRules) -> Vec<Violation> {
        match self.organization_of_path(Some(organization), rules) {
            Ok(_) => Vec::new(),
            Err(invalid) => invalid.violations().into(),
        }
    }

    /// As [`Self::check_for`] when there is an organization, else as [`Self::check`].
    pub(super) fn check_at(
        &self,
        organization: Option<&OrganizationName>,
        rules: SignUpRules,
    ) -> Vec<Violation> {
        match organization {
            Some(organization) => self.check_for(organization, rules),
            None => self.check(rules),
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
    #[inline(never)]
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
        let own = self.0.get(ORGANIZATION_KEY).and_then(Value::string);
        let own = own.as_deref().filter(|name| !is_blank(name));
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
        Self(Document::from(&object))
    }
}

impl From<Document> for User {
    fn from(document: Document) -> Self {
        Self(document)
    }
}

impl From<User> for Json {
    fn from(user: User) -> Self {
        Self::Object(user.to_object())
    }
}

impl fmt::Debug for User {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "User({} fields)", self.0.len())
    }
}

fn check_unknown(unknown: &[&str], rules: SignUpRules, violations: &mut Violations) {
    for (place, key) in unknown.iter().map(|key| unescaped(key)).enumerate() {
        match (rules.extra_keys, rules.self_service) {
            (false, _) => {
                violations.push(unknown_key(&key, place, || FIELDS.iter().map(|field| field.name)));
            }
            // What nobody documents may be a role or a right.
            (true, true) => violations.add(&escape_path(&key), ViolationCode::SetByServer),
            (true, false) => {}
        }
    }
}
