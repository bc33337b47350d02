//! `GET {base}/usermanagement/api/v1/organizations/{organizationName}/brandingInfo`
//!
//! Source: Unifyia, organization branding.

use super::installation::Direct;
use crate::http::{Method, Request};
use crate::keys::keys;
use crate::record::outcome;
use crate::value::{OrganizationName, encode_segment};
use crate::wiped::Wiped;

/// The prefix that the page's own path has.
///
/// Assumption: a base URL that ends with it is not given it twice.
pub const BRANDING_PREFIX: &str = "/usermanagement/api/v1";

keys! {
    /// Whose branding is fetched.
    pub(crate) struct BrandingKeys {
        /// The organization's name.
        organization: OrganizationName,
    }
}

pub(super) fn request(direct: &Direct, keys: &BrandingKeys) -> Request {
    let prefix = if direct.base_url.path().ends_with(BRANDING_PREFIX) { "" } else { BRANDING_PREFIX };
    let path =
        alloc::format!("{prefix}/organizations/{}/brandingInfo", encode_segment(keys.organization.as_str()));
    direct.request(Method::Get, &path, Wiped::default())
}

outcome! {
    /// An organization's branding. What the answer leaves out is missing.
    pub struct Branding of object {
        /// The logo, a base64 image.
        logo("logo"): Text;
        /// The URL of the policy statement. Check its scheme before it becomes a link.
        policy_statement("policyStatement"): Text;
        /// The language's code.
        language("language"): Text, shown;
        /// The issuer's public key, base64.
        issuer_public_key("issuerPublicKey"): Text;
        /// The issuer's certificate, base64.
        issuer_certificate("issuerCertificate"): Text;
    }
}
