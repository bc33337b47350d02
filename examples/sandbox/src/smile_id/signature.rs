//! `base64(HMAC-SHA256(key, timestamp + partner_id + "sid_request"))`, for requests, callbacks and webhooks alike.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;

use super::codes::{Environment, Refusal, UNAUTHORIZED, refuse};
use crate::clock;
use crate::error::StartError;

/// Both environments' keys, as MACs that are ready to use.
pub(crate) struct Keys {
    test: Hmac<Sha256>,
    production: Hmac<Sha256>,
}

/// What a request says about who sent it and when, as received.
pub(crate) struct Claim<'a> {
    pub(crate) partner_id: &'a str,
    pub(crate) timestamp: &'a str,
    pub(crate) signature: &'a str,
}

/// The server's side of the check.
pub(crate) struct Expected<'a> {
    pub(crate) keys: &'a Keys,
    pub(crate) partner_id: &'a str,
    pub(crate) tolerance: Duration,
    pub(crate) now_ms: i64,
}

impl Keys {
    pub(crate) fn new(test: &str, production: &str) -> Result<Self, StartError> {
        let mac = |key: &str| {
            Hmac::new_from_slice(key.as_bytes()).map_err(|error| StartError::System(error.to_string()))
        };
        Ok(Self { test: mac(test)?, production: mac(production)? })
    }

    pub(crate) fn sign(&self, environment: Environment, timestamp: &str, partner_id: &str) -> String {
        let mut mac = match environment {
            Environment::Test => self.test.clone(),
            Environment::Production => self.production.clone(),
        };
        for part in [timestamp, partner_id, "sid_request"] {
            mac.update(part.as_bytes());
        }
        STANDARD.encode(mac.finalize().into_bytes())
    }
}

impl Expected<'_> {
    /// Partner, form of the time, freshness. The signature comes last: see [`Expected::matches`].
    pub(crate) fn check_claim(&self, claim: &Claim<'_>) -> Result<(), Refusal> {
        self.check_partner(claim.partner_id)?;
        let Some(sent_ms) = clock::parse_stamp(claim.timestamp) else {
            return refuse(UNAUTHORIZED, "the timestamp is not YYYY-MM-DDTHH:MM:SS.mmmZ");
        };
        // Assumption: how long a signature is accepted is documented nowhere.
        let tolerance = i64::try_from(self.tolerance.as_millis()).unwrap_or(i64::MAX);
        if self.now_ms - sent_ms > tolerance {
            return refuse(UNAUTHORIZED, "the timestamp is too old");
        }
        if sent_ms - self.now_ms > tolerance {
            return refuse(UNAUTHORIZED, "the timestamp is in the future");
        }
        Ok(())
    }

    pub(crate) fn check_partner(&self, partner_id: &str) -> Result<(), Refusal> {
        if partner_id == self.partner_id {
            return Ok(());
        }
        let same_number = partner_id.trim_start_matches('0') == self.partner_id.trim_start_matches('0');
        refuse(UNAUTHORIZED, if same_number { "the partner id lost its zeros" } else { "unknown partner id" })
    }

    /// Over the received bytes, in constant time.
    pub(crate) fn matches(&self, environment: Environment, claim: &Claim<'_>) -> bool {
        let ours = self.keys.sign(environment, claim.timestamp, claim.partner_id);
        bool::from(ours.as_bytes().ct_eq(claim.signature.as_bytes()))
    }

    /// Why a signature did not match, as far as it can be told: the other key is the commonest mistake.
    pub(crate) fn mismatch(&self, environment: Environment, claim: &Claim<'_>) -> &'static str {
        let other =
            if environment == Environment::Test { Environment::Production } else { Environment::Test };
        if self.matches(other, claim) {
            "signed with the other environment's key"
        } else {
            "the signature does not match"
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Environment, Keys};

    /// The first two are in the official Java SDK's tests.
    #[test]
    fn known_answers() {
        for (key, partner, timestamp, signature) in [
            ("apiKey", "partner", "2023-02-13T15:07:42.214Z", "XxThLHZy2ij1WINkqNEPgzVs9RvUDHWlebDYzprqS74="),
            ("apikey", "partner", "2023-03-09T21:35:00.279Z", "+S/hVtmFwynoroXQQbjOQ3/l+a5zshNldrQh/iBdxRQ="),
            ("apiKey", "085", "2026-11-22T10:00:00.000Z", "gbW8x1SneSt13etDamsAReGuDERlTURhUWK2GM/s2DA="),
            ("ключ🔑", "001", "2026-11-22T10:00:00.000Z", "8Cr/5QIrJbVks0MO7CY8e2yolW7Btn/knWr05U9JMmo="),
        ] {
            let keys = Keys::new("other", key).unwrap();
            assert_eq!(keys.sign(Environment::Production, timestamp, partner), signature);
        }
    }
}
