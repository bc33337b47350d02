//! Callbacks and webhooks.

use std::sync::Arc;

use enrollkit::smile_id::Verifier;
use enrollkit::{Error, header_octets};
use enrollkit_glue::time;
use zeroize::Zeroizing;

use crate::{CoreHeader, CoreVerified, Result};

/// Verifies callbacks and webhooks.
#[derive(uniffi::Object)]
pub struct CoreVerifier(Verifier);

#[uniffi::export]
impl CoreVerifier {
    /// From a partner id, keys, a window in seconds, and whether the partner id may be signed without its zeros, too.
    #[uniffi::constructor(default(also_without_zeros = false))]
    pub fn new(
        partner_id: &str,
        keys: Vec<String>,
        max_age: f64,
        max_ahead: f64,
        also_without_zeros: bool,
    ) -> Result<Arc<Self>> {
        let keys: Vec<_> = keys.into_iter().map(Zeroizing::new).collect();
        let keys: Vec<&str> = keys.iter().map(|key| key.as_str()).collect();
        let verifier = Verifier::from_texts(partner_id, &keys)?.window(max_age, max_ahead)?;
        Ok(Arc::new(Self(if also_without_zeros { verifier.also_without_zeros() } else { verifier })))
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
