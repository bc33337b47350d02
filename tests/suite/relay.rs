//! The relay from end to end: a page's client without credentials, a back end with a policy, the sandbox behind it.

use std::sync::{Arc, Mutex};

use enrollkit::{
    Action, ApiError, Call, Details, Error, ErrorKind, Intent, Json, Outcome, SignUpRules, SmileId,
    SmileIdActions, SmileIdRelay, Unifyia, UnifyiaRelay, UnreadableReason, User, UserId, ViolationCode,
    relay,
};
use enrollkit_sandbox::{Config, DEFAULT_SANDBOX_KEY};

use crate::http::{PATIENCE, exchange, send};
use crate::lab::{Lab, now};
use crate::server::{Reply, Request, Server, serve};

/// The user whose session it is.
const USER: &str = "user-42";

/// A back end as it should be, and the secrets of every call that it made.
struct BackEnd {
    server: Server,
    secrets: Arc<Mutex<Vec<String>>>,
}

impl BackEnd {
    fn new(lab: &Lab, details: Details) -> Self {
        let secrets = Arc::new(Mutex::new(vec![DEFAULT_SANDBOX_KEY.to_owned()]));
        let (used, smile) = (Arc::clone(&secrets), lab.smile());
        let options = format!(r#"{{"base_url":"{}"}}"#, lab.url());
        let unifyia = Unifyia::from_json(&options, Some("a.bearer.token")).unwrap();
        let server = serve(move |request| {
            let answer = relay::answer(&carry_out(&request, &smile, &unifyia, &used), details);
            Reply { status: answer.status, headers: "Cache-Control: no-store\r\n", body: answer.body }
        });
        Self { server, secrets }
    }

    fn url(&self) -> String {
        format!("{}/api/smile", self.server.url)
    }

    fn page(&self) -> SmileIdRelay {
        SmileIdRelay::new(&self.url()).unwrap()
    }

    /// Neither key nor signature nor token has crossed to the page's side.
    fn kept_its_secrets(&self) {
        let wire = String::from_utf8_lossy(&self.server.wire.lock().unwrap()).into_owned();
        assert!(wire.contains("/api/smile"), "nothing was recorded");
        let secrets = self.secrets.lock().unwrap();
        for secret in secrets.iter() {
            assert!(!wire.contains(secret.as_str()), "a secret was sent to the page");
        }
    }
}

/// The route: intent, policy, call, send.
fn carry_out(
    request: &Request,
    smile: &SmileId,
    unifyia: &Unifyia,
    used: &Mutex<Vec<String>>,
) -> Result<Outcome, Error> {
    assert_eq!((request.method.as_str(), request.header("content-type")), ("POST", Some("application/json")));
    let text = std::str::from_utf8(&request.body).unwrap_or_default();
    let intent = if text.contains(Action::SignUp.slug()) {
        Intent::from_json_with(text, SignUpRules::default().self_service())?
    } else {
        Intent::from_bytes(&request.body)?
    };
    let own = intent.user_id().is_none_or(|user| user.as_str() == USER);
    let allowed = [Action::ReEnroll, Action::EnrolleeInfo, Action::SignUp, Action::Branding];
    if !own || !allowed.contains(&intent.action()) {
        return Err(ApiError::refused_by_policy(intent.action().operation()).into());
    }
    let call = match intent.action() {
        Action::SignUp | Action::Branding => unifyia.call(&intent)?,
        _ => smile.call(&intent, now())?,
    };
    used.lock().unwrap().extend(call.reader().secrets().map(str::to_owned));
    send(&call)
}

fn user(id: &str) -> UserId {
    UserId::parse(id).unwrap()
}

fn api_error<T: std::fmt::Debug>(result: Result<T, Error>) -> ApiError {
    match result.unwrap_err() {
        Error::Api(error) => error,
        other => panic!("{other}"),
    }
}

#[test]
fn an_outcome_comes_back_typed() {
    let lab = Lab::with_user(USER);
    let back_end = BackEnd::new(&lab, Details::Withheld);
    let call = back_end.page().re_enroll(&user(USER)).unwrap();
    assert_eq!(call.url(), back_end.url());
    let outcome = send(&call).unwrap();
    assert_eq!((outcome.status(), outcome.message()), (200, Some("User may enroll again")));
    assert!(outcome.raw().bytes().is_empty(), "the service's own body stays at the back end");
    assert_eq!(lab.requests(USER).len(), 1);
    back_end.kept_its_secrets();
}

#[test]
fn what_the_policy_refuses_never_reaches_the_service() {
    let lab = Lab::with_user(USER);
    let back_end = BackEnd::new(&lab, Details::Withheld);
    let page = back_end.page();
    for call in [
        page.re_enroll(&user("user-43")).unwrap(),
        page.deactivate(&user(USER)).unwrap(),
        page.delete_permanently(&user(USER), USER).unwrap(),
    ] {
        let error = api_error(send(&call));
        assert_eq!((error.kind(), error.status()), (ErrorKind::RefusedByPolicy, 403), "{call:?}");
        assert!(!error.outcome_unknown());
    }
    assert!(lab.list("/requests", "requests").is_empty());
    back_end.kept_its_secrets();
}

#[test]
fn the_services_errors_pass_through() {
    let lab = Lab::with_user(USER);
    let back_end = BackEnd::new(&lab, Details::Withheld);
    let page = back_end.page();
    let re_enroll = || send(&page.re_enroll(&user(USER)).unwrap());

    lab.control("POST", "/faults", r#"{"fault":"rate_limit","retry_after":7}"#);
    let error = api_error(re_enroll());
    assert_eq!(
        (error.kind(), error.status(), error.retry_after_seconds()),
        (ErrorKind::RateLimited, 429, Some(7))
    );

    lab.control("POST", "/faults", r#"{"fault":"drop_after"}"#);
    let Err(Error::NoResponse(error)) = re_enroll() else { panic!("the back end got no answer") };
    assert!(error.outcome_unknown());

    lab.control("POST", "/faults", r#"{"fault":"redirect"}"#);
    assert_eq!(api_error(re_enroll()).kind(), ErrorKind::Redirected);

    lab.control("POST", "/faults", r#"{"fault":"echo"}"#);
    let masked = api_error(re_enroll());
    // What the service wrote may repeat the request: a page has it when the policy gives details.
    assert_eq!(masked.service_message(), None);
    let operators = BackEnd::new(&lab, Details::Included);
    lab.control("POST", "/faults", r#"{"fault":"echo"}"#);
    let masked = api_error(send(&operators.page().re_enroll(&user(USER)).unwrap()));
    assert_eq!(masked.service_message(), Some(format!("Not accepted: {}", "*".repeat(44)).as_str()));

    lab.control("POST", "/faults", r#"{"fault":"huge","bytes":16777217,"processed":true}"#);
    let Err(Error::Unreadable(error)) = re_enroll() else { panic!("it is too large to be read") };
    assert_eq!(error.reason(), UnreadableReason::TooLarge);

    lab.control("POST", "/clock", r#"{"offset_seconds":4000}"#);
    let error = api_error(re_enroll());
    assert_eq!((error.kind(), error.service_code()), (ErrorKind::Unauthorized, Some("2205")));
    assert!(error.clock_skew_seconds().is_some_and(|skew| skew >= 3999));
    assert_eq!(error.causes().len(), 3);
    assert!(error.raw().is_empty());
    back_end.kept_its_secrets();
}

#[test]
fn identity_documents_stay_behind_unless_the_policy_gives_them() {
    let lab = Lab::new(Config::default());
    let order = format!(r#"{{"user_id":"{USER}","environment":"test","job_id":"job-1","id_check":true}}"#);
    lab.control("POST", "/jobs", &order);
    for (details, shown) in [(Details::Withheld, false), (Details::Included, true)] {
        let back_end = BackEnd::new(&lab, details);
        let info = send(&back_end.page().enrollee_info(&user(USER)).unwrap()).unwrap();
        assert_eq!(info.history()[0].result_code.as_deref(), Some("0840"));
        assert_eq!(info.history()[0].id_check.is_some(), shown);
        let wire = String::from_utf8_lossy(&back_end.server.wire.lock().unwrap()).into_owned();
        assert_eq!(wire.contains("FICTIONAL PERSON"), shown);
        back_end.kept_its_secrets();
    }
}

#[test]
fn a_sign_up_keeps_its_long_id_and_its_form() {
    let lab = Lab::new(Config { keep_bodies: true, ..Config::default() });
    let back_end = BackEnd::new(&lab, Details::Included);
    let page = UnifyiaRelay::new(&back_end.url()).unwrap();
    let groups = r#""userAppearance":{},"userAttribute":{"badge":9007199254740993},"userAddress":{},
        "userBiometrics":[],"userIDProofDocuments":{},"userEnrollmentHistoryList":[]"#;
    let form = |more: &str| {
        User::from_json(&format!(r#"{{"name":"jdoe","organisationName":"Acme",{more}{groups}}}"#)).unwrap()
    };
    let outcome = send(&page.sign_up(&form(""), None).unwrap()).unwrap();
    let id = outcome.json().unwrap().get("id");
    assert_eq!(id.and_then(Json::as_str), Some("9007199254740993"), "a browser would round the number");
    let arrived = lab.list("/sign_ups", "sign_ups");
    assert!(arrived[0].get("body").and_then(Json::as_str).unwrap().contains(r#"{"badge":9007199254740993}"#));

    // The page's own rules are lax; the back end's are not.
    let call = page.sign_up(&form(r#""canIssueIdentity":true,"#), None).unwrap();
    let Err(Error::InvalidInput(invalid)) = send(&call) else { panic!("the back end took it") };
    let [violation] = invalid.violations() else { panic!("{invalid}") };
    assert_eq!((violation.path.as_str(), violation.code), ("canIssueIdentity", ViolationCode::SetByServer));
    back_end.kept_its_secrets();
}

#[test]
fn what_is_no_intent_is_refused_with_its_violations() {
    let lab = Lab::with_user(USER);
    let back_end = BackEnd::new(&lab, Details::Withheld);
    for (body, violations) in [
        ("", r#"{"path":"","code":"bad_json""#),
        (
            r#"{"action":"smile_id.re_enroll","user_id":"a","user_id":"user-42"}"#,
            r#"{"path":"user_id","code":"duplicate_key""#,
        ),
        (r#"{"action":"smile_id.raw","path":"/"}"#, r#"{"path":"action","code":"unknown_value""#),
    ] {
        // An empty body is none at all for this client, so a blank stands for it.
        let body = if body.is_empty() { " " } else { body };
        let headers = [("Content-Type", "application/json")];
        let answer = exchange("POST", &back_end.url(), headers, body, PATIENCE).unwrap();
        let text = String::from_utf8(answer.body).unwrap();
        assert_eq!(answer.status, 422, "{text}");
        assert!(
            text.starts_with(r#"{"error":{"code":"invalid_input","violations":["#)
                && text.contains(violations),
            "{text}"
        );
    }
    assert!(lab.list("/requests", "requests").is_empty());
}

#[test]
fn a_back_end_that_is_none_is_no_success() {
    for (status, headers, body, kind) in [
        (401, "", "", ErrorKind::Unauthorized),
        (302, "Location: /login\r\n", "", ErrorKind::Redirected),
        (500, "", "<h1>oops</h1>", ErrorKind::Server),
        (429, "Retry-After: 3\r\n", "{}", ErrorKind::RateLimited),
        // Another operation's outcome, under a status that says no.
        (
            403,
            "",
            r#"{"outcome":{"operation":"smile_id.reactivate","status":200,"acknowledgement":"stated"}}"#,
            ErrorKind::Forbidden,
        ),
    ] {
        let server = serve(move |_| Reply { status, headers, body: body.to_owned() });
        let page = SmileIdRelay::new(&server.url).unwrap();
        let error = api_error(send(&page.reactivate(&user(USER)).unwrap()));
        assert_eq!((error.kind(), error.status()), (kind, status));
    }
    for body in [
        "<!doctype html>",
        "",
        r#"{"message":"User reactivated","status":"OK"}"#,
        r#"{"outcome":{"operation":"smile_id.deactivate","status":200,"acknowledgement":"stated"}}"#,
        r#"{"outcome":{"operation":"smile_id.reactivate","status":200,"acknowledgement":"perhaps"}}"#,
    ] {
        let server = serve(move |_| Reply { body: body.to_owned(), ..Reply::status(200) });
        let page = SmileIdRelay::new(&server.url).unwrap();
        let call: Call<_> = page.reactivate(&user(USER)).unwrap();
        let Err(Error::Unreadable(error)) = send(&call) else { panic!("taken for an outcome: {body}") };
        assert_eq!(error.reason(), UnreadableReason::NotRelay);
    }
}

#[test]
fn a_newer_back_ends_violation_is_still_one() {
    let body =
        r#"{"error":{"code":"invalid_input","violations":[{"path":"user_id","code":"not_yet_invented"}]}}"#;
    let server = serve(move |_| Reply { body: body.to_owned(), ..Reply::status(422) });
    let page = SmileIdRelay::new(&server.url).unwrap();
    let result = send(&page.re_enroll(&user(USER)).unwrap());
    let Err(Error::InvalidInput(invalid)) = result else { panic!("{result:?}") };
    let [violation] = invalid.violations() else { panic!("{invalid}") };
    assert_eq!((violation.path.as_str(), violation.code), ("user_id", ViolationCode::Other));
}

#[test]
fn a_relay_and_a_client_are_one_interface() {
    fn body_of(client: &impl SmileIdActions) -> String {
        client.re_enroll(&user(USER), now()).unwrap().body().to_owned()
    }
    let page = SmileIdRelay::new("/api/smile").unwrap();
    assert_eq!(page.re_enroll(&user(USER)).unwrap().url(), "/api/smile", "a same-origin path will do");
    assert_eq!(body_of(&page), format!(r#"{{"action":"smile_id.re_enroll","user_id":"{USER}"}}"#));
    let environment = enrollkit::Environment::Sandbox;
    let builder = SmileId::new(enrollkit::PartnerId::parse("085").unwrap(), environment);
    let client = builder.operator("ops@bank.example").unwrap();
    let client = client.api_key(&enrollkit::ApiKey::parse("not-a-real-key").unwrap());
    assert!(body_of(&client).contains(r#""allow_new_enroll":true"#));
}
