//! `POST {base}/organizations/{organizationName}/users/signup`
//!
//! Source: Unifyia, user sign-up. The page spells the path `organiations` and lists no auth header; whether the body is the
//! user object or wraps it, and what the answer is, is documented nowhere. See [`super::PathSpelling`],
//! [`super::Wrapping`] and [`super::DEFAULT_AUTH_HEADER`].

use core::fmt;

use zeroize::Zeroizing;

use super::{Direct, User, Wrapping};
use crate::address::encode_segment;
use crate::call::{Operation, Reply, Request};
use crate::error::Error;
use crate::http::{Method, RawBody};
use crate::ids::OrganizationName;
use crate::json::{Json, Object};
use crate::outcome::{Acknowledgement, Details, ReadOutcome, sealed::Sealed};

pub(super) fn request(direct: &Direct, user: &User, organization: &OrganizationName) -> Request {
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

/// A user was signed up: any 2xx that names no error (assumption: the answer is documented nowhere).
#[derive(Clone, PartialEq, Eq)]
pub struct SignedUp {
    status: u16,
    acknowledgement: Acknowledgement,
    json: Option<Json>,
    raw: RawBody,
}

impl SignedUp {
    /// The HTTP status.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status
    }

    /// Whether the service said so in so many words: a captive portal's page is a 2xx, too.
    #[must_use]
    pub fn acknowledgement(&self) -> Acknowledgement {
        self.acknowledgement
    }

    /// The answer's JSON, numbers exact; `None` when it is not JSON, or was withheld by a relay.
    #[must_use]
    pub fn json(&self) -> Option<&Json> {
        self.json.as_ref()
    }

    /// The body as it came, the token masked. Empty for what came through a relay.
    #[must_use]
    pub fn raw(&self) -> &RawBody {
        &self.raw
    }

    pub(crate) fn write_to(&self, object: Object, details: Details) -> Object {
        object
            .with("status", i64::from(self.status))
            .with("acknowledgement", self.acknowledgement.slug())
            .with_some("json", self.json.clone().filter(|_| details == Details::Included))
    }
}

impl Sealed for SignedUp {}

impl ReadOutcome for SignedUp {
    fn read(reply: Reply<'_>) -> Result<Self, Error> {
        let acknowledgement = reply.acknowledgement();
        Ok(Self { status: reply.status, acknowledgement, json: reply.body.json, raw: reply.body.raw })
    }

    fn of_operation(json: &Json, _: Operation) -> Option<Self> {
        Some(Self {
            status: json.get("status")?.as_number()?.as_i64()?.try_into().ok()?,
            acknowledgement: Acknowledgement::from_slug(json.get("acknowledgement")?.as_str()?)?,
            json: json.get("json").cloned(),
            raw: RawBody::default(),
        })
    }
}

impl fmt::Debug for SignedUp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SignedUp(status {}, {})", self.status, self.acknowledgement)
    }
}
