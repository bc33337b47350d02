//! `POST {base}/organizations/{organizationName}/users/signup`
//!
//! Source: Unifyia, user sign-up. The page spells the path `organiations` and lists no auth header; whether the body is the
//! user object or wraps it, and what the answer is, is documented nowhere. See [`super::PathSpelling`],
//! [`super::Wrapping`] and [`super::DEFAULT_AUTH_HEADER`].

use alloc::string::String;

use super::installation::{Direct, Wrapping};
use super::rules::SignUpRules;
use super::user::User;
use crate::http::{Method, Request};
use crate::input::{Fields, InvalidInput, Violation, ViolationCode, wrong_type};
use crate::json::{Json, Object, write_string};
use crate::keys::{ACTION_KEY, AnyKeys, Key, KeyKind, Keys, USER_KEY, Written};
use crate::record::outcome;
use crate::text::concat;
use crate::value::{OrganizationName, encode_segment};
use crate::wiped::Wiped;

/// Who is signed up, and where.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct SignUpKeys {
    user: User,
    organization: OrganizationName,
}

impl SignUpKeys {
    /// Of a user who was checked.
    pub(crate) fn new(user: User, organization: OrganizationName) -> Self {
        Self { user, organization }
    }
}

impl Keys for SignUpKeys {
    const KEYS: &'static [Key] = &[
        Key::new(USER_KEY, KeyKind::SignUpUser, true, "The user who is to be signed up."),
        Key::new(
            "organization",
            KeyKind::Text,
            false,
            "The organization of the path, when it is not to be taken from the user's `organisationName`.",
        ),
    ];

    fn read(intent: &mut Written, rules: SignUpRules) -> Result<Self, InvalidInput> {
        let user = intent.user.take();
        let mut fields = Fields::new(&intent.object);
        fields.only(&[ACTION_KEY, USER_KEY, "organization"]);
        let organization = fields.optional("organization", OrganizationName::parse);
        if user.is_none() {
            fields.violations.push(match intent.object.get(USER_KEY) {
                None | Some(Json::Null) => Violation::new(USER_KEY, ViolationCode::Required),
                Some(_) => wrong_type(USER_KEY, "object"),
            });
        }
        let keys = user.and_then(|user| {
            let organization =
                fields.violations.keep(user.organization_of_path(organization.as_ref(), rules))?;
            Some(Self { user, organization })
        });
        fields.violations.finish(keys)
    }
}

impl AnyKeys for SignUpKeys {
    fn write(&self, intent: &mut Object) {
        intent.put(USER_KEY, self.user.to_object().into());
        intent.put_text("organization", self.organization.as_str());
    }

    fn to_text(&self, action: &str) -> String {
        text_of(action, &self.user, &self.organization)
    }

    fn organization(&self) -> Option<&OrganizationName> {
        Some(&self.organization)
    }

    fn user(&self) -> Option<&User> {
        Some(&self.user)
    }
}

/// The text of the intent, written from where the user is.
pub(super) fn text_of(action: &str, user: &User, organization: &OrganizationName) -> String {
    let mut name = String::new();
    write_string(&mut name, organization.as_str());
    concat(&["{\"action\":\"", action, "\",\"user\":", user.as_text(), ",\"organization\":", &name, "}"])
}

pub(super) fn request(direct: &Direct, keys: &SignUpKeys) -> Request {
    request_of(direct, &keys.user, &keys.organization)
}

/// From where the user is, since that may be megabytes.
pub(super) fn request_of(direct: &Direct, user: &User, organization: &OrganizationName) -> Request {
    let path = alloc::format!(
        "/{}/{}/users/signup",
        direct.path_spelling.slug(),
        encode_segment(organization.as_str())
    );
    let body = match direct.wrapping {
        Wrapping::Bare => user.as_text().into(),
        Wrapping::User => concat(&["{\"user\":", user.as_text(), "}"]),
    };
    direct.request(Method::Post, &path, Wiped::new(body))
}

outcome! {
    /// A user was signed up: any 2xx that names no error (assumption: the answer is documented nowhere).
    pub struct SignedUp of anything {
        /// The HTTP status.
        status("status"): Status, shown;
        /// Whether the service said so in so many words: a captive portal's page is a 2xx, too.
        acknowledgement("acknowledgement"): Acknowledgement, shown;
        /// The answer's JSON, numbers exact; missing when it is not JSON, or was withheld by a relay.
        json("json"): Body, withheld;
    }
}
