//! Answers: from the service to an outcome or an error, and from those to a relay's answer.

use enrollkit::relay::{Answer, RouteRules, answer};
use enrollkit::smile_id::Confirmation;
use enrollkit::{Action, ApiError, Details, Error, Json, Operation, Outcome, Reader, Timestamp};

use crate::{Fault, NO_OPERATION, Result};

const UNREADABLE: Fault = Fault::Misused("not a plain outcome or error");

/// What a host keeps of a call's reader.
pub struct Parts<'a> {
    /// What was called.
    pub operation: &'a str,
    /// Whether a relay answers.
    pub relayed: bool,
    /// The time that was signed, if one was.
    pub signed_at: Option<Timestamp>,
    /// For which account, in words.
    pub account: Option<&'a str>,
    /// What is masked wherever the answer repeats it.
    pub secrets: &'a [&'a str],
}

/// The reader of its parts.
///
/// # Errors
/// For what is no operation.
pub fn reader(parts: &Parts<'_>) -> Result<Reader> {
    let operation = operation(parts.operation)?;
    if parts.relayed {
        return Ok(Reader::relayed(operation));
    }
    let direct = Reader::direct(operation, parts.signed_at, parts.secrets);
    Ok(match parts.account {
        Some(account) => direct.for_account(account),
        None => direct,
    })
}

fn operation(slug: &str) -> Result<Operation> {
    Operation::from_slug(slug).ok_or(NO_OPERATION)
}

/// The error of a call that got no answer, or of which nothing was sent.
///
/// # Errors
/// For what is no operation.
pub fn no_response(operation: &str, not_sent: bool) -> Result<Error> {
    let operation = self::operation(operation)?;
    Ok(if not_sent { Error::not_sent(operation) } else { Error::no_response(operation) })
}

/// A plain form that was read back.
pub enum ReadBack {
    /// An outcome.
    Outcome(Outcome),
    /// The plain form of a raw call's outcome, which the core reads not back, since no relay may give one.
    Raw(Json),
}

/// What a plain form's text is; `None` when it is the form of no outcome.
#[must_use]
pub fn outcome_from(json: &str) -> Option<ReadBack> {
    let plain = Json::parse_plain(json).ok()?;
    if let Some(outcome) = Outcome::from_json(&plain) {
        return Some(ReadBack::Outcome(outcome));
    }
    let operation = Operation::from_slug(plain.get("operation")?.as_str()?)?;
    let status = plain.get("status")?.as_number()?.as_i64()?;
    (operation.action().is_none() && u16::try_from(status).is_ok()).then_some(ReadBack::Raw(plain))
}

/// The error of a plain form's text; `None` when it is the form of none. A facade's own violations become an error so, too.
#[must_use]
pub fn error_from(json: &str) -> Option<Error> {
    Error::from_json(&Json::parse(json).ok()?)
}

/// The error of a policy's "no" to an action.
///
/// # Errors
/// `unknown_value` at `action` for what is none.
pub fn refused_by_policy(action: &str) -> Result<Error> {
    Ok(ApiError::refused_by_policy(Action::parse(action)?.operation()).into())
}

/// A relay's answer for an outcome or an error in its plain form.
///
/// # Errors
/// For what is the form of neither.
pub fn relay_answer(outcome: Option<&str>, error: Option<&str>, details: bool) -> Result<Answer> {
    let details = if details { Details::Included } else { Details::Withheld };
    Ok(answer(&result(outcome, error)?, details))
}

/// What a relay's route answers before it reads anything, by its rules' JSON; `None` to go on.
///
/// # Errors
/// Every violation of the rules.
pub fn route_refusal<N: AsRef<str>, V: AsRef<[u8]>>(
    rules: &str,
    method: &str,
    headers: impl IntoIterator<Item = (N, V)>,
) -> Result<Option<Answer>> {
    Ok(RouteRules::from_json(rules)?.refusal(method, headers))
}

/// Whether a change is in effect, by a look-up's plain outcome or error.
///
/// # Errors
/// `unknown_value` at `action` for what is none; for what is no look-up.
pub fn confirmed_by(action: &str, outcome: Option<&str>, error: Option<&str>) -> Result<Confirmation> {
    let action = Action::parse(action)?;
    let look_up = match result(outcome, error)? {
        Ok(Outcome::EnrolleeInfo(info)) => Ok(info),
        Ok(_) => return Err(Fault::Misused("not a look-up")),
        Err(error) => Err(error),
    };
    Ok(action.confirmed_by(&look_up))
}

fn result(outcome: Option<&str>, error: Option<&str>) -> Result<core::result::Result<Outcome, Error>> {
    match (outcome, error) {
        (Some(text), _) => Outcome::from_text(text).map(Ok).ok_or(UNREADABLE),
        (None, Some(text)) => Error::from_json(&Json::parse(text)?).map(Err).ok_or(UNREADABLE),
        (None, None) => Err(UNREADABLE),
    }
}
