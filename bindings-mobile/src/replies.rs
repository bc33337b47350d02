//! Answers: from the service to an outcome or an error, and from those to a relay's answer.

use enrollkit::{
    Action, ApiError, Details, Error, Json, Operation, Outcome, Reader, Timestamp, header_octets, relay,
};

use crate::{CoreAnswer, CoreHeader, CoreOutcome, CoreProblem, CoreReader, Result, misused};

/// Reads an answer: an outcome, or the thrown error.
#[uniffi::export]
pub fn core_read(
    reader: CoreReader,
    max_bytes: i64,
    status: i32,
    headers: Vec<CoreHeader>,
    body: Vec<u8>,
) -> Result<CoreOutcome> {
    let status = u16::try_from(status).map_err(|_| misused("no HTTP status"))?;
    let reader =
        reader_of(&reader)?.max_response_bytes(usize::try_from(max_bytes.max(0)).unwrap_or(usize::MAX));
    let headers = headers.iter().map(|header| (&header.name, header_octets(&header.value)));
    Ok(reader.read::<Outcome, _, _>(status, headers, &body)?.into())
}

fn reader_of(reader: &CoreReader) -> Result<Reader> {
    let operation = operation(&reader.operation)?;
    let signed_at = reader.signed_at.as_deref().and_then(|text| Timestamp::parse(text).ok());
    let secrets: Vec<&str> = reader.secrets.iter().map(String::as_str).collect();
    if reader.relayed {
        return Ok(Reader::relayed(operation));
    }
    let direct = Reader::direct(operation, signed_at, &secrets);
    Ok(match &reader.account {
        Some(account) => direct.for_account(account.as_str()),
        None => direct,
    })
}

fn operation(slug: &str) -> Result<Operation> {
    Operation::from_slug(slug).ok_or_else(|| misused("no such operation"))
}

/// The error of a call that got no answer, or of which nothing was sent.
#[uniffi::export(default(not_sent = false))]
pub fn core_no_response(operation: &str, not_sent: bool) -> Result<CoreProblem> {
    let operation = self::operation(operation)?;
    let error = if not_sent { Error::not_sent(operation) } else { Error::no_response(operation) };
    Ok(CoreProblem::from(&error))
}

/// The outcome of a plain form's text; none when it is the form of none.
#[uniffi::export]
#[must_use]
pub fn core_outcome_from(json: &str) -> Option<CoreOutcome> {
    Outcome::from_text(json).map(CoreOutcome::from).or_else(|| raw_reply_from(json))
}

/// The core reads no raw call's form, since no relay may give one.
fn raw_reply_from(json: &str) -> Option<CoreOutcome> {
    let plain = Json::parse_plain(json).ok()?;
    let operation = Operation::from_slug(plain.get("operation")?.as_str()?)?;
    let status = plain.get("status")?.as_number()?.as_i64()?;
    (matches!(operation, Operation::SmileIdRaw | Operation::UnifyiaRaw) && u16::try_from(status).is_ok())
        .then(|| CoreOutcome { json: plain.to_text(), raw: Vec::new(), lossy: false })
}

/// The error of a plain form's text; none when it is the form of none. A facade's own violations become an error so, too.
#[uniffi::export]
#[must_use]
pub fn core_error_from(json: &str) -> Option<CoreProblem> {
    let error = Json::parse(json).ok().and_then(|json| Error::from_json(&json));
    error.as_ref().map(CoreProblem::from)
}

/// The error of a policy's "no" to an action.
#[uniffi::export]
pub fn core_refused_by_policy(action: &str) -> Result<CoreProblem> {
    let action = Action::from_slug(action).ok_or_else(|| misused("no such action"))?;
    Ok(CoreProblem::from(&ApiError::refused_by_policy(action.operation()).into()))
}

/// A relay's answer for an outcome or an error in its plain form.
#[uniffi::export]
pub fn core_relay_answer(
    outcome: Option<String>,
    error: Option<String>,
    details: bool,
) -> Result<CoreAnswer> {
    let details = if details { Details::Included } else { Details::Withheld };
    Ok(relay::answer(&result(outcome, error)?, details).into())
}

/// What a relay's route answers before it reads anything, by its rules' JSON (`origins`, `allow_no_origin`); none to go on.
#[uniffi::export]
pub fn core_route_refusal(rules: &str, method: &str, headers: Vec<CoreHeader>) -> Result<Option<CoreAnswer>> {
    let rules = relay::RouteRules::from_json(rules)?;
    let headers = headers.iter().map(|header| (&header.name, &header.value));
    Ok(rules.refusal(method, headers).map(CoreAnswer::from))
}

/// Whether a change is in effect, by a look-up's plain outcome or error.
#[uniffi::export]
pub fn core_confirmed_by(action: &str, outcome: Option<String>, error: Option<String>) -> Result<String> {
    let action = Action::from_slug(action).ok_or_else(|| misused("no such action"))?;
    let look_up = match result(outcome, error)? {
        Ok(Outcome::EnrolleeInfo(info)) => Ok(info),
        Ok(_) => return Err(misused("not a look-up")),
        Err(error) => Err(error),
    };
    Ok(action.confirmed_by(&look_up).slug().to_owned())
}

fn result(outcome: Option<String>, error: Option<String>) -> Result<std::result::Result<Outcome, Error>> {
    match (outcome, error) {
        (Some(text), _) => Ok(Ok(Outcome::from_text(&text).ok_or_else(unreadable)?)),
        (None, Some(text)) => Ok(Err(Error::from_json(&Json::parse(&text)?).ok_or_else(unreadable)?)),
        (None, None) => Err(unreadable()),
    }
}

fn unreadable() -> crate::CoreError {
    misused("not a plain outcome or error")
}
