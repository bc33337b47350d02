//! Callbacks and webhooks.

use std::sync::Arc;

use enrollkit::smile_id::Verifier;
use enrollkit::{ApiKey, Error, InvalidInput, PartnerId, header_octets};
use zeroize::Zeroizing;

use crate::{CoreHeader, CoreVerified, Result, time};

/// Verifies callbacks and webhooks.
#[derive(uniffi::Object)]
pub struct CoreVerifier(Verifier);

#[uniffi::export]
impl CoreVerifier {
    /// From a partner id, keys and a window in seconds.
    #[uniffi::constructor]
    pub fn new(partner_id: &str, keys: Vec<String>, max_age: f64, max_ahead: f64) -> Result<Arc<Self>> {
        let keys: Vec<_> = keys.into_iter().map(Zeroizing::new).collect();
        let keys: std::result::Result<Vec<_>, InvalidInput> =
            keys.iter().map(|key| ApiKey::parse(key)).collect();
        let verifier = match (PartnerId::parse(partner_id), keys) {
            (Ok(partner_id), Ok(keys)) => Verifier::new(partner_id, &keys)?.window(max_age, max_ahead)?,
            (Err(first), Err(second)) => return Err(first.and(second).into()),
            (Err(invalid), _) | (_, Err(invalid)) => return Err(invalid.into()),
        };
        Ok(Arc::new(Self(verifier)))
    }

    /// What is said of a valid callback; a refusal is thrown.
    pub fn callback(&self, body: Vec<u8>, now: i64) -> Result<CoreVerified> {
        Ok(self.0.callback(&body, time(now)?).map_err(Error::from)?.into())
    }

    /// What is said of a valid webhook; a refusal is thrown.
    pub fn webhook(&self, headers: Vec<CoreHeader>, body: Vec<u8>, now: i64) -> Result<CoreVerified> {
        let headers = headers.iter().map(|header| (&header.name, header_octets(&header.value)));
        Ok(self.0.webhook(headers, &body, time(now)?).map_err(Error::from)?.into())
    }
}
