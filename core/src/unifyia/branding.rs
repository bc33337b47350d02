//! `GET {base}/usermanagement/api/v1/organizations/{organizationName}/brandingInfo`
//!
//! Source: Unifyia, organization branding.

use alloc::string::String;

use zeroize::Zeroizing;

use super::Direct;
use crate::address::encode_segment;
use crate::call::{Operation, Reply, Request};
use crate::error::{Error, Unreadable, UnreadableReason};
use crate::http::{Method, RawBody};
use crate::ids::OrganizationName;
use crate::json::{Json, Object};
use crate::outcome::{ReadOutcome, sealed::Sealed};

/// The prefix that the page's own path has.
///
/// Assumption: a base URL that ends with it is not given it twice.
pub const BRANDING_PREFIX: &str = "/usermanagement/api/v1";

pub(super) fn request(direct: &Direct, organization: &OrganizationName) -> Request {
    let prefix = if direct.base_url.path().ends_with(BRANDING_PREFIX) { "" } else { BRANDING_PREFIX };
    let path =
        alloc::format!("{prefix}/organizations/{}/brandingInfo", encode_segment(organization.as_str()));
    direct.request(Method::Get, &path, Zeroizing::default())
}

/// An organization's branding. What the answer leaves out is `None`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Branding {
    /// The logo, a base64 image.
    pub logo: Option<String>,
    /// The URL of the policy statement. Check its scheme before it becomes a link.
    pub policy_statement: Option<String>,
    /// The language's code.
    pub language: Option<String>,
    /// The issuer's public key, base64.
    pub issuer_public_key: Option<String>,
    /// The issuer's certificate, base64.
    pub issuer_certificate: Option<String>,
    raw: RawBody,
}

impl Branding {
    /// The body as it came, the token masked. Empty for what came through a relay.
    #[must_use]
    pub fn raw(&self) -> &RawBody {
        &self.raw
    }

    pub(crate) fn write_to(&self, object: Object) -> Object {
        object
            .with_some("logo", self.logo.as_deref())
            .with_some("policy_statement", self.policy_statement.as_deref())
            .with_some("language", self.language.as_deref())
            .with_some("issuer_public_key", self.issuer_public_key.as_deref())
            .with_some("issuer_certificate", self.issuer_certificate.as_deref())
    }

    fn from_json(json: &Json, names: [&str; 5], raw: RawBody) -> Self {
        let [logo, policy_statement, language, issuer_public_key, issuer_certificate] =
            names.map(|name| json.get(name).and_then(Json::as_str).map(Into::into));
        Self { logo, policy_statement, language, issuer_public_key, issuer_certificate, raw }
    }
}

impl Sealed for Branding {}

impl ReadOutcome for Branding {
    fn read(reply: Reply<'_>) -> Result<Self, Error> {
        const NAMES: [&str; 5] =
            ["logo", "policyStatement", "language", "issuerPublicKey", "issuerCertificate"];
        if let Some(json @ Json::Object(_)) = &reply.body.json {
            return Ok(Self::from_json(json, NAMES, reply.body.raw));
        }
        Err(Unreadable::new(
            Operation::UnifyiaBranding,
            UnreadableReason::NotJson,
            reply.status,
            reply.body.raw,
        )
        .into())
    }

    fn of_operation(json: &Json, _: Operation) -> Option<Self> {
        let names = ["logo", "policy_statement", "language", "issuer_public_key", "issuer_certificate"];
        Some(Self::from_json(json, names, RawBody::default()))
    }
}
