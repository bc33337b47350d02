//! Every scenario of `tests/scenarios`, over real HTTP against a sandbox of its own.
//!
//! The form is described in `../schema/scenarios.schema.json`; this is the runner that those of the other languages
//! follow.

use std::time::Duration;

use enrollkit::json::Object;
use enrollkit::smile_id::{self, RawAuth, RawHost};
use enrollkit::{
    Call, Details, Error, Intent, Json, Method, Outcome, Path, RawReply, SignUpRules, SmileId, Unifyia,
};
use enrollkit_sandbox::{Config, DEFAULT_PRODUCTION_KEY, DEFAULT_SANDBOX_KEY};
use enrollkit_tests::difference;

use crate::http::{PATIENCE, send_within};
use crate::lab::{Lab, now, now_plus, object};
use crate::vectors::{files, follow_schema};

#[test]
fn every_scenario_holds() {
    // Each has a sandbox of its own, and the slow ones mostly wait.
    let failures: Vec<String> = std::thread::scope(|scope| {
        let running: Vec<_> = files("scenarios")
            .into_iter()
            .map(|(path, text)| {
                let name = path.file_name().unwrap().to_string_lossy().into_owned();
                scope.spawn(move || {
                    play(&Json::parse(&text).unwrap()).map_err(|wrong| format!("{name}, {wrong}"))
                })
            })
            .collect();
        running.into_iter().filter_map(|it| it.join().expect("a panic above").err()).collect()
    });
    assert!(failures.is_empty(), "{} scenarios fail:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn scenarios_follow_their_schema() {
    follow_schema("scenarios", include_str!("../schema/scenarios.schema.json"));
}

#[test]
fn a_wrong_expectation_is_found() {
    let scenario = |expect: &str| {
        let text = r#"{"sandbox":{"users":["u"]},"clients":{"ops":{"service":"smile_id","api_key":"$sandbox_key",
            "options":{"partner_id":"085","environment":"sandbox","operator":"o@bank.example","base_url":"$sandbox"}}},
            "steps":[{"client":"ops","intent":{"action":"smile_id.deactivate","user_id":"u"},STEP}]}"#;
        play(&Json::parse(&text.replace("STEP", expect)).unwrap())
    };
    assert_eq!(scenario(r#""expect":{"outcome":{"acknowledgement":"stated"}}"#), Ok(()));
    for wrong in [
        r#""expect":{"outcome":{"acknowledgement":"unstated"}}"#,
        r#""expect":{"error":{"code":"api_error"}}"#,
        r#""expect":{"violations":[{"code":"required"}]}"#,
        r#""expect":{"outcome":{},"raw_contains":"not there"}"#,
        r#""expect":{"outcome":{},"clock_skew_seconds":{"from":0,"to":9}}"#,
        r#""expect":{"outcome":{}},"requests_at_sandbox":{"user_id":"u","total":2,"processed":1}"#,
        r#""expect":{"outcome":{}},"requests_at_sandbox":{"user_id":"u","total":1,"processed":0}"#,
        r#""expect":{"outcome":{}},"redirected_calls":1"#,
        r#""expect":{"outcome":{}},"sign_ups_at_sandbox":[{"name":"u"}]"#,
    ] {
        assert!(scenario(wrong).is_err(), "{wrong}");
    }
}

/// One run of a scenario; the error says at which step what differs.
fn play(scenario: &Json) -> Result<(), String> {
    let lab = Lab::new(config(scenario.get("sandbox")));
    let clients = scenario.get("clients").unwrap();
    for (place, step) in scenario.get("steps").and_then(Json::as_array).unwrap().iter().enumerate() {
        let comment = text(step, "comment").unwrap_or_default();
        let result = take(step, clients, &lab).and_then(|()| after(step, &lab));
        result.map_err(|wrong| format!("step {place} ({comment}){wrong}"))?;
    }
    Ok(())
}

fn config(settings: Option<&Json>) -> Config {
    let mut config = Config { keep_bodies: true, ..Config::default() };
    for (key, value) in settings.and_then(Json::as_object).map(Object::iter).into_iter().flatten() {
        match key {
            "users" => config.users = texts(value),
            "organizations" => config.organizations = texts(value),
            "unifyia_token" => config.unifyia_token = value.as_str().map(Into::into),
            "unifyia_auth_header" => config.unifyia_auth_header = value.as_str().unwrap().into(),
            "unifyia_wrapped" => config.unifyia_wrapped = value.as_bool().unwrap(),
            _ => panic!("no such setting: {key}"),
        }
    }
    config
}

/// What a step does, and what must come of it.
fn take(step: &Json, clients: &Json, lab: &Lab) -> Result<(), String> {
    if let Some(fault) = step.get("fault") {
        lab.control("POST", "/faults", &fault.to_text());
    }
    if let Some(offset) = step.get("clock_offset_seconds") {
        lab.control("POST", "/clock", &object([("offset_seconds", offset.clone())]).to_text());
    }
    let expected = step.get("expect").and_then(Json::as_object).unwrap();
    let actual = match step.get("job") {
        Some(job) => object([("job", lab.control("POST", "/jobs", &job.to_text()))]),
        None => show(&act(step, clients, lab)),
    };
    let mut plain = expected.clone();
    if let Some(part) = plain.remove("raw_contains") {
        let raw = text(&actual, "raw").unwrap_or_default();
        if !raw.contains(part.as_str().unwrap()) {
            return Err(format!("/raw: {} is not in {raw}", part.to_text()));
        }
    }
    if let Some(range) = plain.remove("clock_skew_seconds") {
        let skew = actual.get("error").and_then(|error| number(error, "clock_skew_seconds"));
        let (from, to) = (number(&range, "from").unwrap(), number(&range, "to").unwrap());
        if !skew.is_some_and(|skew| (from..=to).contains(&skew)) {
            return Err(format!("/error/clock_skew_seconds: {skew:?} is not in {from}..={to}"));
        }
    }
    difference(&plain.into(), &actual)
        .map_or(Ok(()), |different| Err(format!("{different}\n  of {}", actual.to_text())))
}

/// What the sandbox saw.
fn after(step: &Json, lab: &Lab) -> Result<(), String> {
    let mut checks = Vec::new();
    if let Some(expected) = step.get("requests_at_sandbox") {
        let requests = lab.requests(text(expected, "user_id").unwrap());
        let processed =
            requests.iter().filter(|it| it.get("processed").and_then(Json::as_bool) == Some(true));
        let mut seen = expected.as_object().unwrap().clone();
        seen.insert("processed", count(processed.count()));
        seen.insert("total", count(requests.len()));
        checks.push((expected, seen.into()));
    }
    if let Some(expected) = step.get("redirected_calls") {
        checks.push((expected, lab.control("GET", "/faults", "").get("redirected_calls").unwrap().clone()));
    }
    if let Some(expected) = step.get("sign_ups_at_sandbox") {
        checks.push((expected, lab.list("/sign_ups", "sign_ups").into()));
    }
    let differs = |(expected, seen): &(&Json, Json)| difference(expected, seen);
    checks.iter().find_map(differs).map_or(Ok(()), |different| Err(format!(", at the sandbox{different}")))
}

/// Makes the client, then the call, and sends it: each may be refused.
fn act(step: &Json, clients: &Json, lab: &Lab) -> Result<Outcome, Error> {
    let client = clients.get(text(step, "client").unwrap()).expect("a client of the scenario");
    let now = now();
    let patience = number(step, "timeout_milliseconds");
    let patience = patience.map_or(PATIENCE, |millis| Duration::from_millis(millis.try_into().unwrap()));
    if text(client, "service") == Some("unifyia") {
        let options = fill(client.get("options").unwrap(), lab);
        let unifyia = Unifyia::from_json(&options.to_text(), text(client, "token"))?;
        return perform(&unifyia.call(&intent(step)?)?, patience);
    }
    let smile = smile_id(client, clients, lab)?;
    match step.get("raw") {
        Some(raw) => send_raw(&smile.raw(&raw_request(raw)?, now)?, patience),
        None => perform(&smile.call(&intent(step)?, now)?, patience),
    }
}

fn smile_id(client: &Json, clients: &Json, lab: &Lab) -> Result<SmileId, Error> {
    let options = fill(client.get("options").unwrap(), lab).to_text();
    if let Some(signer) = text(client, "pair_from") {
        let signed_at = now_plus(number(client, "signed_offset_seconds").unwrap_or(0));
        let pair = smile_id(clients.get(signer).unwrap(), clients, lab)?.sign(signed_at)?;
        return Ok(SmileId::from_json_with_pair(&options, &pair.to_json().to_text(), signed_at)?);
    }
    let key = placeholder(text(client, "api_key").unwrap(), lab);
    Ok(SmileId::from_json(&options, &key)?)
}

fn intent(step: &Json) -> Result<Intent, Error> {
    let text = match step.get("intent") {
        Some(intent) => intent.to_text(),
        None => text(step, "intent_json").unwrap().to_owned(),
    };
    let rules = SignUpRules::default();
    let self_service = step.get("self_service").and_then(Json::as_bool) == Some(true);
    Ok(Intent::from_json_with(&text, if self_service { rules.self_service() } else { rules })?)
}

fn raw_request(raw: &Json) -> Result<smile_id::RawRequest, Error> {
    Ok(smile_id::RawRequest {
        host: RawHost::from_slug(text(raw, "host").unwrap()).unwrap(),
        method: Method::from_slug(text(raw, "method").unwrap()).unwrap(),
        path: Path::parse(text(raw, "path").unwrap())?,
        query: enrollkit::Query::default(),
        auth: RawAuth::from_slug(text(raw, "auth").unwrap()).unwrap(),
        body: raw.get("body").and_then(Json::as_object).cloned(),
    })
}

fn perform(call: &Call, patience: Duration) -> Result<Outcome, Error> {
    let result = send_within(call, patience);
    shows_no_secret(call, &result);
    result
}

fn send_raw(call: &Call<RawReply>, patience: Duration) -> Result<Outcome, Error> {
    let result = send_within(call, patience).map(Outcome::Raw);
    shows_no_secret(call, &result);
    result
}

/// Of every step: what came back, in any form, repeats nothing that the call was authorized with.
fn shows_no_secret<T: enrollkit::ReadOutcome>(call: &Call<T>, result: &Result<Outcome, Error>) {
    let shown = format!("{}{result:?}", show(result).to_text());
    for secret in call.reader().secrets() {
        assert!(!shown.contains(secret), "the answer to {call:?} shows what it was signed with");
    }
}

/// A result as plain data, as every language's runner compares it.
fn show(result: &Result<Outcome, Error>) -> Json {
    let raw = |bytes: &[u8]| Json::from(String::from_utf8_lossy(bytes).into_owned());
    match result {
        Ok(outcome) => {
            object([("outcome", outcome.to_json(Details::Included)), ("raw", raw(outcome.raw().bytes()))])
        }
        Err(Error::InvalidInput(_)) => {
            let json = result.as_ref().map_err(Error::to_json).err().unwrap();
            object([("violations", json.get("violations").unwrap().clone())])
        }
        Err(error) => object([
            ("error", error.to_json_with(enrollkit::Details::Included)),
            ("text", error.to_string().into()),
            ("raw", raw(error.raw())),
        ]),
    }
}

/// A client's options, with the placeholders replaced.
fn fill(options: &Json, lab: &Lab) -> Json {
    let mut filled = Object::new();
    for (key, value) in options.as_object().unwrap().iter() {
        filled.insert(key, value.as_str().map_or(value.clone(), |text| placeholder(text, lab).into()));
    }
    filled.into()
}

fn placeholder(text: &str, lab: &Lab) -> String {
    text.replace("$sandbox_key", DEFAULT_SANDBOX_KEY)
        .replace("$production_key", DEFAULT_PRODUCTION_KEY)
        .replace("$sandbox", lab.url())
}

fn text<'a>(json: &'a Json, key: &str) -> Option<&'a str> {
    json.get(key).and_then(Json::as_str)
}

fn texts(json: &Json) -> Vec<String> {
    json.as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect()
}

fn number(json: &Json, key: &str) -> Option<i64> {
    json.get(key)?.as_number()?.as_i64()
}

fn count(count: usize) -> Json {
    i64::try_from(count).unwrap().into()
}
