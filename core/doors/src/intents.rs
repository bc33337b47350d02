//! Intents that someone else wrote, the user objects in them, and what needs no client.

use enrollkit::json::Object;
use enrollkit::{Intent, Json, SignUpRules, Timestamp, User, Violation};

use crate::Result;
use crate::pack::{Packed, Packing};

pub(crate) fn parse(fields: &mut Packed<'_>, out: &mut Packing) -> Result {
    let (text, self_service, extra_keys) = (fields.text()?, fields.flag()?, fields.flag()?);
    intent(&Intent::from_json_with(text, SignUpRules::of(self_service, extra_keys))?, out);
    Ok(())
}

pub(crate) fn sign_up(fields: &mut Packed<'_>, out: &mut Packing) -> Result {
    let (user, organization) = (fields.text()?, fields.optional()?);
    intent(&Intent::sign_up_text(user, organization, SignUpRules::default())?, out);
    Ok(())
}

pub(crate) fn with_user_fields(fields: &mut Packed<'_>, out: &mut Packing) -> Result {
    let (text, further, extra_keys) = (fields.text()?, fields.text()?, fields.flag()?);
    let rules = SignUpRules::of(false, extra_keys);
    let further = Object::parse(further)?;
    intent(&Intent::from_json_with(text, rules)?.with_user_fields(&further, rules)?, out);
    Ok(())
}

pub(crate) fn check_user(fields: &mut Packed<'_>, out: &mut Packing) -> Result {
    let (user, self_service, extra_keys) = (fields.text()?, fields.flag()?, fields.flag()?);
    let rules = SignUpRules::of(self_service, extra_keys);
    let violations = User::check_text(user, fields.optional()?, rules);
    out.json(&Json::Array(violations.iter().map(Violation::to_json).collect()));
    Ok(())
}

pub(crate) fn parse_time(fields: &mut Packed<'_>, out: &mut Packing) -> Result {
    let (text, path) = (fields.text()?, fields.text()?);
    out.number(Timestamp::parse(text).map_err(|invalid| invalid.at(path))?.unix_millis());
    Ok(())
}

pub(crate) fn signature(fields: &mut Packed<'_>, out: &mut Packing) -> Result {
    let (key, timestamp, partner_id) = (fields.text()?, fields.text()?, fields.text()?);
    out.text(&enrollkit::smile_id::signature(key, timestamp, partner_id));
    Ok(())
}

/// The wire form to the last digit, the action, whom it is about or none, the organization or none, the user object or none.
fn intent(intent: &Intent, out: &mut Packing) {
    out.text(&intent.to_text());
    out.text(intent.action().slug());
    out.optional(intent.user_id().map(enrollkit::UserId::as_str));
    out.optional(intent.organization().map(enrollkit::OrganizationName::as_str));
    out.optional(intent.user().map(|user| user.as_object().to_text()).as_deref());
}
