//! What an answer repeats of the call's secrets is masked, however the service wrote it.

use enrollkit::{Details, Error, Json, Operation, Outcome, Reader};

use crate::canaries::Canaries;

/// Has the characters that serializers escape, and padding.
const SIGNATURE: &str = "+S/hVtmFwynoroXQQbjOQ3/l+a5zshNldrQh/iBdxRQ=";

/// Where an answer that repeats the signature in this form still shows it, whole or cut.
fn shown_by(written: &str) -> Vec<String> {
    let mut canaries = Canaries::credentials();
    canaries.add([SIGNATURE]);
    let mut leaks = Vec::new();
    for operation in [Operation::SmileIdReEnroll, Operation::SmileIdRaw] {
        let reader = Reader::direct(operation, None, &[SIGNATURE]);
        for (status, member) in [(200, "message"), (400, "error")] {
            let body =
                format!(r#"{{"note":"not accepted: {written}","{member}":"not accepted: {written}"}}"#);
            let (plain, raw) = match reader.read::<Outcome, &str, &str>(status, [], body.as_bytes()) {
                Ok(outcome) => (outcome.to_json(Details::Included), outcome.raw().bytes().to_vec()),
                Err(error) => (error.to_json(), api_raw(&error)),
            };
            let raw = String::from_utf8(raw).unwrap();
            assert!(raw.contains("not accepted: "), "the rest of the answer is kept");
            // An escaped secret is one all the same: what a reader of the body would see counts, too.
            let decoded = Json::parse(&raw).map_or_else(|_| String::new(), |json| json.to_text());
            for (place, text) in
                [("plain data", plain.to_text()), ("raw body", raw), ("decoded body", decoded)]
            {
                if !canaries.leaked_by(&text).is_empty() {
                    leaks.push(format!("{operation}, status {status}, {place}: {text}"));
                }
            }
        }
    }
    leaks
}

fn api_raw(error: &Error) -> Vec<u8> {
    let Error::Api(error) = error else { panic!("{error}") };
    error.raw().to_vec()
}

fn percent_encoded(upper: bool) -> String {
    let text = SIGNATURE.replace('+', "%2B").replace('/', "%2F").replace('=', "%3D");
    if upper { text } else { text.replace("%2B", "%2b").replace("%2F", "%2f").replace("%3D", "%3d") }
}

/// As JSON's `\u` escapes of these characters.
fn unicode_escaped(escaped: &str, upper: bool) -> String {
    let escape = |letter: char| match (escaped.contains(letter), upper) {
        (false, _) => letter.to_string(),
        (true, true) => format!("\\u{:04X}", u32::from(letter)),
        (true, false) => format!("\\u{:04x}", u32::from(letter)),
    };
    SIGNATURE.chars().map(escape).collect()
}

fn is_masked(written: &str) {
    let leaks = shown_by(written);
    assert!(leaks.is_empty(), "{}", leaks.join("\n"));
}

#[test]
fn a_signature_is_masked_as_it_is() {
    is_masked(SIGNATURE);
    // Else no answer could ever fail here.
    assert!(!shown_by(&SIGNATURE.replace('S', "s")).is_empty());
}

#[test]
fn a_signature_is_masked_with_phps_slashes() {
    is_masked(&SIGNATURE.replace('/', "\\/"));
}

#[test]
fn a_signature_is_masked_percent_encoded() {
    is_masked(&percent_encoded(true));
}

#[test]
fn a_signature_is_masked_percent_encoded_in_lower_case() {
    is_masked(&percent_encoded(false));
}

#[test]
fn a_signature_is_masked_as_gson_escapes_it() {
    is_masked(&unicode_escaped("=", false));
}

#[test]
fn a_signature_is_masked_as_dot_net_escapes_it() {
    is_masked(&unicode_escaped("+", true));
}

#[test]
fn a_signature_is_masked_escaped_throughout() {
    is_masked(&unicode_escaped(SIGNATURE, false));
}
