//! Intents that someone else wrote, the user objects in them, and what needs no client.

use enrollkit::Intent;
use enrollkit_glue::intents;

use crate::Result;
use crate::pack::{Packed, Packing};

pub(crate) fn parse(fields: &mut Packed<'_>, out: &mut Packing) -> Result {
    intent(&intents::parse(fields.text()?, fields.flag()?, fields.flag()?)?, out);
    Ok(())
}

pub(crate) fn sign_up(fields: &mut Packed<'_>, out: &mut Packing) -> Result {
    intent(&intents::sign_up(fields.text()?, fields.optional()?, false, false)?, out);
    Ok(())
}

pub(crate) fn with_user_fields(fields: &mut Packed<'_>, out: &mut Packing) -> Result {
    intent(&intents::with_user_fields(fields.text()?, fields.text()?, fields.flag()?)?, out);
    Ok(())
}

pub(crate) fn check_user(fields: &mut Packed<'_>, out: &mut Packing) -> Result {
    let (user, self_service, extra_keys) = (fields.text()?, fields.flag()?, fields.flag()?);
    out.json(&intents::check_user(user, self_service, extra_keys, fields.optional()?));
    Ok(())
}

pub(crate) fn parse_time(fields: &mut Packed<'_>, out: &mut Packing) -> Result {
    out.number(enrollkit_glue::time_of(fields.text()?, fields.text()?)?.unix_millis());
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
    out.optional(intent.user().map(enrollkit::User::as_text));
}
