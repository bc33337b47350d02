//! Intents that someone else wrote, and the user objects in them.

use enrollkit_glue::intents;

use crate::{CoreIntent, Result};

/// A valid intent of JSON text.
#[uniffi::export]
pub fn core_parse_intent(json: &str, self_service: bool, extra_keys: bool) -> Result<CoreIntent> {
    Ok(intents::parse(json, self_service, extra_keys)?.into())
}

/// The intent of a sign-up, of the user object's text.
#[uniffi::export]
pub fn core_sign_up_intent(
    user: &str,
    organization: Option<String>,
    self_service: bool,
    extra_keys: bool,
) -> Result<CoreIntent> {
    Ok(intents::sign_up(user, organization.as_deref(), self_service, extra_keys)?.into())
}

/// The intent of a sign-up with further fields of the user.
#[uniffi::export]
pub fn core_with_user_fields(intent: &str, fields: &str, extra_keys: bool) -> Result<CoreIntent> {
    Ok(intents::with_user_fields(intent, fields, extra_keys)?.into())
}

/// What is wrong with a user object, or with it at an organization: an array of violations in their plain form.
#[uniffi::export(default(organization = None))]
#[must_use]
pub fn core_check_user(
    user: &str,
    self_service: bool,
    extra_keys: bool,
    organization: Option<String>,
) -> String {
    intents::check_user(user, self_service, extra_keys, organization.as_deref()).to_text()
}

/// The text of a time as milliseconds; `path` is where it was given.
#[uniffi::export(default(path = "timestamp"))]
pub fn core_parse_time(text: &str, path: &str) -> Result<i64> {
    Ok(enrollkit_glue::time_of(text, path)?.unix_millis())
}

/// The low-level signature.
#[uniffi::export]
#[must_use]
pub fn core_signature(api_key: &str, timestamp: &str, partner_id: &str) -> String {
    enrollkit::smile_id::signature(api_key, timestamp, partner_id)
}
