//! Callbacks and webhooks.

use enrollkit::smile_id::{Verified, Verifier};
use enrollkit::{Error, Timestamp, header_octets};

use crate::Result;
use crate::handles::VERIFIERS;
use crate::pack::{Packed, Packing};

pub(crate) fn verifier(fields: &mut Packed<'_>, out: &mut Packing) -> Result {
    let (partner_id, keys) = (fields.text()?, fields.texts()?);
    let (max_age, max_ahead) = (seconds(fields)?, seconds(fields)?);
    let also_without_zeros = fields.flag()?;
    let verifier = Verifier::from_texts(partner_id, &keys)?.window(max_age, max_ahead)?;
    out.number(VERIFIERS.keep(if also_without_zeros { verifier.also_without_zeros() } else { verifier }));
    Ok(())
}

/// The bits of a number with a fraction.
fn seconds(fields: &mut Packed<'_>) -> Result<f64> {
    Ok(f64::from_bits(fields.number()?.cast_unsigned()))
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
