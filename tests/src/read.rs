//! Answers: from status, headers and body to an outcome or an error.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use enrollkit::{
    Details, Error, Json, MAX_RESPONSE_BYTES, Operation, Outcome, Reader, Timestamp, relay as wire,
};

use crate::{body, flag, headers, object, refused, text};

pub(crate) fn read(input: &Json) -> Result<Json, String> {
    Ok(show(&answer(input)?))
}

/// What a back end answers to a relay's client, and what that client reads.
pub(crate) fn relay(input: &Json) -> Result<Json, String> {
    let answer = wire::answer(&answer(input)?, details(input));
    let reader = Reader::relayed(operation(input)?);
    let read = reader.read::<Outcome, &str, &str>(answer.status, [], answer.body.as_bytes());
    as_in_a_page(operation(input)?, None, answer.status, &[], answer.body.as_bytes(), &read)?;
    Ok(object([
        ("status", i64::from(answer.status).into()),
        ("body", answer.body.as_str().into()),
        ("read", show(&read)),
    ]))
}

/// A call that got no answer, or of which nothing was sent.
pub(crate) fn no_response(input: &Json) -> Result<Json, String> {
    let made = if flag(input, "not_sent") { Error::not_sent } else { Error::no_response };
    Ok(show(&Err(made(operation(input)?))))
}

/// What a relay's route answers before it reads anything.
pub(crate) fn route(input: &Json) -> Result<Json, String> {
    Ok(match wire::RouteRules::from_json(text(input, "rules_json")?) {
        Ok(rules) => match rules.refusal(text(input, "method")?, headers(input)) {
            Some(answer) => {
                object([("status", i64::from(answer.status).into()), ("body", answer.body.into())])
            }
            None => object([]),
        },
        Err(invalid) => refused(&invalid),
    })
}

fn operation(input: &Json) -> Result<Operation, String> {
    Operation::from_slug(text(input, "operation")?).ok_or_else(|| "no such operation".into())
}

fn details(input: &Json) -> Details {
    if flag(input, "details") { Details::Included } else { Details::Withheld }
}

fn answer(input: &Json) -> Result<Result<Outcome, Error>, String> {
    let operation = operation(input)?;
    let signed_at = match input.get("signed_at").and_then(Json::as_str) {
        Some(text) => Some(Timestamp::parse(text).map_err(|_| "`signed_at` is no time")?),
        None => None,
    };
    let secrets: Vec<&str> = input
        .get("secrets")
        .and_then(Json::as_array)
        .unwrap_or_default()
        .iter()
        .filter_map(Json::as_str)
        .collect();
    let mut reader = if flag(input, "relayed") {
        Reader::relayed(operation)
    } else {
        Reader::direct(operation, signed_at, &secrets)
    };
    if let Some(account) = input.get("account").and_then(Json::as_str) {
        reader = reader.for_account(account);
    }
    let max =
        number(input, "max_response_bytes").map(usize::try_from).transpose().map_err(|_| "bad limit")?;
    if let Some(max) = max {
        reader = reader.max_response_bytes(max);
    }
    let status = number(input, "status").and_then(|status| u16::try_from(status).ok()).ok_or("no status")?;
    let (headers, body) = (headers(input), body(input)?);
    let read = reader.read(status, headers.iter().copied(), &body);
    if flag(input, "relayed") && signed_at.is_none() && secrets.is_empty() {
        as_in_a_page(operation, max, status, &headers, &body, &read)?;
    }
    Ok(read)
}

/// Without the outcomes' own types, a page reads the same.
fn as_in_a_page(
    operation: Operation,
    max: Option<usize>,
    status: u16,
    headers: &[(&str, &str)],
    body: &[u8],
    read: &Result<Outcome, Error>,
) -> Result<(), String> {
    let max = max.unwrap_or(MAX_RESPONSE_BYTES);
    let text = String::from_utf8_lossy(body);
    let text = (body.len() <= max).then_some(&*text);
    let plain = wire::read_plain(operation, status, headers.iter().copied(), text);
    let same = match (&plain, read) {
        (Ok(plain), Ok(outcome)) => plain.to_text() == outcome.to_json(Details::Included).to_text(),
        (Err(plain), Err(error)) => show(&Err(plain.clone())) == show(&Err(error.clone())),
        _ => false,
    };
    if same { Ok(()) } else { Err("a page reads another answer".into()) }
}

fn number(input: &Json, key: &str) -> Option<i64> {
    input.get(key)?.as_number()?.as_i64()
}

fn show(result: &Result<Outcome, Error>) -> Json {
    let raw = |bytes: &[u8]| Json::from(String::from_utf8_lossy(bytes).into_owned());
    match result {
        Ok(outcome) => object([
            ("outcome", outcome.to_json(Details::Included)),
            ("raw", raw(outcome.raw().bytes())),
            ("lossy", outcome.raw().is_lossy().into()),
        ]),
        Err(error) => object([
            ("error", error.to_json_with(Details::Included)),
            ("plain", error.to_json()),
            ("text", error.to_string().into()),
            ("raw", raw(error.raw())),
        ]),
    }
}
