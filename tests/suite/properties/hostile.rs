//! Whatever is given to a parser or a reader, it neither panics nor says more than it should.

use enrollkit::smile_id::{Pair, Verifier, signature};
use enrollkit::{
    ApiError, ApiKey, BaseUrl, Details, Error, ErrorCode, Intent, InvalidInput, Json, Operation, Operator,
    OrganizationName, Outcome, PartnerId, Path, Reader, RefusalReason, RelayUrl, SignUpRules, SmileId,
    Timestamp, Token, Unifyia, UnreadableReason, User, UserId, ViolationCode, relay,
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::inputs::{any_bytes, any_text};

fn time() -> Timestamp {
    Timestamp::parse("2026-11-22T10:00:00.000Z").unwrap()
}

/// Characters that steer a terminal or turn the direction of text.
fn is_harmless(text: &str) -> bool {
    !text.chars().any(|letter| {
        letter.is_control() || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    })
}

/// What every refusal owes: a reason, and a text that is fit for a log.
fn explains(result: Result<(), InvalidInput>) -> Result<(), TestCaseError> {
    if let Err(invalid) = result {
        prop_assert!(!invalid.violations().is_empty());
        prop_assert!(is_harmless(&invalid.to_string()), "{:?}", invalid.to_string());
        for violation in invalid.violations() {
            let message = violation.message();
            prop_assert!(is_harmless(&message) && !message.contains(['{', '}']), "{:?}", message);
        }
        let json = Error::from(invalid).to_json();
        prop_assert!(Json::parse(&json.to_text()).unwrap() == json);
    }
    Ok(())
}

fn verifier() -> Verifier {
    Verifier::new(PartnerId::parse("085").unwrap(), &[ApiKey::parse("some-key").unwrap()]).unwrap()
}

/// An answer, read in every way: the error is one of the typed ones, and the body is kept.
fn reads(
    reader: &Reader,
    status: u16,
    headers: &[(String, Vec<u8>)],
    body: &[u8],
) -> Result<(), TestCaseError> {
    let result =
        reader.read::<Outcome, _, _>(status, headers.iter().map(|(name, value)| (name, value)), body);
    let kept = |raw: &[u8]| {
        prop_assert_eq!(raw, body);
        Ok(())
    };
    match &result {
        Ok(outcome) if reader.is_relayed() => prop_assert!(outcome.raw().bytes().is_empty()),
        Ok(outcome) => {
            prop_assert_eq!(outcome.operation(), reader.operation());
            prop_assert!((200..300).contains(&status));
            kept(outcome.raw().bytes())?;
        }
        Err(error) => {
            prop_assert!(is_harmless(&error.to_string()), "{:?}", error.to_string());
            match error {
                Error::Api(error) => {
                    says_what_it_may(error)?;
                    if !reader.is_relayed() {
                        prop_assert_eq!(error.status(), status);
                        kept(error.raw())?;
                    }
                }
                Error::Unreadable(error) if error.reason() == UnreadableReason::TooLarge => {
                    prop_assert!(error.raw().is_empty());
                }
                Error::Unreadable(error) if !reader.is_relayed() => kept(error.raw())?,
                other => {
                    prop_assert!(reader.is_relayed() || other.code() == ErrorCode::Unreadable, "{}", other);
                }
            }
        }
    }
    for details in [Details::Withheld, Details::Included] {
        let answer = relay::answer(&result, details);
        prop_assert!(Json::parse(&answer.body).is_ok());
        prop_assert!([200, 403, 422, 502, 504].contains(&answer.status));
    }
    Ok(())
}

fn says_what_it_may(error: &ApiError) -> Result<(), TestCaseError> {
    prop_assert!(error.service_message().is_none_or(is_harmless));
    prop_assert!(
        !error.to_string().contains(error.service_message().filter(|text| text.len() > 40).unwrap_or("\0"))
    );
    Ok(())
}

proptest! {
    #[test]
    fn any_text_is_a_value_or_a_violation(text in any_text()) {
        explains(ApiKey::parse(&text).map(drop))?;
        explains(Token::parse(&text).map(drop))?;
        explains(PartnerId::parse(&text).map(drop))?;
        explains(UserId::parse(&text).map(drop))?;
        explains(Operator::parse(&text).map(drop))?;
        explains(OrganizationName::parse(&text).map(drop))?;
        explains(BaseUrl::parse(&text).map(drop))?;
        explains(BaseUrl::parse_allowing_http(&text).map(drop))?;
        explains(RelayUrl::parse(&text).map(drop))?;
        explains(Path::parse(&text).map(drop))?;
        explains(Path::of(&[&text, &text]).map(drop))?;
        explains(Timestamp::parse(&text).map(drop))?;
        explains(Json::parse(&text).map(drop))?;
        explains(Intent::from_json(&text).map(drop))?;
        explains(Intent::from_json_with(&text, SignUpRules::default().self_service().allow_extra_keys()).map(drop))?;
        explains(Pair::from_json(&text).map(drop))?;
        explains(SmileId::from_json(&text, &text).map(drop))?;
        explains(SmileId::from_json_with_pair(&text, &text, time()).map(drop))?;
        explains(Unifyia::from_json(&text, Some(&text)).map(drop))?;
        explains(User::from_json(&text).map(|user| drop(user.check(SignUpRules::default().self_service()))))?;
        explains(Unifyia::new(BaseUrl::parse("https://host.example").unwrap()).with_auth_header(&text).map(drop))?;
        prop_assert_eq!(signature(&text, &text, &text).len(), 44);
    }

    #[test]
    fn what_is_taken_is_taken_as_it_is(text in any_text()) {
        prop_assert!(PartnerId::parse(&text).map_or(true, |it| it.as_str() == text));
        prop_assert!(UserId::parse(&text).map_or(true, |it| it.as_str() == text));
        prop_assert!(Operator::parse(&text).map_or(true, |it| it.as_str() == text));
        prop_assert!(OrganizationName::parse(&text).map_or(true, |it| it.as_str() == text));
        prop_assert!(RelayUrl::parse(&text).map_or(true, |it| it.as_str() == text));
        prop_assert!(Path::parse(&text).map_or(true, |it| it.as_str() == text));
        prop_assert!(BaseUrl::parse(&text).map_or(true, |it| it.as_str() == text.strip_suffix('/').unwrap_or(&text)));
    }

    #[test]
    fn any_bytes_are_an_intent_or_a_violation(bytes in any_bytes()) {
        let result = Intent::from_bytes(&bytes);
        if let Ok(text) = std::str::from_utf8(&bytes) {
            prop_assert!(result == Intent::from_json(text));
        } else {
            prop_assert_eq!(result.unwrap_err().violations()[0].code, ViolationCode::NotUnicode);
        }
    }

    #[test]
    fn any_answer_is_an_outcome_or_a_typed_error(
        operation in select(Operation::ALL), status in prop_oneof![Just(200), 0..600_u16, any::<u16>()],
        headers in vec((prop_oneof![Just("Date".to_owned()), Just("Retry-After".to_owned()), any_text()], any_bytes()), 0..4),
        body in any_bytes(), limit in prop_oneof![0..300_usize, Just(usize::MAX)],
    ) {
        for reader in [Reader::direct(operation, Some(time()), &[]), Reader::relayed(operation)] {
            reads(&reader, status, &headers, &body)?;
            let is_too_large = |result: &Result<Outcome, Error>| {
                matches!(result, Err(Error::Unreadable(it)) if it.reason() == UnreadableReason::TooLarge)
            };
            let read = |limit| reader.clone().max_response_bytes(limit).read::<Outcome, &str, &str>(status, [], &body);
            prop_assert!(!is_too_large(&read(body.len())), "the limit itself is within it");
            if body.len() > limit {
                match read(limit) {
                    // A status that says no says enough; nothing is taken from a body that was not read.
                    Err(Error::Api(error)) => {
                        prop_assert!(!(200..300).contains(&status));
                        prop_assert!(error.raw().is_empty() && error.service_message().is_none() && error.service_code().is_none());
                    }
                    result => prop_assert!((200..300).contains(&status) && is_too_large(&result)),
                }
            }
        }
    }

    #[test]
    fn a_secret_is_masked_wherever_it_stands(
        secret in "[a-zA-Z0-9+/=]{8,60}", before in any_bytes(), behind in any_bytes(), status in 200..600_u16
    ) {
        let body = [before.as_slice(), secret.as_bytes(), &behind].concat();
        let reader = Reader::direct(Operation::SmileIdRaw, None, &[&secret]);
        let shows = |bytes: &[u8]| bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
        match reader.read::<Outcome, &str, &str>(status, [], &body) {
            Ok(outcome) => prop_assert!(!shows(outcome.raw().bytes()) && !shows(outcome.to_json(Details::Included).to_text().as_bytes())),
            Err(Error::Api(error)) => prop_assert!(!shows(error.raw()) && !shows(error.service_message().unwrap_or_default().as_bytes())),
            Err(Error::Unreadable(error)) => prop_assert!(!shows(error.raw())),
            Err(other) => prop_assert!(false, "{}", other),
        }
    }

    #[test]
    fn any_message_is_refused_unless_it_was_signed(
        body in any_bytes(),
        headers in vec((prop_oneof![
            select(&["Response-Timestamp", "response-signature", "Job-ID", "User-ID"][..]).prop_map(str::to_owned), any_text()
        ], any_bytes()), 0..6),
    ) {
        let forged = [Some(RefusalReason::Malformed), Some(RefusalReason::Mismatch)];
        prop_assert!(forged.contains(&verifier().callback_refusal(&body, time())));
        let pairs = || headers.iter().map(|(name, value)| (name, value));
        prop_assert!(forged.contains(&verifier().webhook_refusal(pairs(), &body, time())));
    }

    #[test]
    fn a_signed_message_is_judged_by_its_time_alone(
        seconds in prop_oneof![-90_000..90_000_i64, select(&[299, 300, 301, -59, -60, -61][..])], body in any_bytes(), job in "[ -~]{0,20}") {
        let now = Timestamp::from_unix_millis(time().unix_millis() + seconds * 1000).unwrap();
        let sent = time().to_text();
        let signed = signature("some-key", &sent, "085");
        let headers = [("Response-Timestamp", sent.as_str()), ("Response-Signature", &signed), ("Job-ID", &job)];
        let wanted = match seconds {
            301.. => Some(RefusalReason::Stale),
            ..-60 => Some(RefusalReason::FromTheFuture),
            _ => None,
        };
        prop_assert_eq!(verifier().webhook_refusal(headers, &body, now), wanted);
    }

    #[test]
    fn one_wrong_character_in_a_signature_is_one_too_many(place in 0..44_usize, letter in "[ -~]") {
        let sent = time().to_text();
        let signed = signature("some-key", &sent, "085");
        let mut wrong = signed.clone();
        wrong.replace_range(place..=place, &letter);
        let headers = [("Response-Timestamp", &sent), ("Response-Signature", &wrong)];
        let refusal = verifier().webhook_refusal(headers, b"", time());
        prop_assert_eq!(refusal.is_none(), wrong == signed, "{}", wrong);
    }
}
