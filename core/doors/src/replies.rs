//! Answers: from the service to an outcome or an error, and from those to a relay's answer.

use enrollkit::{Details, Json, Outcome, Timestamp, header_octets, relay};
use enrollkit_glue::replies::{self, Parts, ReadBack};

use crate::Result;
use crate::answer::{Fault, problem};
use crate::pack::{Packed, Packing};

pub(crate) fn read(fields: &mut Packed<'_>, body: &[u8], out: &mut Packing) -> Result {
    let mut parts = Packed::new(fields.bytes()?);
    let (operation, relayed, signed_at) = (parts.text()?, parts.flag()?, parts.number()?);
    let (account, secrets) = (parts.optional()?, parts.texts()?);
    // What is no time is `UNSIGNED`, too.
    let signed_at = Timestamp::from_unix_millis(signed_at).ok();
    let reader = replies::reader(&Parts { operation, relayed, signed_at, account, secrets: &secrets })?;
    let status = u16::try_from(fields.number()?).map_err(|_| Fault::Misused("no HTTP status"))?;
    let most = usize::try_from(fields.number()?.max(0)).unwrap_or(usize::MAX);
    let headers = fields.pairs()?;
    let headers = headers.iter().map(|(name, value)| (name, header_octets(value)));
    let read: Outcome = reader.max_response_bytes(most).read(status, headers, body)?;
    outcome(&read, out);
    Ok(())
}

/// In the place of the time that was signed, where none was.
pub(crate) const UNSIGNED: i64 = i64::MIN;

pub(crate) fn no_response(fields: &mut Packed<'_>, out: &mut Packing) -> Result {
    problem(&replies::no_response(fields.text()?, fields.flag()?)?, out);
    Ok(())
}

pub(crate) fn outcome_from(fields: &mut Packed<'_>, out: &mut Packing) -> Result {
    let read = replies::outcome_from(fields.text()?);
    out.flag(read.is_some());
    match read {
        Some(ReadBack::Outcome(read)) => outcome(&read, out),
        Some(ReadBack::Raw(plain)) => form(&plain, &[], false, out),
        None => {}
    }
    Ok(())
}

/// A facade's own violations become an error so, too.
pub(crate) fn error_from(fields: &mut Packed<'_>, out: &mut Packing) -> Result {
    let error = replies::error_from(fields.text()?);
    out.flag(error.is_some());
    if let Some(error) = error {
        problem(&error, out);
    }
    Ok(())
}

pub(crate) fn refused_by_policy(fields: &mut Packed<'_>, out: &mut Packing) -> Result {
    problem(&replies::refused_by_policy(fields.text()?)?, out);
    Ok(())
}

pub(crate) fn relay_answer(fields: &mut Packed<'_>, out: &mut Packing) -> Result {
    answer(&replies::relay_answer(fields.optional()?, fields.optional()?, fields.flag()?)?, out);
    Ok(())
}

pub(crate) fn route_refusal(fields: &mut Packed<'_>, out: &mut Packing) -> Result {
    let refusal = replies::route_refusal(fields.text()?, fields.text()?, fields.pairs()?)?;
    out.flag(refusal.is_some());
    if let Some(refusal) = refusal {
        answer(&refusal, out);
    }
    Ok(())
}

/// Whether a change is in effect, by a look-up's plain outcome or error.
pub(crate) fn confirmed_by(fields: &mut Packed<'_>, out: &mut Packing) -> Result {
    out.text(replies::confirmed_by(fields.text()?, fields.optional()?, fields.optional()?)?.slug());
    Ok(())
}

fn outcome(outcome: &Outcome, out: &mut Packing) {
    form(&outcome.to_json(Details::Included), outcome.raw().bytes(), outcome.raw().is_lossy(), out);
}

/// The plain form, numbers exact; the body as it came, the call's secrets masked; whether reading lost something.
fn form(plain: &Json, raw: &[u8], lossy: bool, out: &mut Packing) {
    out.json(plain);
    out.bytes(raw);
    out.flag(lossy);
}

/// The HTTP status, and the body.
fn answer(answer: &relay::Answer, out: &mut Packing) {
    out.number(answer.status.into());
    out.text(&answer.body);
}
