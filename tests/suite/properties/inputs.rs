//! Where the cases come from: any text, texts that look like JSON, and valid inputs with something changed.

use enrollkit::Json;
use enrollkit::json::{Number, Object};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// Inputs that some parser takes as they are; mutations of them get further than noise does.
pub(super) const VALID: [&str; 28] = [
    r#"{"action":"smile_id.re_enroll","user_id":"user-42"}"#,
    r#"{"action":"smile_id.delete_permanently","user_id":"a\u00e9\ud83d\ude00","confirm":"aé😀"}"#,
    r#"{"action":"unifyia.branding","organization":"Acme Bank"}"#,
    r#"{"action":"unifyia.sign_up","user":{"id":9007199254740993,"name":"n","organisationName":"Acme","email":"a@b.example","userAppearance":{},"userAttribute":{},"userAddress":{},"userBiometrics":[{"type":"FACE"}],"userIDProofDocuments":{},"userEnrollmentHistoryList":[]}}"#,
    r#"{"partner_id":"085","environment":"sandbox","operator":"ops@bank.example","base_url":"http://127.0.0.1:8085/x"}"#,
    r#"{"base_url":"https://id.bank.example","auth_header":"Authentication","path_spelling":"organiations","wrapping":"user"}"#,
    r#"{"partner_id":"085","environment":"sandbox","timestamp":"2026-11-22T10:00:00.000Z","signature":"gbW8x1SneSt13etDamsAReGuDERlTURhUWK2GM/s2DA=","expires_in":300}"#,
    r#"{"outcome":{"operation":"smile_id.re_enroll","status":200,"acknowledgement":"stated","message":"m"}}"#,
    r#"{"error":{"code":"api_error","kind":"unauthorized","operation":"smile_id.re_enroll","status":401,"service_code":"2205"}}"#,
    r#"{"error":{"code":"invalid_input","violations":[{"path":"a/b","code":"too_long","limit":32}]}}"#,
    r#"{"enrolled_user":{"deleted":false,"inactive":"true"},"history":[{"partner_params":{"job_id":1},"id_check":{"full_data":{"a":[1e400]}}}]}"#,
    r#"{"timestamp":"2026-11-22T10:00:00.000Z","signature":"gbW8x1SneSt13etDamsAReGuDERlTURhUWK2GM/s2DA=","job_id":"j","PartnerParams":{"user_id":"u"}}"#,
    r#"{"error":"You are not authorized","code":"2205"}"#,
    r#"[-0.0,1E+400,"\u0000\b\f\n\r\t\/\\\"",null,true,false,{}, [] ]"#,
    "2026-11-22T10:00:00.000Z",
    "2026-11-22T10:00:00.123456789+00:00",
    "2026-11-22 10:00:00 +0000",
    "Sun, 22 Nov 2026 10:00:00 GMT",
    "https://gateway.bank.example:8443/smile/v2",
    "http://[::1]:8085",
    "http://localhost/a.b/~c",
    "/api/smile",
    "/v3/users/jane@x.example/report_fraud",
    "085",
    "ops+test@bank.example",
    "gbW8x1SneSt13etDamsAReGuDERlTURhUWK2GM/s2DA=",
    "eyJ0.eyJh.c2ln",
    "Acme & Söhne/1",
];

/// Texts that mean something to some parser, put where nobody expects them.
const SEEDS: [&str; 30] = [
    "",
    "\"",
    "\\",
    "\\u",
    "\\ud800",
    "\\udc00",
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "/",
    "..",
    "%2e",
    "%",
    "@",
    "?",
    "#",
    "\u{0}",
    "\n",
    " ",
    "\u{feff}",
    "\u{202e}",
    "é",
    "😀",
    "-",
    "1e9999",
    "null",
    "__proto__",
];

/// Any text: noise, JSON-like, or almost right.
pub(super) fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![1 => any::<String>(), 1 => "\\PC{0,80}", 2 => json_like(), 4 => mutated()]
}

/// Any bytes: as above, with bytes in between that are no UTF-8.
pub(super) fn any_bytes() -> impl Strategy<Value = Vec<u8>> {
    let broken = (any_text(), any::<Index>(), vec(any::<u8>(), 0..4)).prop_map(|(text, at, noise)| {
        let mut bytes = text.into_bytes();
        let at = at.index(bytes.len() + 1);
        bytes.splice(at..at, noise);
        bytes
    });
    prop_oneof![1 => vec(any::<u8>(), 0..200), 3 => broken]
}

/// A valid input with a few places replaced, doubled or cut away.
fn mutated() -> impl Strategy<Value = String> {
    let change = (
        any::<Index>(),
        any::<Index>(),
        prop_oneof![select(&SEEDS[..]).prop_map(str::to_owned), any::<char>().prop_map(String::from)],
    );
    (select(&VALID[..]), vec(change, 0..4)).prop_map(|(valid, changes)| {
        changes.into_iter().fold(valid.to_owned(), |text, (from, length, with)| {
            let letters: Vec<char> = text.chars().collect();
            let from = from.index(letters.len() + 1);
            // Short ones mostly: what is cut in half is no longer almost right.
            let to = (from + length.index(4)).min(letters.len());
            letters[..from].iter().copied().chain(with.chars()).chain(letters[to..].iter().copied()).collect()
        })
    })
}

/// Text built as JSON is, with keys that come twice, surrogates of every kind, and numbers of every form.
pub(super) fn json_like() -> impl Strategy<Value = String> {
    let space = || select(&["", "", " ", "\n\t\r "][..]);
    let escape = select(
        &[
            "\\n",
            "\\\"",
            "\\u0041",
            "\\ud83d\\ude00",
            "\\ud800",
            "\\udfff\\ud800",
            "\\x",
            "a",
            "é",
            "/",
            "\u{1}",
        ][..],
    );
    let string = vec(escape, 0..4).prop_map(|parts| format!("\"{}\"", parts.concat())).boxed();
    let number = "-?(0|[1-9][0-9]{0,20}|01)(\\.[0-9]{0,3})?([eE][+-]?[0-9]{0,4})?";
    let word = select(&["null", "true", "false", "nul", "NaN", "Infinity"][..]).prop_map(str::to_owned);
    let leaf = prop_oneof![string.clone(), number, word].boxed();
    leaf.prop_recursive(4, 24, 4, move |inner| {
        let item = (space(), inner.clone(), space())
            .prop_map(|(before, item, behind)| format!("{before}{item}{behind}"));
        let pair = (string.clone(), space(), item.clone())
            .prop_map(|(key, space, item)| format!("{key}{space}:{item}"));
        prop_oneof![
            vec(item, 0..4).prop_map(|items| format!("[{}]", items.join(","))),
            vec(pair, 0..4).prop_map(|pairs| format!("{{{}}}", pairs.join(","))),
        ]
    })
}

/// A tree that the reader could have made.
pub(super) fn json_tree() -> impl Strategy<Value = Json> {
    let number = "-?(0|[1-9][0-9]{0,20})(\\.[0-9]{1,3})?([eE][+-]?[0-9]{1,4})?";
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        number.prop_map(|text| Json::Number(Number::parse(&text).unwrap())),
        any::<String>().prop_map(Json::from),
    ];
    leaf.prop_recursive(5, 32, 5, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..5).prop_map(Json::from),
            vec((any::<String>(), inner), 0..5).prop_map(|pairs| {
                let mut object = Object::new();
                for (key, value) in pairs {
                    object.insert(key, value);
                }
                object.into()
            }),
        ]
    })
}
