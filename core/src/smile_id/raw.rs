//! An authenticated call for what has no method: the successor `POST /v2/block-user`, say.

use alloc::string::String;

use zeroize::Zeroizing;

use super::{Account, Signed};
use crate::address::Path;
use crate::body::{BodyWriter, json_headers};
use crate::call::Request;
use crate::error::{InvalidInput, Violation, ViolationCode};
use crate::http::{Header, Method};
use crate::json::{Json, MAX_DEPTH, Object};
use crate::slug::slugs;

slugs! {
    /// Which of an environment's hosts is called.
    pub enum RawHost {
        /// `portal.smileidentity.com` or `prod.smileidentity.com`.
        Portal = "portal",
        /// `testapi.smileidentity.com` or `api.smileidentity.com`.
        Api = "api",
    }
}

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
    /// Where the signature goes.
    pub auth: RawAuth,
    /// The body, without credentials: with [`RawAuth::Body`] they are added to it.
    pub body: Option<Object>,
}

pub(super) fn request(account: &Account, raw: &RawRequest, signed: &Signed) -> Result<Request, InvalidInput> {
    let timestamp = signed.timestamp.to_text();
    let credentials = [
        ("partner_id", account.partner_id.as_str()),
        ("timestamp", timestamp.as_str()),
        ("signature", signed.signature()),
    ];
    let mut headers = json_headers();
    let body = match raw.auth {
        RawAuth::Body => {
            let given = raw.body.clone().unwrap_or_default();
            if let Some((key, _)) = credentials.iter().find(|(key, _)| given.get(key).is_some()) {
                // What the caller wrote there would be another's credentials, or stale ones.
                return Err(Violation::new(&alloc::format!("body/{key}"), ViolationCode::SetByServer).into());
            }
            let mut body = BodyWriter::continuing(&text(Some(given))?);
            for (key, value) in credentials {
                body.text(key, value);
            }
            body.finish()
        }
        RawAuth::Headers => {
            let names = ["smileid-partner-id", "smileid-timestamp", "smileid-request-signature"];
            headers.extend(
                names
                    .into_iter()
                    .zip(credentials)
                    .map(|(name, (_, value))| Header::new(name, String::from(value))),
            );
            text(raw.body.clone())?
        }
    };
    Ok(Request { method: raw.method, url: account.url(raw.host, raw.path.as_str()), headers, body })
}

/// The body's text; nothing for none.
pub(crate) fn text(body: Option<Object>) -> Result<Zeroizing<String>, InvalidInput> {
    let Some(body) = body.map(Json::Object) else { return Ok(Zeroizing::default()) };
    if body.is_too_deep() {
        return Err(Violation::new("body", ViolationCode::TooDeep).limit(MAX_DEPTH).into());
    }
    Ok(Zeroizing::new(body.to_text()))
}
