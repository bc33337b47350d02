//! Answers: from the service to an outcome or an error, and from those to a relay's answer.

use enrollkit::{
    Action, ApiError, Details, Error, Json, Operation, Outcome, Reader, Timestamp, header_octets, relay,
};

use crate::Result;
use crate::answer::{Fault, problem};
use crate::pack::{Packed, Packing};

pub(crate) fn read(fields: &mut Packed<'_>, body: &[u8], out: &mut Packing) -> Result {
    let reader = reader(&mut Packed::new(fields.bytes()?))?;
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

fn reader(fields: &mut Packed<'_>) -> Result<Reader> {
    let (operation, relayed) = (operation(fields.text()?)?, fields.flag()?);
    let (signed_at, account, secrets) = (fields.number()?, fields.optional()?, fields.texts()?);
    if relayed {
        return Ok(Reader::relayed(operation));
    }
    // What is no time is `UNSIGNED`, too.
    let signed_at = Timestamp::from_unix_millis(signed_at).ok();
    let direct = Reader::direct(operation, signed_at, &secrets);
    Ok(match account {
        Some(account) => direct.for_account(account),
        None => direct,
    })
}

fn operation(slug: &str) -> Result<Operation> {
    Operation::from_slug(slug).ok_or(Fault::Misused("no such operation"))
}

pub(crate) fn action(slug: &str) -> Result<Action> {
    Action::from_slug(slug).ok_or(Fault::Misused("no such action"))
}

pub(crate) fn no_response(fields: &mut Packed<'_>, out: &mut Packing) -> Result {
    let (operation, not_sent) = (operation(fields.text()?)?, fields.flag()?);
    let error = if not_sent { Error::not_sent(operation) } else { Error::no_response(operation) };
    problem(&error, out);
    Ok(())
}

pub(crate) fn outcome_from(fields: &mut Packed<'_>, out: &mut Packing) -> Result {
    let text = fields.text()?;
    if let Some(read) = Outcome::from_text(text) {
        out.flag(true);
        outcome(&read, out);
    } else if let Some(plain) = raw_reply_from(text) {
        out.flag(true);
        form(&plain, &[], false, out);
    } else {
        out.flag(false);
    }
    Ok(())
}

/// The core reads no raw call's form, since no relay may give one.
fn raw_reply_from(json: &str) -> Option<Json> {
    let plain = Json::parse_plain(json).ok()?;
    let operation = Operation::from_slug(plain.get("operation")?.as_str()?)?;
    let status = plain.get("status")?.as_number()?.as_i64()?;
    let is_raw = matches!(operation, Operation::SmileIdRaw | Operation::UnifyiaRaw);
    (is_raw && u16::try_from(status).is_ok()).then_some(plain)
}

/// A facade's own violations become an error so, too.
pub(crate) fn error_from(fields: &mut Packed<'_>, out: &mut Packing) -> Result {
    let error = Json::parse(fields.text()?).ok().and_then(|json| Error::from_json(&json));
    out.flag(error.is_some());
    if let Some(error) = error {
        problem(&error, out);
    }
    Ok(())
}

pub(crate) fn refused_by_policy(fields: &mut Packed<'_>, out: &mut Packing) -> Result {
    let action = action(fields.text()?)?;
    problem(&ApiError::refused_by_policy(action.operation()).into(), out);
    Ok(())
}

pub(crate) fn relay_answer(fields: &mut Packed<'_>, out: &mut Packing) -> Result {
    let result = result(fields.optional()?, fields.optional()?)?;
    let details = if fields.flag()? { Details::Included } else { Details::Withheld };
    answer(&relay::answer(&result, details), out);
    Ok(())
}

pub(crate) fn route_refusal(fields: &mut Packed<'_>, out: &mut Packing) -> Result {
    let rules = relay::RouteRules::from_json(fields.text()?)?;
    let (method, headers) = (fields.text()?, fields.pairs()?);
    let refusal = rules.refusal(method, headers);
    out.flag(refusal.is_some());
    if let Some(refusal) = refusal {
        answer(&refusal, out);
    }
    Ok(())
}

/// Whether a change is in effect, by a look-up's plain outcome or error.
pub(crate) fn confirmed_by(fields: &mut Packed<'_>, out: &mut Packing) -> Result {
    let action = action(fields.text()?)?;
    let look_up = match result(fields.optional()?, fields.optional()?)? {
        Ok(Outcome::EnrolleeInfo(info)) => Ok(info),
        Ok(_) => return Err(Fault::Misused("not a look-up")),
        Err(error) => Err(error),
    };
    out.text(action.confirmed_by(&look_up).slug());
    Ok(())
}

fn result(outcome: Option<&str>, error: Option<&str>) -> Result<std::result::Result<Outcome, Error>> {
    const UNREADABLE: Fault = Fault::Misused("not a plain outcome or error");
    match (outcome, error) {
        (Some(text), _) => Outcome::from_text(text).map(Ok).ok_or(UNREADABLE),
        (None, Some(text)) => Error::from_json(&Json::parse(text)?).map(Err).ok_or(UNREADABLE),
        (None, None) => Err(UNREADABLE),
    }
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
