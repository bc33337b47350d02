//! Calls of clients and of relays.

use enrollkit::smile_id::{self, RawRequest};
use enrollkit::{
    Action, Call, Intent, InvalidInput, RawReply, SignUpRules, SmileId, SmileIdRelay, Timestamp, Unifyia,
    UnifyiaRelay, UserId, unifyia,
};

use crate::intents;

/// The call of an intent's text.
///
/// # Errors
/// Every violation of the intent; what [`SmileId::call`] refuses.
pub fn smile_id(client: &SmileId, intent: &str, now: Timestamp) -> Result<Call, InvalidInput> {
    client.call(&Intent::from_json(intent)?, now)
}

/// The call of what needs a user's id and nothing more: without an intent's text.
///
/// # Errors
/// As [`smile_id()`].
pub fn smile_id_about(
    client: &SmileId,
    action: &str,
    user_id: &str,
    now: Timestamp,
) -> Result<Call, InvalidInput> {
    let intent = Intent::about(Action::parse(action)?, UserId::parse(user_id)?)?;
    client.call(&intent, now)
}

/// The call of a request's text.
///
/// # Errors
/// Every violation of the request; what [`SmileId::raw`] refuses.
pub fn smile_id_raw(client: &SmileId, request: &str, now: Timestamp) -> Result<Call<RawReply>, InvalidInput> {
    client.raw(&RawRequest::from_json(request)?, now)
}

/// The call that brings an intent's text to a relay of Smile ID's.
///
/// # Errors
/// Every violation of intent and address.
pub fn smile_id_relay(url: &str, intent: &str) -> Result<Call, InvalidInput> {
    SmileIdRelay::new(url)?.call(&Intent::from_json(intent)?)
}

/// Checks a relay's address before there is an intent.
///
/// # Errors
/// What [`SmileIdRelay::new`] refuses.
pub fn check_relay_url(url: &str) -> Result<(), InvalidInput> {
    SmileIdRelay::new(url).map(drop)
}

/// The rules of a client; an intent that was parsed with extra keys keeps them.
fn rules_of(client: &Unifyia, extra_keys: bool) -> SignUpRules {
    if extra_keys { client.rules().allow_extra_keys() } else { client.rules() }
}

/// The call of an intent's text.
///
/// # Errors
/// Every violation of the intent; what [`Unifyia::call`] refuses.
pub fn unifyia(client: &Unifyia, intent: &str, extra_keys: bool) -> Result<Call, InvalidInput> {
    client.call(&Intent::from_json_with(intent, rules_of(client, extra_keys))?)
}

/// The call that signs a user up, of texts.
///
/// # Errors
/// Every violation of user and organization.
pub fn sign_up(
    client: &Unifyia,
    user: &str,
    organization: Option<&str>,
    extra_keys: bool,
) -> Result<Call, InvalidInput> {
    let intent = Intent::sign_up_text(user, organization, rules_of(client, extra_keys))?;
    client.call(&intent)
}

/// The call of a request's text.
///
/// # Errors
/// Every violation of the request.
pub fn unifyia_raw(client: &Unifyia, request: &str) -> Result<Call<RawReply>, InvalidInput> {
    client.raw(&unifyia::RawRequest::from_json(request)?)
}

/// The call that brings an intent's text to a relay of Unifyia's.
///
/// # Errors
/// Every violation of intent and address.
pub fn unifyia_relay(url: &str, intent: &str, extra_keys: bool) -> Result<Call, InvalidInput> {
    let intent = intents::parse(intent, false, extra_keys)?;
    UnifyiaRelay::new(url)?.call(&intent)
}

/// The call that brings a sign-up to a relay of Unifyia's, of texts.
///
/// # Errors
/// Every violation of user, organization and address.
pub fn sign_up_relay(
    url: &str,
    user: &str,
    organization: Option<&str>,
    extra_keys: bool,
) -> Result<Call, InvalidInput> {
    let relay = UnifyiaRelay::new(url)?;
    relay.call(&intents::sign_up(user, organization, false, extra_keys)?)
}

/// The verifier of options and keys.
///
/// # Errors
/// Every violation of both.
pub fn verifier(options: &str, keys: &[&str]) -> Result<smile_id::Verifier, InvalidInput> {
    smile_id::Verifier::from_json(options, keys)
}
