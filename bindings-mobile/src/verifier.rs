//! Callbacks and webhooks.

use std::sync::Arc;

use enrollkit::smile_id::Verifier;
use enrollkit::{Error, header_octets};
use enrollkit_glue::{calls, time};
use zeroize::Zeroizing;

use crate::{CoreHeader, CoreVerified, Result};

/// Verifies callbacks and webhooks.
#[derive(uniffi::Object)]
pub struct CoreVerifier(Verifier);

#[uniffi::export]
impl CoreVerifier {
    /// From options and keys.
    #[uniffi::constructor]
    pub fn new(options: &str, keys: Vec<String>) -> Result<Arc<Self>> {
        let keys: Vec<_> = keys.into_iter().map(Zeroizing::new).collect();
        let keys: Vec<&str> = keys.iter().map(|key| key.as_str()).collect();
        Ok(Arc::new(Self(calls::verifier(options, &keys)?)))
    }

    /// What is said of a valid callback; a refusal is thrown.
    pub fn callback(&self, body: Vec<u8>, now: i64) -> Result<CoreVerified> {
        Ok(self.0.callback(&body, time(now, "now")?).map_err(Error::from)?.into())
    }

    /// What is said of a valid webhook; a refusal is thrown.
    pub fn webhook(&self, headers: Vec<CoreHeader>, body: Vec<u8>, now: i64) -> Result<CoreVerified> {
        let headers = headers.iter().map(|header| (&header.name, header_octets(&header.value)));
        Ok(self.0.webhook(headers, &body, time(now, "now")?).map_err(Error::from)?.into())
    }
}
