//! The paths through the core that people wait for, once each: what they cost is measured by the clock (`cost.rs`) and by instructions
//! (`counted.rs`).

use std::hint::black_box;

use enrollkit::smile_id::{Verifier, signature};
use enrollkit::{
    ApiKey, BaseUrl, Environment, Intent, PartnerId, SignUpRules, SmileId, Timestamp, Unifyia, User, UserId,
};

/// One way through the core.
pub struct Path {
    /// The row of the ledger.
    pub name: &'static str,
    /// The row of the table.
    pub what: &'static str,
    /// One call.
    pub work: Box<dyn FnMut()>,
}

const KEY: &str = "0123456789abcdef0123456789abcdef";
const TIME: &str = "2026-11-22T10:00:00.000Z";
const INTENT: &str = r#"{"action":"smile_id.re_enroll","user_id":"user-42"}"#;
const ANSWER: &[u8] = br#"{"message":"User updated","status":"OK"}"#;

/// A user object of many keys, as Python's benchmark has it.
const USER: &str = include_str!("../../bindings-python/bench/user.json");

/// All of them.
///
/// # Panics
/// Where the core refuses what is measured.
#[must_use]
pub fn paths() -> Vec<Path> {
    let path = |name, what, work| Path { name, what, work };
    let key = ApiKey::parse(KEY).unwrap();
    let partner = PartnerId::parse("085").unwrap();
    let smile = SmileId::new(partner.clone(), Environment::Sandbox).operator("ops@bank.example").unwrap();
    let smile = smile.api_key(&key);
    let now = Timestamp::parse(TIME).unwrap();
    let user = UserId::parse("user-42").unwrap();
    let unifyia = Unifyia::new(BaseUrl::parse("https://id.bank.example").unwrap());
    let verifier = Verifier::new(partner, &[key]).unwrap();
    let callback = format!(
        r#"{{"timestamp":"{TIME}","signature":"{}","ResultCode":"0840","PartnerParams":{{"user_id":"user-42","job_id":"job-1"}}}}"#,
        signature(KEY, TIME, "085")
    );
    assert!(verifier.callback(callback.as_bytes(), now).is_ok());
    assert_eq!(User::check_text(USER, None, SignUpRules::default()), []);
    let answered = smile.re_enroll(&user, now).unwrap();
    assert!(answered.read(200, ANSWER).is_ok());
    let (signs, re_enrolls, calls) = (smile.clone(), smile.clone(), smile);
    vec![
        path(
            "sign",
            "sign: time written, MAC, base64, strings",
            Box::new(move || drop(black_box(signs.sign(black_box(now))))),
        ),
        path(
            "signature",
            "signature(): the same, key schedule included",
            Box::new(|| drop(black_box(signature(black_box(KEY), TIME, "085")))),
        ),
        path(
            "re_enroll",
            "re_enroll: the whole call",
            Box::new(move || drop(black_box(re_enrolls.re_enroll(black_box(&user), now)))),
        ),
        path(
            "intent",
            "an intent from JSON, and its call",
            Box::new(move || {
                let intent = Intent::from_json(black_box(INTENT)).unwrap();
                drop(black_box(calls.call(&intent, now)));
            }),
        ),
        path(
            "read",
            "the answer to a re-enrollment, read",
            Box::new(move || drop(black_box(answered.read(200, black_box(ANSWER))))),
        ),
        path(
            "sign_up",
            "a user of 5 KB: read, checked, and the call",
            Box::new(move || {
                let intent = Intent::sign_up_text(black_box(USER), None, unifyia.rules()).unwrap();
                drop(black_box(unifyia.call(&intent)));
            }),
        ),
        path(
            "check_user",
            "the same user, checked only",
            Box::new(|| drop(black_box(User::check_text(black_box(USER), None, SignUpRules::default())))),
        ),
        path(
            "callback",
            "a callback, verified",
            Box::new(move || drop(black_box(verifier.callback(black_box(callback.as_bytes()), now)))),
        ),
    ]
}
