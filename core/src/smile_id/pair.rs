//! A timestamp and its signature, made in one back end and used in another.

use core::fmt;

use super::environment::Environment;
use super::signature::is_signature;
use crate::input::{Fields, InvalidInput, Violation, ViolationCode};
use crate::json::{Json, Object};
use crate::value::{EXAMPLE, PartnerId, Timestamp};
use crate::wiped::Wiped;

/// How long a pair is used, in seconds, counted by its holder from receipt.
///
/// Assumption: how long Smile ID accepts one is documented nowhere.
pub const PAIR_LIFETIME_SECONDS: u32 = 300;

/// The longest lifetime that a pair may claim: a day. No service is known to take one for that long.
const MAX_PAIR_LIFETIME_SECONDS: u32 = 86_400;

/// A timestamp and its signature. **Whoever holds a pair can do anything to any user of the partner**, reading included,
/// until it is stale: it is bound to no user, no action and no body. For your own back ends only; never for a page or an
/// app, never logged, never stored.
#[derive(Clone, PartialEq, Eq)]
pub struct Pair {
    pub(super) partner_id: PartnerId,
    pub(super) environment: Environment,
    pub(super) timestamp: Timestamp,
    pub(super) signature: Wiped,
    pub(super) expires_in: u32,
}

impl Pair {
    /// Reads what [`Self::to_json`] wrote.
    ///
    /// # Errors
    /// Every violation at once, by path.
    pub fn from_json(text: &str) -> Result<Self, InvalidInput> {
        let object = Object::parse(text)?;
        let mut fields = Fields::new(&object);
        fields.only(&["partner_id", "environment", "timestamp", "signature", "expires_in"]);
        let partner_id = fields.required("partner_id", PartnerId::parse);
        let environment = fields.of_set::<Environment>("environment", true);
        let timestamp = fields.required("timestamp", parse_timestamp);
        let signature = fields.required("signature", parse_signature);
        let expires_in = fields.integer("expires_in", 0..=MAX_PAIR_LIFETIME_SECONDS);
        let parts = (partner_id, environment, timestamp, signature, expires_in);
        let (Some(partner_id), Some(environment), Some(timestamp), Some(signature), Some(expires_in)) = parts
        else {
            return fields.violations.finish(None);
        };
        fields.violations.finish(Some(Self { partner_id, environment, timestamp, signature, expires_in }))
    }

    /// The JSON form, **signature included**: for the answer to your own other back end, over TLS.
    #[must_use]
    pub fn to_json(&self) -> Json {
        let mut object = Object::of_text("partner_id", self.partner_id.as_str());
        object.put_text("environment", self.environment.slug());
        object.put_text("timestamp", &self.timestamp.to_text());
        object.put_text("signature", self.signature.as_str());
        object.put_integer("expires_in", Some(i64::from(self.expires_in)));
        object.into()
    }

    /// The partner that signed.
    #[must_use]
    pub fn partner_id(&self) -> &PartnerId {
        &self.partner_id
    }

    /// The environment whose key signed.
    #[must_use]
    pub fn environment(&self) -> Environment {
        self.environment
    }

    /// The time that was signed.
    #[must_use]
    pub fn timestamp(&self) -> Timestamp {
        self.timestamp
    }

    /// The signature: a live credential.
    #[must_use]
    pub fn signature(&self) -> &str {
        &self.signature
    }

    /// How many seconds after receipt the holder stops using it.
    #[must_use]
    pub fn expires_in(&self) -> u32 {
        self.expires_in
    }
}

/// The emitted form only: the pair is sent again as it was signed, byte for byte.
fn parse_timestamp(text: &str) -> Result<Timestamp, InvalidInput> {
    let timestamp = Timestamp::parse(text)?;
    if timestamp.to_text() == text {
        return Ok(timestamp);
    }
    Err(Violation::new("timestamp", ViolationCode::BadTimestamp).expected(EXAMPLE).into())
}

/// Base64 of 32 bytes; whether it is the right one, only the service can tell.
fn parse_signature(text: &str) -> Result<Wiped, InvalidInput> {
    if text.is_empty() {
        return Err(Violation::new("signature", ViolationCode::Required).into());
    }
    if !is_signature(text) {
        return Err(Violation::new("signature", ViolationCode::BadToken).into());
    }
    Ok(Wiped::new(text.into()))
}

impl fmt::Debug for Pair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pair({}, {}, {}, ..)", self.partner_id.as_str(), self.environment, self.timestamp)
    }
}
