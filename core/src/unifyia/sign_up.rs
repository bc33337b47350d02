//! `POST {base}/organizations/{organizationName}/users/signup`
//!
//! Source: Unifyia, user sign-up. The page spells the path `organiations` and lists no auth header; whether the body is the
//! user object or wraps it, and what the answer is, is documented nowhere. See [`super::PathSpelling`],
//! [`super::Wrapping`] and [`super::DEFAULT_AUTH_HEADER`].

use alloc::string::String;

use zeroize::Zeroizing;

use super::installation::{Direct, Wrapping};
use super::rules::SignUpRules;
use super::user::User;
use crate::http::{Method, Request};
use crate::input::{Fields, InvalidInput, ViolationCode, wrong_type};
use crate::json::{Json, Object};
use crate::keys::{ACTION_KEY, AnyKeys, Key, KeyKind, Keys};
use crate::record::outcome;
use crate::value::{OrganizationName, encode_segment};

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
        Key::new("user", KeyKind::SignUpUser, true, "The user who is to be signed up."),
        Key::new(
            "organization",
            KeyKind::Text,
            false,
            "The organization of the path, when it is not to be taken from the user's `organisationName`.",
        ),
    ];

    fn read(intent: &mut Object, rules: SignUpRules) -> Result<Self, InvalidInput> {
        // Taken out, since it may be megabytes.
        let user = intent.remove("user");
        let mut fields = Fields::new(intent);
        fields.only(&[ACTION_KEY, "user", "organization"]);
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
        intent.put("user", self.user.as_object().clone().into());
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
    let rest = Object::of_text("organization", organization.as_str()).to_text();
    let head = ["{\"action\":\"", action, "\",\"user\":"].concat();
    [&head, &user.as_object().to_text(), ",", rest.strip_prefix('{').unwrap_or_default()].concat()
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
    let user = user.as_object().to_text();
    let body = match direct.wrapping {
        Wrapping::Bare => user,
        Wrapping::User => ["{\"user\":", &user, "}"].concat(),
    };
    direct.request(Method::Post, &path, Zeroizing::new(body))
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
