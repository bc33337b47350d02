//! Whole requests: from a client's options and an intent to method, address, headers and body.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use enrollkit::smile_id::{self, RawAuth, RawHost};
use enrollkit::unifyia;
use enrollkit::{
    Call, Intent, InvalidInput, Json, Method, Path, Query, ReadOutcome, SmileId, SmileIdRelay, Timestamp,
    Unifyia, UnifyiaRelay,
};

use crate::{object, refused, rules, text, time};

pub(crate) fn call(input: &Json) -> Result<Json, String> {
    let built = match text(input, "service")? {
        "smile_id" => smile_id_call(input)?,
        "unifyia" => unifyia_call(input)?,
        other => return Err(format!("no such service: {other}")),
    };
    Ok(built.unwrap_or_else(|invalid| refused(&invalid)))
}

fn smile_id_call(input: &Json) -> Result<Result<Json, InvalidInput>, String> {
    let now = time(input, "now")?;
    if let Some(url) = input.get("relay").and_then(Json::as_str) {
        let client = SmileIdRelay::new(url);
        return Ok(client.and_then(|client| client.call(&intent(input)?)).map(|call| request(&call)));
    }
    let client = match input.get("pair_json").and_then(Json::as_str) {
        Some(pair) => {
            SmileId::from_json_with_pair(text(input, "options_json")?, pair, time(input, "received_at")?)
        }
        None => SmileId::from_json(text(input, "options_json")?, text(input, "api_key")?),
    };
    let raw = input.get("raw").map(smile_id_raw).transpose()?;
    Ok(client.and_then(|client| match raw {
        Some(raw) => client.raw(&raw?, now).map(|call| request(&call)),
        None => intent(input).and_then(|intent| client.call(&intent, now)).map(|call| request(&call)),
    }))
}

fn unifyia_call(input: &Json) -> Result<Result<Json, InvalidInput>, String> {
    if let Some(url) = input.get("relay").and_then(Json::as_str) {
        let client = UnifyiaRelay::new(url);
        return Ok(client.and_then(|client| client.call(&intent(input)?)).map(|call| request(&call)));
    }
    let client = Unifyia::from_json(text(input, "options_json")?, input.get("token").and_then(Json::as_str));
    let raw = input.get("raw").map(unifyia_raw).transpose()?;
    Ok(client.and_then(|client| match raw {
        Some(raw) => client.raw(&raw?).map(|call| request(&call)),
        None => intent(input).and_then(|intent| client.call(&intent)).map(|call| request(&call)),
    }))
}

fn intent(input: &Json) -> Result<Intent, InvalidInput> {
    Intent::from_json_with(input.get("intent_json").and_then(Json::as_str).unwrap_or_default(), rules(input))
}

/// `Err` outside: the case is wrong; inside: the path or body is refused.
fn smile_id_raw(raw: &Json) -> Result<Result<smile_id::RawRequest, InvalidInput>, String> {
    let host = RawHost::from_slug(text(raw, "host")?).ok_or("no such host")?;
    let method = Method::from_slug(text(raw, "method")?).ok_or("no such method")?;
    let auth = RawAuth::from_slug(text(raw, "auth")?).ok_or("no such auth")?;
    let body = raw_body(raw)?;
    let query = raw_query(raw)?;
    Ok(raw_path(raw)?
        .and_then(|path| Ok(smile_id::RawRequest { host, method, path, query: query?, auth, body })))
}

fn unifyia_raw(raw: &Json) -> Result<Result<unifyia::RawRequest, InvalidInput>, String> {
    let method = Method::from_slug(text(raw, "method")?).ok_or("no such method")?;
    let headers = crate::headers(raw).into_iter().map(|(name, value)| (name.into(), value.into())).collect();
    let body = raw_body(raw)?;
    let query = raw_query(raw)?;
    Ok(raw_path(raw)?.and_then(|path| Ok(unifyia::RawRequest { method, path, query: query?, headers, body })))
}

fn raw_path(raw: &Json) -> Result<Result<Path, InvalidInput>, String> {
    match raw.get("path_steps").and_then(Json::as_array) {
        Some(steps) => Ok(Path::of(&steps.iter().filter_map(Json::as_str).collect::<Vec<_>>())),
        None => Ok(Path::parse(text(raw, "path")?)),
    }
}

/// Pairs of names and values.
fn raw_query(raw: &Json) -> Result<Result<Query, InvalidInput>, String> {
    let pairs = raw.get("query").and_then(Json::as_array).unwrap_or_default();
    let text = |pair: &Json, place: usize| pair.as_array()?.get(place)?.as_str().map(String::from);
    let pairs: Vec<(String, String)> = pairs
        .iter()
        .map(|pair| text(pair, 0).zip(text(pair, 1)).ok_or("a query is pairs of texts"))
        .collect::<Result<_, _>>()?;
    Ok(Query::of(&pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect::<Vec<_>>()))
}

fn raw_body(raw: &Json) -> Result<Option<enrollkit::json::Object>, String> {
    let Some(text) = raw.get("body_json").and_then(Json::as_str) else { return Ok(None) };
    let body = Json::parse(text).map_err(|_| "`body_json` is not JSON")?;
    body.as_object().cloned().map(Some).ok_or_else(|| "`body_json` is no object".into())
}

fn request<T: ReadOutcome>(call: &Call<T>) -> Json {
    let headers: Vec<Json> = call
        .headers()
        .iter()
        .map(|header| Json::Array([header.name().into(), header.value().into()].into()))
        .collect();
    object([
        ("operation", call.operation().slug().into()),
        ("method", call.method().slug().into()),
        ("url", call.url().into()),
        ("headers", headers.into()),
        ("body", call.body().into()),
        ("signed_at", crate::optional(call.reader().signed_at().map(Timestamp::to_text).as_deref())),
    ])
}
