//! Clients: those with credentials are handles, a relay's are functions.

use std::sync::Arc;

use enrollkit::{SmileId, Unifyia};
use enrollkit_glue::{calls, time};
use zeroize::Zeroizing;

use crate::{CoreCall, CorePair, Result};

/// A client of Smile ID that holds a key schedule or a pair.
#[derive(uniffi::Object)]
pub struct CoreSmileId(SmileId);

#[uniffi::export]
impl CoreSmileId {
    /// From options and an API key.
    #[uniffi::constructor]
    pub fn new(options: &str, api_key: String) -> Result<Arc<Self>> {
        let api_key = Zeroizing::new(api_key);
        Ok(Arc::new(Self(SmileId::from_json(options, &api_key)?)))
    }

    /// From options and a pair that was received at a time, in milliseconds.
    #[uniffi::constructor]
    pub fn from_pair(options: &str, pair: String, received_at: i64) -> Result<Arc<Self>> {
        let pair = Zeroizing::new(pair);
        let received_at = time(received_at, "received_at")?;
        Ok(Arc::new(Self(SmileId::from_json_with_pair(options, &pair, received_at)?)))
    }

    /// The same client for another operator.
    pub fn with_operator(&self, email: &str) -> Result<Arc<Self>> {
        Ok(Arc::new(Self(self.0.with_operator(email)?)))
    }

    /// The call of an intent.
    pub fn call(&self, intent: &str, now: i64) -> Result<CoreCall> {
        Ok(calls::smile_id(&self.0, intent, time(now, "now")?)?.into())
    }

    /// A call of any other kind.
    pub fn raw(&self, request: &str, now: i64) -> Result<CoreCall> {
        Ok(calls::smile_id_raw(&self.0, request, time(now, "now")?)?.into())
    }

    /// A signed pair.
    pub fn sign(&self, now: i64) -> Result<CorePair> {
        Ok(self.0.sign(time(now, "now")?)?.into())
    }
}

/// A client of Unifyia that may hold a token.
#[derive(uniffi::Object)]
pub struct CoreUnifyia(Unifyia);

#[uniffi::export]
impl CoreUnifyia {
    /// From options, and a token when there is one.
    #[uniffi::constructor]
    pub fn new(options: &str, token: Option<String>) -> Result<Arc<Self>> {
        let token = token.map(Zeroizing::new);
        Ok(Arc::new(Self(Unifyia::from_json(options, token.as_ref().map(|token| token.as_str()))?)))
    }

    /// The same client with another token.
    pub fn with_token(&self, token: String) -> Result<Arc<Self>> {
        let token = Zeroizing::new(token);
        Ok(Arc::new(Self(self.0.with_token(&token)?)))
    }

    /// The call of an intent. One that was parsed with extra keys keeps them.
    pub fn call(&self, intent: &str, extra_keys: bool) -> Result<CoreCall> {
        Ok(calls::unifyia(&self.0, intent, extra_keys)?.into())
    }

    /// The call that signs a user up, at an organization when one is given.
    pub fn sign_up(&self, user: &str, organization: Option<String>, extra_keys: bool) -> Result<CoreCall> {
        Ok(calls::sign_up(&self.0, user, organization.as_deref(), extra_keys)?.into())
    }

    /// A call of any other kind.
    pub fn raw(&self, request: &str) -> Result<CoreCall> {
        Ok(calls::unifyia_raw(&self.0, request)?.into())
    }
}

/// The call that brings an intent to a relay of Smile ID's.
#[uniffi::export]
pub fn core_relay_smile_id(url: &str, intent: &str) -> Result<CoreCall> {
    Ok(calls::smile_id_relay(url, intent)?.into())
}

/// The call that brings an intent to a relay of Unifyia's.
#[uniffi::export]
pub fn core_relay_unifyia(url: &str, intent: &str, extra_keys: bool) -> Result<CoreCall> {
    Ok(calls::unifyia_relay(url, intent, extra_keys)?.into())
}

/// The call that brings a sign-up to a relay of Unifyia's.
#[uniffi::export]
pub fn core_relay_sign_up(
    url: &str,
    user: &str,
    organization: Option<String>,
    extra_keys: bool,
) -> Result<CoreCall> {
    Ok(calls::sign_up_relay(url, user, organization.as_deref(), extra_keys)?.into())
}

/// Checks a relay's address before there is an intent.
#[uniffi::export]
pub fn core_check_relay_url(url: &str) -> Result<()> {
    Ok(calls::check_relay_url(url)?)
}
