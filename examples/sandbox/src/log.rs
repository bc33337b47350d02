//! One readable line per request. User ids appear as a short hash; names, keys, signatures, tokens, e-mail addresses
//! and bodies never get here, because every part is either a word from this program or checked below.

use std::io::Write;
use std::sync::Mutex;

use axum::http::Method;
use sha2::{Digest, Sha256};

use crate::clock;
use crate::lock::lock;

/// The only path segments that are shown as they came: our own routes.
const KNOWN_SEGMENTS: [&str; 29] = [
    "api",
    "v1",
    "v2",
    "v3",
    "partner",
    "enrollee",
    "info",
    "block-user",
    "usermanagement",
    "services",
    "organizations",
    "organiations",
    "users",
    "signup",
    "brandingInfo",
    "control",
    "jobs",
    "replay",
    "faults",
    "requests",
    "reset",
    "clock",
    "deliveries",
    "sign_ups",
    "health",
    "redirected",
    "token",
    "report_fraud",
    "",
];
const MAX_SEGMENTS: usize = 12;

pub(crate) struct Log(Mutex<Box<dyn Write + Send>>);

impl Log {
    pub(crate) fn new(out: Box<dyn Write + Send>) -> Self {
        Self(Mutex::new(out))
    }

    /// A log that can't be written must not stop the server.
    pub(crate) fn line(&self, now_ms: i64, text: &str) {
        let mut out = lock(&self.0);
        let _ = writeln!(out, "{} {text}", clock::log_time(now_ms));
        let _ = out.flush();
    }
}

/// Enough to tell users apart, too little to be an id.
pub(crate) fn user_tag(user_id: &str) -> String {
    format!("user#{}", &hex(&Sha256::digest(user_id))[..8])
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// An unknown method is the client's own text.
pub(crate) fn method(method: &Method) -> &'static str {
    match method.as_str() {
        "GET" => "GET",
        "POST" => "POST",
        "PUT" => "PUT",
        "DELETE" => "DELETE",
        "OPTIONS" => "OPTIONS",
        "HEAD" => "HEAD",
        "PATCH" => "PATCH",
        _ => "OTHER",
    }
}

/// The path with everything that is not one of our own words replaced.
pub(crate) fn path(path: &str) -> String {
    let mut shown = String::new();
    let mut after_organizations = false;
    for (at, segment) in path.trim_start_matches('/').split('/').enumerate() {
        shown.push('/');
        if at >= MAX_SEGMENTS {
            shown.push('…');
            break;
        }
        shown.push_str(match (after_organizations, KNOWN_SEGMENTS.contains(&segment)) {
            (true, _) => "{organization}",
            (false, true) => segment,
            (false, false) => "{…}",
        });
        after_organizations = matches!(segment, "organizations" | "organiations") && !after_organizations;
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::{path, user_tag};

    #[test]
    fn paths_show_no_foreign_word() {
        assert_eq!(path("/api/v2/partner/enrollee"), "/api/v2/partner/enrollee");
        assert_eq!(path("/organizations/Acme%0a/users/signup"), "/organizations/{organization}/users/signup");
        assert_eq!(path("/organizations/organizations/users"), "/organizations/{organization}/users");
        assert_eq!(path("/v3/users/user-42/report_fraud"), "/v3/users/{…}/report_fraud");
        assert_eq!(path("/"), "/");
    }

    #[test]
    fn a_user_is_a_short_hash() {
        assert_eq!(user_tag("user-42").len(), "user#".len() + 8);
        assert!(!user_tag("user-42").contains("user-42"));
    }
}
