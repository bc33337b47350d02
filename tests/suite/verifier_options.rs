//! A verifier of plain options: seconds as JSON writes them, and everything that is wrong at once.

use enrollkit::smile_id::{Verifier, signature};
use enrollkit::{Timestamp, ViolationCode};

const KEY: &str = "not-a-real-key";
const SENT: &str = "2026-11-22T10:00:00.000Z";

fn verifier(max_age: &str) -> Result<Verifier, enrollkit::InvalidInput> {
    Verifier::from_json(&format!(r#"{{"partner_id":"085","max_age_seconds":{max_age}}}"#), &[KEY])
}

/// Whether a webhook of that age is taken.
fn takes(verifier: &Verifier, age_millis: i64) -> bool {
    let signature = signature(KEY, SENT, "085");
    let headers = [("Response-Timestamp", SENT), ("Response-Signature", signature.as_str())];
    let sent = Timestamp::parse(SENT).unwrap().unix_millis();
    verifier.webhook(headers, b"{}", Timestamp::from_unix_millis(sent + age_millis).unwrap()).is_ok()
}

#[test]
fn seconds_are_read_as_json_writes_them() {
    for (seconds, millis) in [
        ("0", 0),
        ("-0", 0),
        ("0.5", 500),
        ("1.0019999", 1001),
        ("300.99999999999999999999999999", 300_999),
        ("1e2", 100_000),
        ("1.5E+1", 15_000),
        ("125e-2", 1_250),
        ("1e-7", 0),
        ("0e999999999", 0),
        ("0.0000000000000000000000000001", 0),
        ("86400", 86_400_000),
        ("null", 300_000),
    ] {
        let verifier = verifier(seconds).unwrap();
        assert!(takes(&verifier, millis), "{seconds}");
        assert!(!takes(&verifier, millis + 1), "{seconds}");
    }
}

#[test]
fn what_is_no_window_is_refused() {
    for seconds in ["-0.001", "86400.001", "1e5", "1E400", "99999999999999999999", "1e99999999999999999999"] {
        let refused = verifier(seconds).unwrap_err();
        let [violation] = refused.violations() else { panic!("{refused}") };
        assert_eq!((violation.path.as_str(), violation.code), ("max_age_seconds", ViolationCode::OutOfRange));
    }
}

#[test]
fn everything_that_is_wrong_is_told_at_once() {
    let options = r#"{"partner_id":85,"max_age_seconds":"5","max_ahead_seconds":-1,"partner_id_without_zeros":1,"max_age":5}"#;
    let refused = Verifier::from_json(options, &["", KEY]).unwrap_err();
    let told: Vec<_> = refused.violations().iter().map(|it| (it.path.as_str(), it.code.slug())).collect();
    let expected = [
        ("max_age", "unknown_key"),
        ("partner_id", "wrong_type"),
        ("keys/0", "required"),
        ("max_age_seconds", "wrong_type"),
        ("max_ahead_seconds", "out_of_range"),
        ("partner_id_without_zeros", "wrong_type"),
    ];
    assert_eq!(told, expected);
}
