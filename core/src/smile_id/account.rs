//! Whose users are managed, and what a request is signed with.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::sync::Arc;

use super::environment::Environment;
use crate::http::{BodyWriter, JSON_HEADERS, Method, Request};
use crate::input::{InvalidInput, Violation, ViolationCode};
use crate::slug::slugs;
use crate::value::{BaseUrl, Operator, PartnerId, TIMESTAMP_LENGTH, Timestamp};
use crate::wiped::Wiped;

slugs! {
    /// Which of an environment's hosts is called.
    pub enum RawHost {
        /// `portal.smileidentity.com` or `prod.smileidentity.com`.
        Portal = "portal",
        /// `testapi.smileidentity.com` or `api.smileidentity.com`.
        Api = "api",
    }
}

/// Whose users are managed, and where.
#[derive(Clone, Debug)]
pub(crate) struct Account {
    pub(super) partner_id: PartnerId,
    pub(super) environment: Environment,
    pub(super) base_url: Option<BaseUrl>,
    /// Partner id and environment in words, for the text of an `unauthorized`.
    pub(super) label: Arc<str>,
}

impl Account {
    /// The address of a path, at one of the environment's hosts or at the base URL that replaces them.
    pub(super) fn url(&self, host: RawHost, path: &str) -> String {
        if let Some(base) = &self.base_url {
            return base.join(path);
        }
        let host = match host {
            RawHost::Portal => self.environment.portal_host(),
            RawHost::Api => self.environment.api_host(),
        };
        ["https://", host, path].concat()
    }

    /// A request of user management.
    pub(super) fn post(&self, path: &str, body: BodyWriter) -> Request {
        let url = self.url(RawHost::Portal, path);
        Request { method: Method::Post, url, headers: Cow::Borrowed(&JSON_HEADERS), body: body.finish() }
    }

    pub(super) fn new(partner_id: PartnerId, environment: Environment) -> Self {
        let label = ["partner id ", partner_id.as_str(), " in ", environment.slug()].concat().into();
        Self { partner_id, environment, base_url: None, label }
    }
}

/// What one request is signed with.
pub(super) struct Signed {
    pub(super) timestamp: Timestamp,
    written: [u8; TIMESTAMP_LENGTH],
    pub(super) signature: Wiped,
}

impl Signed {
    pub(super) fn new(timestamp: Timestamp, signature: impl FnOnce(&[u8]) -> Wiped) -> Self {
        let written = timestamp.ascii();
        Self { timestamp, written, signature: signature(&written) }
    }

    /// For a request that is shown and never sent.
    pub(super) fn placeholder(timestamp: Timestamp) -> Self {
        Self::new(timestamp, |_| Wiped::new(PLACEHOLDER.into()))
    }

    /// The time's text.
    pub(super) fn timestamp_text(&self) -> &str {
        // ASCII is UTF-8.
        core::str::from_utf8(&self.written).unwrap_or_default()
    }
}

/// What stands for the signature in a preview.
const PLACEHOLDER: &str = "<signature>";

/// What every endpoint is given to make a request of.
pub(super) struct Context<'a> {
    pub(super) account: &'a Account,
    pub(super) operator: Option<&'a Operator>,
    pub(super) signed: &'a Signed,
}

impl Context<'_> {
    /// The operator, whom every change needs.
    pub(super) fn operator(&self) -> Result<&Operator, InvalidInput> {
        self.operator.ok_or_else(|| Violation::new("operator", ViolationCode::Required).into())
    }

    /// The members that every signed body has, between the action and the user.
    pub(super) fn write_credentials(&self, body: &mut BodyWriter) {
        body.text("environment", self.account.environment.wire());
        body.text("partner_id", self.account.partner_id.as_str());
        body.text("signature", &self.signed.signature);
        body.text("timestamp", self.signed.timestamp_text());
    }
}
