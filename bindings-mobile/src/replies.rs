//! Answers: from the service to an outcome or an error, and from those to a relay's answer.

use enrollkit::{Outcome, Timestamp, header_octets};
use enrollkit_glue::replies::{self, Parts, ReadBack};

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
    let secrets: Vec<&str> = reader.secrets.iter().map(String::as_str).collect();
    let parts = Parts {
        operation: &reader.operation,
        relayed: reader.relayed,
        signed_at: reader.signed_at.as_deref().and_then(|text| Timestamp::parse(text).ok()),
        account: reader.account.as_deref(),
        secrets: &secrets,
    };
    let most = usize::try_from(max_bytes.max(0)).unwrap_or(usize::MAX);
    let reader = replies::reader(&parts)?.max_response_bytes(most);
    let headers = headers.iter().map(|header| (&header.name, header_octets(&header.value)));
    Ok(reader.read::<Outcome, _, _>(status, headers, &body)?.into())
}

/// The error of a call that got no answer, or of which nothing was sent.
#[uniffi::export(default(not_sent = false))]
pub fn core_no_response(operation: &str, not_sent: bool) -> Result<CoreProblem> {
    Ok(CoreProblem::from(&replies::no_response(operation, not_sent)?))
}

/// The outcome of a plain form's text; none when it is the form of none.
#[uniffi::export]
#[must_use]
pub fn core_outcome_from(json: &str) -> Option<CoreOutcome> {
    Some(match replies::outcome_from(json)? {
        ReadBack::Outcome(outcome) => outcome.into(),
        ReadBack::Raw(plain) => CoreOutcome { json: plain.to_text(), raw: Vec::new(), lossy: false },
    })
}

/// The error of a plain form's text; none when it is the form of none. A facade's own violations become an error so, too.
#[uniffi::export]
#[must_use]
pub fn core_error_from(json: &str) -> Option<CoreProblem> {
    replies::error_from(json).as_ref().map(CoreProblem::from)
}

/// The error of a policy's "no" to an action.
#[uniffi::export]
pub fn core_refused_by_policy(action: &str) -> Result<CoreProblem> {
    Ok(CoreProblem::from(&replies::refused_by_policy(action)?))
}

/// A relay's answer for an outcome or an error in its plain form.
#[uniffi::export]
pub fn core_relay_answer(
    outcome: Option<String>,
    error: Option<String>,
    details: bool,
) -> Result<CoreAnswer> {
    Ok(replies::relay_answer(outcome.as_deref(), error.as_deref(), details)?.into())
}

/// What a relay's route answers before it reads anything, by its rules' JSON (`origins`, `allow_no_origin`); none to go on.
#[uniffi::export]
pub fn core_route_refusal(rules: &str, method: &str, headers: Vec<CoreHeader>) -> Result<Option<CoreAnswer>> {
    let headers = headers.iter().map(|header| (&header.name, &header.value));
    Ok(replies::route_refusal(rules, method, headers)?.map(CoreAnswer::from))
}

/// Whether a change is in effect, by a look-up's plain outcome or error.
#[uniffi::export]
pub fn core_confirmed_by(action: &str, outcome: Option<String>, error: Option<String>) -> Result<String> {
    Ok(replies::confirmed_by(action, outcome.as_deref(), error.as_deref())?.slug().to_owned())
}
