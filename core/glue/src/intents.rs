//! Intents that someone else wrote, and the user objects in them.

use enrollkit::json::Object;
use enrollkit::{Intent, InvalidInput, Json, SignUpRules, User, Violation};

/// The intent of a text.
///
/// # Errors
/// Every violation.
pub fn parse(intent: &str, self_service: bool, extra_keys: bool) -> Result<Intent, InvalidInput> {
    Intent::from_json_with(intent, SignUpRules::of(self_service, extra_keys))
}

/// The intent of a sign-up, of texts.
///
/// # Errors
/// Every violation of user and organization.
pub fn sign_up(
    user: &str,
    organization: Option<&str>,
    self_service: bool,
    extra_keys: bool,
) -> Result<Intent, InvalidInput> {
    Intent::sign_up_text(user, organization, SignUpRules::of(self_service, extra_keys))
}

/// The intent of a sign-up with further fields of the user.
///
/// # Errors
/// Every violation of what results; `unknown_value` at `action` for what is no sign-up.
pub fn with_user_fields(intent: &str, fields: &str, extra_keys: bool) -> Result<Intent, InvalidInput> {
    let fields = Object::parse(fields)?;
    parse(intent, false, extra_keys)?.with_user_fields(&fields, SignUpRules::of(false, extra_keys))
}

/// What is wrong with a user object, or with it at an organization: violations in their plain form.
#[must_use]
pub fn check_user(user: &str, self_service: bool, extra_keys: bool, organization: Option<&str>) -> Json {
    let violations = User::check_text(user, organization, SignUpRules::of(self_service, extra_keys));
    Violation::list_to_json(&violations)
}
