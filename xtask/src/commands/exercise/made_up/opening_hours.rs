//! `GET {base}/organizations/{organizationName}/openingHours`
//!
//! Source: none, it is made up.

use super::installation::Direct;
use crate::http::{Method, Request};
use crate::keys::keys;
use crate::record::{outcome, record};
use crate::value::{OrganizationName, encode_segment};
use crate::wiped::Wiped;

keys! {
    /// Whose opening hours are fetched.
    pub(crate) struct OpeningHoursKeys {
        /// The organization's name.
        organization: OrganizationName,
    }
}

pub(super) fn request(direct: &Direct, keys: &OpeningHoursKeys) -> Request {
    let path = alloc::format!("/organizations/{}/openingHours", encode_segment(keys.organization.as_str()));
    direct.request(Method::Get, &path, Wiped::default())
}

outcome! {
    /// When an organization is open. What the answer leaves out is missing.
    pub struct OpeningHours of object {
        /// The time zone's name.
        time_zone("timeZone"): Text, shown;
        /// Whether it is open now.
        is_open("isOpen"): Flag, shown;
        /// The days on which it opens.
        days("days"): List(OpenDay), shown;
    }
}

record! {
    /// A day on which an organization opens.
    pub struct OpenDay: Debug {
        /// The day's name.
        name("name"): Text, shown;
        /// From when on.
        opens_at("opensAt"): Text;
    }
}
