//! Callbacks and webhooks.

use enrollkit::smile_id::Verified;
use enrollkit::{Error, Timestamp, header_octets};

use crate::Result;
use crate::handles::VERIFIERS;
use crate::pack::{Packed, Packing};

pub(crate) fn verifier(fields: &mut Packed<'_>, out: &mut Packing) -> Result {
    out.number(VERIFIERS.keep(enrollkit_glue::calls::verifier(fields.text()?, &fields.texts()?)?));
    Ok(())
}

pub(crate) fn callback(handle: i64, body: &[u8], now: Timestamp, out: &mut Packing) -> Result {
    verified(&VERIFIERS.get(handle)?.callback(body, now).map_err(Error::from)?, out);
    Ok(())
}

pub(crate) fn webhook(
    handle: i64,
    fields: &mut Packed<'_>,
    body: &[u8],
    now: Timestamp,
    out: &mut Packing,
) -> Result {
    let headers = fields.pairs()?;
    let headers = headers.iter().map(|(name, value)| (name, header_octets(value)));
    verified(&VERIFIERS.get(handle)?.webhook(headers, body, now).map_err(Error::from)?, out);
    Ok(())
}

/// Age in seconds, job or none, user or none, whether places differ, result code or none, form of the partner id, keys for finding
/// redeliveries and of the pair, the body as JSON text or none.
fn verified(verified: &Verified, out: &mut Packing) {
    out.number(verified.age_seconds());
    out.optional(verified.job_id());
    out.optional(verified.user_id());
    out.flag(verified.ids_differ());
    out.optional(verified.result_code());
    out.text(verified.partner_id_form().slug());
    out.text(verified.delivery_key());
    out.text(verified.pair_key());
    out.optional(verified.json().map(enrollkit::Json::to_text).as_deref());
}
