//! An authenticated call for what has no method: the successor `POST /v2/block-user`, say.

use alloc::string::String;
use alloc::vec::Vec;

use super::account::{Account, RawHost, Signed};
use crate::http::{BodyWriter, Header, JSON_HEADERS, Method, Request, get_has_no_body, raw_body_text};
use crate::input::{Fields, InvalidInput, ViolationCode, Violations};
use crate::json::Object;
use crate::slug::slugs;
use crate::value::{Path, Query};

slugs! {
    /// Where the service wants the signature.
    pub enum RawAuth {
        /// In the JSON body, as `partner_id`, `timestamp` and `signature`.
        Body = "body",
        /// In the headers `smileid-partner-id`, `smileid-timestamp` and `smileid-request-signature`.
        Headers = "headers",
    }
}

/// What a raw call sends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawRequest {
    /// The host.
    pub host: RawHost,
    /// The method.
    pub method: Method,
    /// The path.
    pub path: Path,
    /// The query; empty for none.
    pub query: Query,
    /// Where the signature goes.
    pub auth: RawAuth,
    /// The body, without credentials: with [`RawAuth::Body`] they are added to it.
    pub body: Option<Object>,
}

impl RawRequest {
    /// Reads a request from JSON text with the keys `host`, `method`, `path` (text, or an array of steps that may hold
    /// anything), `query` (an object of texts, or of arrays of texts), `auth` and `body`.
    ///
    /// # Errors
    /// Every violation at once.
    pub fn from_json(text: &str) -> Result<Self, InvalidInput> {
        let object = Object::parse_around(text)?;
        let mut fields = Fields::new(&object);
        fields.only(&["host", "method", "path", "query", "auth", "body"]);
        let host = fields.of_set::<RawHost>("host", true);
        let method = fields.of_set::<Method>("method", true);
        let path = Path::of_member(&mut fields, "path");
        let query = Query::of_member(&mut fields, "query");
        let auth = fields.of_set::<RawAuth>("auth", true);
        let body = fields.object("body").cloned();
        let (Some(host), Some(method), Some(path), Some(auth)) = (host, method, path, auth) else {
            return fields.violations.finish(None);
        };
        fields.violations.finish(Some(Self { host, method, path, query, auth, body }))
    }
}

pub(super) fn request(account: &Account, raw: &RawRequest, signed: &Signed) -> Result<Request, InvalidInput> {
    let credentials = [
        ("partner_id", account.partner_id.as_str()),
        ("timestamp", signed.timestamp_text()),
        ("signature", signed.signature.as_str()),
    ];
    let mut violations = Violations::default();
    let none = Object::new();
    let given = raw.body.as_ref().unwrap_or(&none);
    if raw.method == Method::Get && (raw.body.is_some() || raw.auth == RawAuth::Body) {
        violations.push(get_has_no_body());
    } else if raw.auth == RawAuth::Body {
        for (key, _) in credentials.iter().filter(|(key, _)| given.get(key).is_some()) {
            // What the caller wrote there would be another's credentials, or stale ones.
            violations.add(&alloc::format!("body/{key}"), ViolationCode::SetByServer);
        }
    }
    let text = violations.keep(raw_body_text(raw.body.as_ref()));
    let text = violations.finish(text)?;
    let mut headers = Vec::from(&JSON_HEADERS);
    let body = match raw.auth {
        RawAuth::Body => {
            let mut body = BodyWriter::continuing(if text.is_empty() { "{}" } else { &text });
            for (key, value) in credentials {
                body.text(key, value);
            }
            body.finish()
        }
        RawAuth::Headers => {
            let names = ["smileid-partner-id", "smileid-timestamp", "smileid-request-signature"];
            let header = |(name, (_, value))| Header::new(name, String::from(value));
            headers.extend(names.into_iter().zip(credentials).map(header));
            text
        }
    };
    let url = account.url(raw.host, &[raw.path.as_str(), raw.query.as_str()].concat());
    Ok(Request { method: raw.method, url, headers: headers.into(), body })
}
