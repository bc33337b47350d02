//! Large and deep input: read or refused in bounded time, and without a deep stack.

use std::time::{Duration, Instant};

use enrollkit::smile_id::{Pair, Verifier};
use enrollkit::{
    ApiKey, Error, Intent, Json, Operation, Outcome, PartnerId, Reader, SignUpRules, SmileId, Timestamp,
    Unifyia, UnreadableReason, User, ViolationCode, check,
};

const LEVELS: usize = 100_000;
const MEGABYTE: usize = 1 << 20;

/// What is linear takes a fraction of it, even without optimization on a busy machine; what is quadratic takes minutes.
const LIMIT: Duration = Duration::from_secs(20);

fn within_bounds<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = work();
    assert!(start.elapsed() < LIMIT, "{what}: {:?}", start.elapsed());
    result
}

/// Through every parser of text, and every reader.
fn through_everything(name: &str, text: &str) {
    within_bounds(name, || {
        let now = Timestamp::from_unix_millis(0).unwrap();
        let _ = Intent::from_json(text);
        let _ = User::from_json(text);
        let _ = check(text, SignUpRules::default().self_service());
        let _ = SmileId::from_json(text, text);
        let _ = SmileId::from_json_with_pair(text, text, now);
        let _ = Unifyia::from_json(text, Some(text));
        let _ = Pair::from_json(text);
        let _ = Json::parse(text).map(|json| json.to_text());
        let verifier =
            Verifier::new(PartnerId::parse("085").unwrap(), &[ApiKey::parse("some-key").unwrap()]).unwrap();
        let _ = verifier.callback(text.as_bytes(), now);
    });
    for &operation in Operation::ALL {
        within_bounds(&format!("{name}, {operation}"), || {
            let secret = ["gbW8x1SneSt13etDamsAReGuDERlTURhUWK2GM/s2DA="];
            for reader in [Reader::direct(operation, None, &secret), Reader::relayed(operation)] {
                let _ = reader.read::<Outcome, &str, &str>(200, [], text.as_bytes());
            }
        });
    }
}

#[test]
fn a_hundred_thousand_levels_are_too_deep() {
    for open in ["[", "{\"a\":", "[{\"a\":"] {
        let text = open.repeat(LEVELS);
        through_everything(open, &text);
        let violation = &Json::parse(&text).unwrap_err().violations()[0].clone();
        assert_eq!((violation.code, violation.limit), (ViolationCode::TooDeep, Some(128)));
        for &operation in Operation::ALL {
            let result =
                Reader::direct(operation, None, &[]).read::<Outcome, &str, &str>(200, [], text.as_bytes());
            let Err(Error::Unreadable(error)) = result else { panic!("{operation}") };
            assert_eq!(error.reason(), UnreadableReason::TooDeep);
        }
    }
    let deepest = "[".repeat(128) + &"]".repeat(128);
    assert_eq!(Json::parse(&deepest).unwrap().to_text(), deepest);
}

#[test]
fn a_megabyte_of_anything_is_read_or_refused_in_time() {
    let repeated = |part: &str| part.repeat(MEGABYTE / part.len());
    let keys = |key: &dyn Fn(usize) -> String| {
        let pairs: Vec<String> = (0..MEGABYTE / 20).map(|place| format!("\"{}\":0", key(place))).collect();
        format!("{{{}}}", pairs.join(","))
    };
    for (name, text) in [
        ("blanks", repeated(" ")),
        ("noise", repeated("\u{1}é😀{]\"")),
        ("a string", format!("\"{}\"", repeated("a"))),
        ("a string of escapes", format!("\"{}\"", repeated("\\u00e9"))),
        ("lone surrogates", format!("\"{}\"", repeated("\\ud800"))),
        ("a number", repeated("9")),
        ("an array", format!("[{}0]", repeated("0,"))),
        ("empty objects", format!("[{}0]", repeated("{},"))),
        ("quotes", repeated("\"")),
        ("backslashes", format!("\"{}\"", repeated("\\\\"))),
        ("one key again and again", keys(&|_| "user_id".to_owned())),
        ("different keys", keys(&|place| format!("k{place}"))),
        ("keys that are alike at both ends", keys(&|place| format!("userEnrollment{place}userEnrollment"))),
        ("the last key again", keys(&|place| format!("k{}", place.min(MEGABYTE / 20 - 2)))),
        ("a key of a megabyte", format!("{{\"{}\":0}}", repeated("k"))),
        ("slashes in a key", format!("{{\"action\":\"smile_id.re_enroll\",\"{}\":0}}", repeated("~/"))),
        (
            "a long user id",
            format!("{{\"action\":\"smile_id.re_enroll\",\"user_id\":\"{}\"}}", repeated("u")),
        ),
        ("a history", format!("{{\"history\":[{}0]}}", repeated("{\"id_check\":{\"name\":1}},"))),
        ("almost signatures", repeated("gbW8x1SneSt13etDamsAReGuDERlTURhUWK2GM/s2DA+")),
        ("signatures", repeated("gbW8x1SneSt13etDamsAReGuDERlTURhUWK2GM/s2DA=")),
    ] {
        through_everything(name, &text);
    }
}

#[test]
fn a_megabyte_of_unknown_keys_is_refused_in_time() {
    // Each of them is compared with each known one, to name the nearest.
    let pairs: Vec<String> =
        (0..MEGABYTE / 30).map(|place| format!("\"userEnrollment{place:08}\":0")).collect();
    let user = format!("{{{}}}", pairs.join(","));
    let intent = format!(r#"{{"action":"unifyia.sign_up","user":{user}}}"#);
    let invalid = within_bounds("unknown keys", || Intent::from_json(&intent)).unwrap_err();
    assert!(invalid.violations().len() > pairs.len());
}
