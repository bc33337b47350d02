//! No secret and no personal data in anything that is formatted: every public type, and the sandbox's log.
//!
//! Shown on purpose: partner ids, names of organizations, and the paths of violations, which are the caller's own keys.

use std::fs;
use std::path::Path;

use enrollkit::json::Writer;
use enrollkit::smile_id::{RawAuth, RawHost, RawRequest, Verifier, signature};
use enrollkit::{
    ApiError, ApiKey, BaseUrl, Call, Details, Environment, Error, Intent, Json, Method, Operation, Operator,
    OrganizationName, Outcome, PartnerId, Reader, RelayUrl, SignUpRules, SmileId, SmileIdActions,
    SmileIdRelay, Timestamp, Token, Unifyia, UnifyiaActions, UnifyiaRelay, User, UserId, ViolationCode,
    relay, unifyia,
};
use enrollkit_sandbox::Config;

use crate::canaries::{
    ANSWER, BIOMETRICS, Canaries, DOCUMENT, HEADER, KEY, NAME, OPERATOR, REFUSED, Shown, TOKEN, USER_ID,
};
use crate::http::send;
use crate::lab::{Lab, now};

/// Everything that one test seeds and shows.
struct Exhibition {
    shown: Shown,
    /// Texts that show a person's data on purpose.
    previews: Vec<String>,
    signatures: Vec<String>,
}

impl Exhibition {
    fn call<T: enrollkit::ReadOutcome>(&mut self, call: &Call<T>) {
        self.signatures.extend(call.reader().secrets().map(str::to_owned));
        self.shown.debug(call);
        self.shown.debug(call.reader());
        self.shown.debug(&call.headers());
        call.headers().iter().for_each(|header| self.shown.debug(header));
        self.error(&call.no_response());
        self.shown.debug(&call.preview());
        self.previews.push(call.preview().to_string());
    }

    fn error(&mut self, error: &Error) {
        self.shown.both(error);
        match error {
            Error::InvalidInput(error) => {
                self.shown.both(error);
                error.violations().iter().for_each(|violation| self.shown.debug(violation));
            }
            Error::Api(error) => self.shown.both(error),
            Error::Unreadable(error) => self.shown.both(error),
            Error::NoResponse(error) => self.shown.both(error),
            Error::SignatureRefused(error) => self.shown.both(error),
            other => panic!("a kind of error that nobody shows: {other}"),
        }
    }
}

fn time() -> Timestamp {
    Timestamp::parse("2026-11-22T10:00:00.000Z").unwrap()
}

fn exhibition() -> Exhibition {
    let mut all = Exhibition { shown: Shown::default(), previews: Vec::new(), signatures: Vec::new() };
    values(&mut all.shown);
    smile_id_side(&mut all);
    catalogue_side(&mut all);
    unifyia_side(&mut all);
    answers(&mut all);
    refusals(&mut all);
    deliveries(&mut all);
    all
}

