//! Clients: those with credentials are handles, a relay's have none.

use enrollkit::{Call, ReadOutcome, SmileId, Timestamp, Unifyia};
use enrollkit_glue::{calls, time};

use crate::Result;
use crate::handles::{SMILE_IDS, UNIFYIAS};
use crate::pack::{Packed, Packing};
use crate::replies::UNSIGNED;

pub(crate) fn smile_id(fields: &mut Packed<'_>, out: &mut Packing) -> Result {
    let (options, api_key) = (fields.text()?, fields.text()?);
    out.number(SMILE_IDS.keep(SmileId::from_json(options, api_key)?));
    Ok(())
}

pub(crate) fn smile_id_from_pair(fields: &mut Packed<'_>, received_at: i64, out: &mut Packing) -> Result {
    let (options, pair) = (fields.text()?, fields.text()?);
    let received_at = time(received_at, "received_at")?;
    out.number(SMILE_IDS.keep(SmileId::from_json_with_pair(options, pair, received_at)?));
    Ok(())
}

pub(crate) fn with_operator(client: i64, fields: &mut Packed<'_>, out: &mut Packing) -> Result {
    let other = SMILE_IDS.get(client)?.with_operator(fields.text()?)?;
    out.number(SMILE_IDS.keep(other));
    Ok(())
}

pub(crate) fn smile_id_call(
    client: i64,
    fields: &mut Packed<'_>,
    now: Timestamp,
    out: &mut Packing,
) -> Result {
    call(&calls::smile_id(&*SMILE_IDS.get(client)?, fields.text()?, now)?, out);
    Ok(())
}

pub(crate) fn smile_id_about(
    client: i64,
    fields: &mut Packed<'_>,
    now: Timestamp,
    out: &mut Packing,
) -> Result {
    let (client, action, user_id) = (SMILE_IDS.get(client)?, fields.text()?, fields.text()?);
    call(&calls::smile_id_about(&client, action, user_id, now)?, out);
    Ok(())
}

pub(crate) fn smile_id_raw(
    client: i64,
    fields: &mut Packed<'_>,
    now: Timestamp,
    out: &mut Packing,
) -> Result {
    call(&calls::smile_id_raw(&*SMILE_IDS.get(client)?, fields.text()?, now)?, out);
    Ok(())
}

/// Partner id, environment, timestamp, signature, seconds until the holder stops using it.
pub(crate) fn sign(client: i64, now: Timestamp, out: &mut Packing) -> Result {
    let pair = SMILE_IDS.get(client)?.sign(now)?;
    out.text(pair.partner_id().as_str());
    out.text(pair.environment().slug());
    out.text(&pair.timestamp().to_text());
    out.text(pair.signature());
    out.number(pair.expires_in().into());
    Ok(())
}

pub(crate) fn smile_id_relay(fields: &mut Packed<'_>, out: &mut Packing) -> Result {
    call(&calls::smile_id_relay(fields.text()?, fields.text()?)?, out);
    Ok(())
}

pub(crate) fn unifyia(fields: &mut Packed<'_>, out: &mut Packing) -> Result {
    let (options, token) = (fields.text()?, fields.optional()?);
    let client = Unifyia::from_json(options, token)?;
    let extra_keys = client.rules() == client.rules().allow_extra_keys();
    out.number(UNIFYIAS.keep(client));
    out.flag(extra_keys);
    Ok(())
}

pub(crate) fn with_token(client: i64, fields: &mut Packed<'_>, out: &mut Packing) -> Result {
    let other = UNIFYIAS.get(client)?.with_token(fields.text()?)?;
    out.number(UNIFYIAS.keep(other));
    Ok(())
}

/// An intent that was parsed with extra keys keeps them.
pub(crate) fn unifyia_call(client: i64, fields: &mut Packed<'_>, out: &mut Packing) -> Result {
    let (client, intent, extra_keys) = (UNIFYIAS.get(client)?, fields.text()?, fields.flag()?);
    call(&calls::unifyia(&client, intent, extra_keys)?, out);
    Ok(())
}

pub(crate) fn sign_up(client: i64, fields: &mut Packed<'_>, out: &mut Packing) -> Result {
    let (client, user, organization) = (UNIFYIAS.get(client)?, fields.text()?, fields.optional()?);
    call(&calls::sign_up(&client, user, organization, false)?, out);
    Ok(())
}

pub(crate) fn unifyia_raw(client: i64, fields: &mut Packed<'_>, out: &mut Packing) -> Result {
    call(&calls::unifyia_raw(&*UNIFYIAS.get(client)?, fields.text()?)?, out);
    Ok(())
}

pub(crate) fn unifyia_relay(fields: &mut Packed<'_>, out: &mut Packing) -> Result {
    call(&calls::unifyia_relay(fields.text()?, fields.text()?, fields.flag()?)?, out);
    Ok(())
}

pub(crate) fn relay_sign_up(fields: &mut Packed<'_>, out: &mut Packing) -> Result {
    call(&calls::sign_up_relay(fields.text()?, fields.text()?, fields.optional()?, false)?, out);
    Ok(())
}

pub(crate) fn check_relay_url(fields: &mut Packed<'_>) -> Result {
    Ok(calls::check_relay_url(fields.text()?)?)
}

/// Operation, method, address, headers, body or none, what may be shown of it, and its reader: bytes, which the facade gives back
/// with the answer.
fn call<T: ReadOutcome>(call: &Call<T>, out: &mut Packing) {
    out.text(call.operation().slug());
    out.text(call.method().slug());
    out.text(call.url());
    out.count(call.headers().len());
    for header in call.headers() {
        out.text(header.name());
        out.text(header.value());
    }
    out.optional(Some(call.body()).filter(|body| !body.is_empty()));
    out.text(&format!("{call:?}"));
    out.bytes(&reader(call).into_bytes());
}

/// As [`crate::replies`] reads it: operation, whether the answer comes from a relay, the time that was signed, partner and
/// environment in words or none, what is masked wherever an answer repeats it.
fn reader<T: ReadOutcome>(call: &Call<T>) -> Packing {
    let reader = call.reader();
    let mut out = Packing::default();
    out.text(call.operation().slug());
    out.flag(reader.is_relayed());
    out.number(reader.signed_at().map_or(UNSIGNED, Timestamp::unix_millis));
    out.optional(reader.account());
    let secrets: Vec<&str> = reader.secrets().collect();
    out.count(secrets.len());
    for secret in secrets {
        out.text(secret);
    }
    out
}