fn values(shown: &mut Shown) {
    shown.debug(&ApiKey::parse(KEY).unwrap());
    shown.debug(&Token::parse(TOKEN).unwrap());
    shown.debug(&UserId::parse(USER_ID).unwrap());
    shown.debug(&Operator::parse(OPERATOR).unwrap());
    shown.debug(&PartnerId::parse("085").unwrap());
    shown.debug(&OrganizationName::parse("Acme").unwrap());
    shown.debug(&BaseUrl::parse("https://gateway.example/smile").unwrap());
    shown.debug(&RelayUrl::parse("/api/smile").unwrap());
    shown.debug(&enrollkit::Path::parse("/v2/block-user").unwrap());
    shown.debug(&enrollkit::Query::of(&[("user", USER_ID)]).unwrap());
    shown.debug(&enrollkit::relay::RouteRules::new(&["https://app.bank.example"]).unwrap());
    shown.both(&time());
    shown.debug(&SignUpRules::default());
    shown.debug(&Details::Included);
    shown.debug(&unifyia::FIELDS[0]);
    shown.debug(&unifyia::FieldKind::Text);
    let json = Json::parse(&format!(r#"[{{"{NAME}":"{NAME}"}},"{NAME}",20261122]"#)).unwrap();
    shown.debug(&json);
    for value in json.as_array().unwrap() {
        shown.debug(value);
    }
    shown.debug(json.as_array().unwrap()[0].as_object().unwrap());
    shown.debug(json.as_array().unwrap()[2].as_number().unwrap());
}

fn smile_id_side(all: &mut Exhibition) {
    let builder =
        SmileId::new(PartnerId::parse("085").unwrap(), Environment::Sandbox).operator(OPERATOR).unwrap();
    let with_key = builder.clone().api_key(&ApiKey::parse(KEY).unwrap());
    let pair = with_key.sign(time()).unwrap();
    all.signatures.push(pair.signature().to_owned());
    let with_pair = builder.clone().pair(pair.clone(), time()).unwrap();
    let relayed = SmileIdRelay::new("/api/smile").unwrap();
    all.shown.debug(&builder);
    all.shown.debug(&pair);
    let user = || UserId::parse(USER_ID).unwrap();
    let intents = [
        Intent::re_enroll(user()),
        Intent::deactivate(user()),
        Intent::reactivate(user()),
        Intent::flag_fraud(user()),
        Intent::clear_fraud(user()),
        Intent::delete_permanently(user(), USER_ID).unwrap(),
        Intent::enrollee_info(user()),
    ];
    all.shown.debug(&with_key);
    all.shown.debug(&with_pair);
    all.shown.debug(&relayed);
    smile_id_calls(all, &with_key, &intents);
    smile_id_calls(all, &with_pair, &intents);
    smile_id_calls(all, &relayed, &intents);
    for intent in &intents {
        let preview = builder.preview(intent, time()).unwrap();
        all.shown.debug(&preview);
        all.previews.push(preview.to_string());
    }
    for auth in [RawAuth::Body, RawAuth::Headers] {
        let raw = RawRequest {
            host: RawHost::Api,
            method: Method::Post,
            path: enrollkit::Path::parse("/v2/block-user").unwrap(),
            query: enrollkit::Query::default(),
            auth,
            body: Json::parse(&format!(r#"{{"user_id":"{USER_ID}"}}"#)).unwrap().as_object().cloned(),
        };
        all.shown.debug(&raw);
        for client in [&with_key, &with_pair] {
            all.call(&client.raw(&raw, time()).unwrap());
        }
    }
}

/// What the tables say holds nothing of anybody's.
fn catalogue_side(all: &mut Exhibition) {
    use enrollkit::catalogue::{OPERATIONS, OPTIONS, OUTCOMES};
    for row in OPERATIONS {
        all.shown.debug(row);
        for key in row.keys {
            all.shown.debug(key);
            all.shown.debug(&key.kind);
        }
    }
    for outcome in OUTCOMES {
        all.shown.debug(outcome);
        for field in outcome.fields {
            all.shown.debug(field);
            all.shown.debug(&field.kind);
        }
    }
    for option in OPTIONS.iter().flat_map(|(_, options)| *options) {
        all.shown.debug(option);
        all.shown.debug(&option.kind);
    }
}

fn smile_id_calls(all: &mut Exhibition, client: &impl SmileIdActions, intents: &[Intent]) {
    for intent in intents {
        all.shown.debug(intent);
        all.call(&client.call(intent, time()).unwrap());
    }
    let user = UserId::parse(USER_ID).unwrap();
    all.call(&client.re_enroll(&user, time()).unwrap());
    all.call(&client.enrollee_info(&user, time()).unwrap());
}

fn user_object() -> User {
    let text = format!(
        r#"{{"name":"{NAME}","organisationName":"Acme","email":"{OPERATOR}","userAppearance":{{}},"userAttribute":{{"a":"{NAME}"}},
        "userAddress":{{}},"userBiometrics":[{{"data":"{BIOMETRICS}"}}],"userIDProofDocuments":{{"d":"{DOCUMENT}"}},
        "userEnrollmentHistoryList":[]}}"#
    );
    User::from_json(&text).unwrap()
}

/// A user as a host with objects writes one.
fn written_user() -> Writer {
    let mut user = Writer::with_room(64);
    user.begin_object();
    user.key("name");
    user.string(NAME);
    user.end();
    user
}

fn unifyia_side(all: &mut Exhibition) {
    let direct = Unifyia::new(BaseUrl::parse("https://id.bank.example").unwrap()).with_token(TOKEN).unwrap();
    let user = user_object();
    let intent = Intent::sign_up(user.clone(), None, SignUpRules::default()).unwrap();
    all.shown.debug(&user);
    all.shown.debug(&written_user());
    all.shown.debug(&intent);
    let relayed = UnifyiaRelay::new("/api/unifyia").unwrap();
    all.shown.debug(&direct);
    all.shown.debug(&relayed);
    unifyia_calls(all, &direct, &intent, &user);
    unifyia_calls(all, &relayed, &intent, &user);
    let raw = unifyia::RawRequest {
        method: Method::Post,
        path: enrollkit::Path::parse("/groups").unwrap(),
        query: enrollkit::Query::default(),
        headers: vec![("loggedInUser".to_owned(), HEADER.to_owned())],
        body: Json::parse(&format!(r#"{{"a":"{NAME}"}}"#)).unwrap().as_object().cloned(),
    };
    all.shown.debug(&raw);
    all.call(&direct.raw(&raw).unwrap());
    all.previews.push(direct.preview(&intent).unwrap().to_string());
}

fn unifyia_calls(all: &mut Exhibition, client: &impl UnifyiaActions, intent: &Intent, user: &User) {
    all.call(&client.call(intent).unwrap());
    all.call(&client.sign_up(user, None).unwrap());
    all.call(&client.branding(&OrganizationName::parse("Acme").unwrap()).unwrap());
}

/// Every kind of answer, with canaries wherever a service could write.
fn answers(all: &mut Exhibition) {
    let look_up = format!(
        r#"{{"enrolled_user":{{"deleted":false}},"history":[{{"created_at":"{DOCUMENT}","job_id":"{DOCUMENT}","result_code":"{DOCUMENT}",
        "result_message":"{DOCUMENT}","partner_params":{{"job_id":"{DOCUMENT}","user_id":"{USER_ID}","job_type":"{DOCUMENT}"}},
        "id_check":{{"name":"{NAME}","photo":"{BIOMETRICS}","full_data":{{"a":"{DOCUMENT}"}}}}}}],"more":"{ANSWER}"}}"#
    );
    let refusal = format!(r#"{{"error":"{ANSWER}","code":"{ANSWER}","message":"{ANSWER}"}}"#);
    let bodies = [
        look_up,
        refusal,
        format!(r#"{{"message":"{ANSWER}","signature":"{USER_ID}"}}"#),
        format!("<html>{ANSWER}</html>"),
        format!(r#"{}"{ANSWER}"#, "[".repeat(200)),
        format!(r#"{{"id":1,"name":"{NAME}"}}"#),
    ];
    let headers = [("Date", HEADER), ("Retry-After", HEADER), ("X-More", HEADER)];
    for &operation in Operation::ALL {
        for reader in [Reader::direct(operation, Some(time()), &[TOKEN]), Reader::relayed(operation)] {
            for (status, body) in
                [200, 400, 401, 500].iter().flat_map(|status| bodies.iter().map(move |body| (status, body)))
            {
                for reader in [reader.clone(), reader.clone().max_response_bytes(3)] {
                    let result = reader.read::<Outcome, _, _>(*status, headers, body.as_bytes());
                    all.shown.debug(&relay::answer(&result, Details::Included));
                    match &result {
                        Ok(outcome) => outcome_parts(&mut all.shown, outcome),
                        Err(error) => all.error(error),
                    }
                }
            }
        }
    }
    all.error(&ApiError::refused_by_policy(Operation::SmileIdReEnroll).into());
}

fn outcome_parts(shown: &mut Shown, outcome: &Outcome) {
    shown.debug(outcome);
    shown.debug(outcome.raw());
    match outcome {
        Outcome::Acknowledged(outcome) => shown.debug(outcome),
        Outcome::EnrolleeInfo(outcome) => {
            shown.debug(outcome);
            outcome.enrolled_user().into_iter().for_each(|user| shown.debug(user));
            for entry in outcome.history() {
                shown.debug(entry);
                shown.debug(&entry.partner_params);
                entry.id_check.iter().for_each(|check| shown.debug(check));
            }
        }
        Outcome::SignedUp(outcome) => shown.debug(outcome),
        Outcome::Branding(outcome) => shown.debug(outcome),
        Outcome::Raw(outcome) => shown.debug(outcome),
        other => panic!("an outcome that nobody shows: {}", other.operation()),
    }
}

/// What was refused is named, never repeated.
fn refusals(all: &mut Exhibition) {
    let options = format!(
        r#"{{"partner_id":"{REFUSED}","environment":"{REFUSED}","operator":"{REFUSED}","base_url":"https://{REFUSED}@host"}}"#
    );
    let pair = format!(
        r#"{{"partner_id":"{REFUSED}","environment":"{REFUSED}","timestamp":"{REFUSED}","signature":"{REFUSED}","expires_in":"{REFUSED}"}}"#
    );
    let user = format!(
        r#"{{"name":["{REFUSED}"],"organisationName":"{REFUSED}/..","email":"{REFUSED}","status":"{REFUSED}","lastModifiedDate":"{REFUSED}"}}"#
    );
    let unifyia_options = format!(
        r#"{{"base_url":"ftp://{REFUSED}","auth_header":"{REFUSED}:","path_spelling":"{REFUSED}","wrapping":"{REFUSED}"}}"#
    );
    let refused = [
        ApiKey::parse(&format!("{REFUSED}\n")).map(drop),
        Token::parse(&format!("{REFUSED} ")).map(drop),
        UserId::parse(&format!("{REFUSED}\u{7}")).map(drop),
        Operator::parse(REFUSED).map(drop),
        PartnerId::parse(REFUSED).map(drop),
        OrganizationName::parse(&format!("{REFUSED}/../x")).map(drop),
        BaseUrl::parse(&format!("https://user:{REFUSED}@host.example")).map(drop),
        BaseUrl::parse(&format!("http://{REFUSED}.example")).map(drop),
        RelayUrl::parse(&format!("/{REFUSED}?x")).map(drop),
        enrollkit::Path::parse(&format!("/{REFUSED}/..")).map(drop),
        Timestamp::parse(REFUSED).map(drop),
        Json::parse(&format!(r#"["{REFUSED}""#)).map(drop),
        SmileId::from_json(&options, &format!(" {REFUSED}")).map(drop),
        SmileId::from_json_with_pair(&options, &pair, time()).map(drop),
        Unifyia::from_json(&unifyia_options, Some(&format!("{REFUSED} "))).map(drop),
        Intent::from_json(&format!(r#"{{"action":"{REFUSED}"}}"#)).map(drop),
        Intent::from_json(&format!(
            r#"{{"action":"unifyia.sign_up","user":{user},"organization":"{REFUSED}"}}"#
        ))
        .map(drop),
        Intent::delete_permanently(UserId::parse(USER_ID).unwrap(), REFUSED).map(drop),
        Intent::from_bytes(format!("{REFUSED}\u{0}").as_bytes()).map(drop),
    ];
    for (place, refused) in refused.into_iter().enumerate() {
        let invalid = refused.expect_err(&format!("refusal {place} was taken"));
        all.error(&invalid.into());
    }
}

fn deliveries(all: &mut Exhibition) {
    let verifier = Verifier::new(PartnerId::parse("085").unwrap(), &[ApiKey::parse(KEY).unwrap()]).unwrap();
    all.shown.debug(&verifier);
    let sent = time().to_text();
    for key in [KEY, "another-key"] {
        let signature = signature(key, &sent, "085");
        let headers = [
            ("Response-Timestamp", sent.as_str()),
            ("Response-Signature", &signature),
            ("Job-ID", DOCUMENT),
            ("User-ID", USER_ID),
        ];
        match verifier.webhook(headers, ANSWER.as_bytes(), time()) {
            Ok(message) => all.shown.debug(&message),
            Err(refused) => all.error(&refused.into()),
        }
        all.signatures.push(signature);
    }
}

#[test]
fn nothing_that_is_formatted_shows_a_secret_or_a_person() {
    let all = exhibition();
    let mut canaries = Canaries::all();
    canaries.add(all.signatures.iter().map(String::as_str));
    let leaks = all.shown.leaks(&canaries);
    assert!(leaks.is_empty(), "{}", leaks.join("\n\n"));
}

#[test]
fn a_preview_shows_the_person_but_not_what_it_was_signed_with() {
    let all = exhibition();
    let mut credentials = Canaries::credentials();
    credentials.add(all.signatures.iter().map(String::as_str));
    assert!(all.signatures.len() > 20 && all.previews.len() > 20);
    for preview in &all.previews {
        assert!(credentials.leaked_by(preview).is_empty(), "{preview}");
    }
    let people = all.previews.iter().filter(|preview| !Canaries::all().leaked_by(preview).is_empty());
    assert!(people.count() > 20, "a preview is there to be read");
}

/// The types that the core declares, read from its sources, so that a new one can't be forgotten here.
#[test]
fn every_public_type_was_shown() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../core/src");
    let mut declared = Vec::new();
    types_of(&source, "", &mut declared);
    assert!(declared.len() > 35, "only {declared:?}");
    let shown = exhibition().shown.types;
    // `Reply` is what readers get from the reader's own machinery; it is public in name only and formats as nothing.
    let missing: Vec<_> =
        declared.iter().filter(|name| !shown.contains(*name) && *name != "reply::answer::Reply").collect();
    assert!(missing.is_empty(), "never shown: {missing:?}");
}

/// `pub struct` and `pub enum` at the left margin; what stands in a `slugs!` block holds nothing but its word.
fn types_of(folder: &Path, module: &str, declared: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let stem = path.file_stem().unwrap().to_str().unwrap();
        let inner =
            if matches!(stem, "mod" | "lib") { module.to_owned() } else { format!("{module}{stem}::") };
        if path.is_dir() {
            types_of(&path, &inner, declared);
            continue;
        }
        for line in fs::read_to_string(&path).unwrap().lines() {
            // One step in: what a record's declaration is made of.
            let named = line.strip_prefix("    pub struct ").filter(|rest| !rest.starts_with('$'));
            let rest = line.strip_prefix("pub struct ").or(line.strip_prefix("pub enum ")).or(named);
            let end = |rest: &str| rest.find(|letter: char| !letter.is_alphanumeric()).unwrap_or(rest.len());
            declared.extend(rest.map(|rest| format!("{inner}{}", &rest[..end(rest)])));
        }
    }
}

#[test]
fn the_sandboxs_log_shows_no_one() {
    let lab = Lab::new(Config {
        users: vec![USER_ID.to_owned()],
        sandbox_key: KEY.to_owned(),
        unifyia_token: Some(TOKEN.to_owned()),
        ..Config::default()
    });
    let mut canaries = Canaries::all();
    canaries.add([lab.control_token()]);
    let smile = lab.smile_builder().operator(OPERATOR).unwrap().api_key(&ApiKey::parse(KEY).unwrap());
    let base = BaseUrl::parse(lab.url()).unwrap();
    let unifyia = Unifyia::new(base).with_token(TOKEN).unwrap();
    let user = UserId::parse(USER_ID).unwrap();
    let sign_up = unifyia.sign_up(&user_object(), None).unwrap();
    let mut sent = 0;
    for fault in FAULTS {
        for intent in [
            Intent::re_enroll(user.clone()),
            Intent::flag_fraud(user.clone()),
            Intent::enrollee_info(user.clone()),
            Intent::deactivate(user.clone()),
        ] {
            lab.control("POST", "/faults", fault);
            let call = smile.call(&intent, now()).unwrap();
            canaries.add(call.reader().secrets());
            // Whatever comes of it: the log is what is looked at.
            let _ = send(&call);
            sent += 1;
        }
        lab.control("POST", "/faults", fault);
        let _ = send(&sign_up);
        sent += 1;
    }
    let order = format!(r#"{{"user_id":"{USER_ID}","environment":"test","id_check":true}}"#);
    lab.control("POST", "/jobs", &order);
    let last = smile.delete_permanently(&user, USER_ID, now()).unwrap();
    canaries.add(last.reader().secrets());
    send(&last).unwrap();
    // Done already, under one of the faults.
    send(&sign_up).unwrap_err();

    let log = lab.log();
    let lines = log.lines().filter(|line| line.contains("smile_id.") || line.contains("unifyia.")).count();
    assert_eq!(lines, sent + 2, "each request has its line:\n{log}");
    assert!(canaries.leaked_by(&log).is_empty(), "{log}");
}

const FAULTS: [&str; 12] = [
    r#"{"fault":"status","status":500}"#,
    r#"{"fault":"status","status":400,"code":"2211"}"#,
    r#"{"fault":"html"}"#,
    r#"{"fault":"empty"}"#,
    r#"{"fault":"rate_limit"}"#,
    r#"{"fault":"slow","milliseconds":1}"#,
    r#"{"fault":"drop_before"}"#,
    r#"{"fault":"drop_after"}"#,
    r#"{"fault":"redirect"}"#,
    r#"{"fault":"code_in_200"}"#,
    r#"{"fault":"huge","bytes":1000}"#,
    r#"{"fault":"echo"}"#,
];

#[test]
fn a_violation_names_the_key_and_not_the_value() {
    let invalid = Intent::from_json(&format!(
        r#"{{"action":"smile_id.deactivate","user_id":"u","{USER_ID}":"{REFUSED}"}}"#
    ));
    let invalid = invalid.unwrap_err();
    // The documented exception: a key is the caller's own, and without it nobody finds the mistake.
    assert_eq!(
        (invalid.violations()[0].path.as_str(), invalid.violations()[0].code),
        (USER_ID, ViolationCode::UnknownKey)
    );
    let json = Error::from(invalid).to_json().to_text();
    assert_eq!(Canaries::all().leaked_by(&json), [USER_ID]);
}

#[test]
fn a_path_that_names_a_user_is_not_shown() {
    use enrollkit::smile_id::{RawAuth, RawHost, RawRequest};

    let path = enrollkit::Path::of(&["v3", "users", crate::canaries::USER_ID, "report_fraud"]).unwrap();
    let request = RawRequest {
        host: RawHost::Api,
        method: enrollkit::Method::Get,
        path,
        query: enrollkit::Query::default(),
        auth: RawAuth::Headers,
        body: None,
    };
    let key = enrollkit::ApiKey::parse("not-a-real-key").unwrap();
    let partner = enrollkit::PartnerId::parse("085").unwrap();
    let client = enrollkit::SmileId::new(partner, enrollkit::Environment::Sandbox).api_key(&key);
    let call = client.raw(&request, enrollkit::Timestamp::from_unix_millis(0).unwrap()).unwrap();
    assert!(call.url().contains("/v3/users/"));
    assert_eq!(format!("{call:?}"), "Call(smile_id.raw: GET https://testapi.smileidentity.com)");
    assert!(!format!("{request:?}{:?}", request.path).contains("users"));
}
