//! What is written is read back as the same: times, intents, pairs, and whatever goes through a relay.

use enrollkit::json::Object;
use enrollkit::smile_id::Pair;
use enrollkit::{
    Action, ApiKey, Details, Environment, Error, Intent, Json, Outcome, PartnerId, Reader, SmileId,
    Timestamp, UserId, relay,
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::inputs::{any_bytes, any_text, json_tree};

/// 9999-12-31T23:59:59.999Z
const LAST: i64 = 253_402_300_799_999;

fn user_id() -> impl Strategy<Value = UserId> {
    any::<String>().prop_filter_map("no user id", |text| UserId::parse(&text).ok())
}

/// A service's answer: mostly the shapes that readers look into.
fn body() -> impl Strategy<Value = Vec<u8>> {
    let known = (vec((select(&KEYS[..]), json_tree()), 0..6)).prop_map(|pairs| {
        let mut object = Object::new();
        for (key, value) in pairs {
            object.insert(key, value);
        }
        Json::from(object)
    });
    let known = known.boxed();
    let look_up =
        (known.clone(), vec(known.clone(), 0..3), known.clone()).prop_map(|(user, entries, check)| {
            let entries: Vec<Json> = entries
                .into_iter()
                .map(|entry| {
                    let mut entry = entry.as_object().unwrap().clone();
                    entry.insert("id_check", check.clone());
                    entry.into()
                })
                .collect();
            let mut object = Object::new();
            object.insert("enrolled_user", user);
            object.insert("history", entries);
            Json::from(object)
        });
    prop_oneof![
        3 => known.prop_map(|json| json.to_text().into_bytes()),
        3 => look_up.prop_map(|json| json.to_text().into_bytes()),
        1 => json_tree().prop_map(|json| json.to_text().into_bytes()),
        1 => any_bytes(),
    ]
}

const KEYS: [&str; 16] = [
    "message",
    "error",
    "code",
    "status",
    "success",
    "deleted",
    "inactive",
    "result_code",
    "partner_params",
    "job_id",
    "created_at",
    "full_data",
    "name",
    "logo",
    "policyStatement",
    "id",
];

fn headers() -> impl Strategy<Value = Vec<(&'static str, String)>> {
    let value = prop_oneof!["[0-9]{1,22}", "\\PC{0,10}", Just("Sun, 22 Nov 2026 10:00:07 GMT".to_owned())];
    vec((select(&["Date", "Retry-After", "retry-after", "X-Other"][..]), value), 0..3)
}

/// What a relay does on purpose: integers that a browser would round become text.
fn as_relayed(json: &Json) -> Json {
    match json {
        Json::Number(number) => {
            let rounded = number.is_integer()
                && number.as_i64().is_none_or(|value| value.unsigned_abs() > (1 << 53) - 1);
            if rounded { Json::from(number.as_str()) } else { json.clone() }
        }
        Json::Array(items) => items.iter().map(as_relayed).collect::<Vec<_>>().into(),
        Json::Object(object) => {
            let mut out = Object::new();
            object.iter().for_each(|(key, value)| drop(out.insert(key, as_relayed(value))));
            out.into()
        }
        other => other.clone(),
    }
}

fn plain(result: &Result<Outcome, Error>, details: Details) -> Json {
    match result {
        Ok(outcome) => outcome.to_json(details),
        Err(error) => error.to_json(),
    }
}

proptest! {
    #[test]
    fn a_time_is_its_text(millis in 0..=LAST) {
        let time = Timestamp::from_unix_millis(millis).unwrap();
        prop_assert_eq!(time.unix_millis(), millis);
        let text = time.to_text();
        prop_assert_eq!(text.len(), 24);
        prop_assert_eq!(Timestamp::parse(&text).unwrap(), time);
        prop_assert_eq!(time.to_string(), text);
    }

    #[test]
    fn times_are_ordered_as_their_texts_are(a in 0..=LAST, b in 0..=LAST) {
        let [a, b] = [a, b].map(|millis| Timestamp::from_unix_millis(millis).unwrap());
        prop_assert_eq!(a.cmp(&b), a.to_text().cmp(&b.to_text()));
    }

    #[test]
    fn a_time_beyond_the_calendar_is_none(millis in prop_oneof![i64::MIN..0, LAST + 1..=i64::MAX]) {
        prop_assert!(Timestamp::from_unix_millis(millis).is_err());
    }

    #[test]
    fn a_time_that_is_read_has_one_text(
        text in prop_oneof![any_text(), "[0-9]{4}-[01][0-9]-[0-3][0-9][T ][0-2][0-9]:[0-5][0-9]:[0-6][0-9](\\.[0-9]{0,10})?( ?\\+00:?00|Z|)"]
    ) {
        if let Ok(time) = Timestamp::parse(&text) {
            let emitted = time.to_text();
            prop_assert_eq!(Timestamp::parse(&emitted).unwrap(), time);
            // Floored, never rounded: what is dropped is beyond the milliseconds.
            prop_assert_eq!(&emitted[..10], &text[..10]);
            prop_assert_eq!(&emitted[11..19], &text[11..19]);
            let fraction = text[19..].strip_prefix('.').unwrap_or_default();
            let digits: String = fraction.chars().take_while(char::is_ascii_digit).chain("000".chars()).take(3).collect();
            prop_assert_eq!(&emitted[20..23], digits);
            prop_assert!((0..=LAST).contains(&time.unix_millis()));
        }
    }

    #[test]
    fn an_intent_is_its_json(user in user_id(), action in select(Action::ALL)) {
        let intent = match action {
            Action::ReEnroll => Intent::re_enroll(user),
            Action::Deactivate => Intent::deactivate(user),
            Action::Reactivate => Intent::reactivate(user),
            Action::FlagFraud => Intent::flag_fraud(user),
            Action::ClearFraud => Intent::clear_fraud(user),
            Action::DeletePermanently => Intent::delete_permanently(user.clone(), user.as_str()).unwrap(),
            _ => Intent::enrollee_info(user),
        };
        let text = intent.to_json().to_text();
        prop_assert!(Intent::from_json(&text).unwrap() == intent);
        prop_assert!(Intent::from_bytes(text.as_bytes()).unwrap() == intent);
    }

    #[test]
    fn an_intent_that_is_read_is_written_the_same(text in any_text()) {
        if let Ok(intent) = Intent::from_json(&text) {
            let written = intent.to_json().to_text();
            let again = Intent::from_json(&written).unwrap();
            prop_assert!(again == intent);
            prop_assert_eq!(again.to_json().to_text(), written);
            prop_assert!(enrollkit::check(&text, enrollkit::SignUpRules::default()).is_empty());
        }
    }

    #[test]
    fn a_sign_up_keeps_what_the_user_object_holds(group in json_tree(), id in any::<i64>()) {
        let group = if group.as_object().is_some() { group } else { Json::parse("{}").unwrap() };
        let group = group.to_text();
        let text = format!(
            r#"{{"id":{id},"name":"n","organisationName":"Acme","userAppearance":{group},"userAttribute":{{}},"userAddress":{{}},"userBiometrics":[{group}],"userIDProofDocuments":{{}},"userEnrollmentHistoryList":[]}}"#
        );
        let intent = Intent::from_json(&format!(r#"{{"action":"unifyia.sign_up","user":{text}}}"#)).unwrap();
        let unifyia = enrollkit::Unifyia::from_json(r#"{"base_url":"https://id.bank.example"}"#, None).unwrap();
        let call = unifyia.call(&intent).unwrap();
        prop_assert_eq!(call.body(), text);
        prop_assert!(Intent::from_json(&intent.to_json().to_text()).unwrap() == intent);
    }

    #[test]
    fn a_pair_is_its_json(
        partner in "[0-9]{1,32}", environment in select(Environment::ALL), millis in 0..=LAST - 400_000, used in 0..300_i64
    ) {
        let key = ApiKey::parse("some-key").unwrap();
        let builder = SmileId::new(PartnerId::parse(&partner).unwrap(), environment);
        let at = |millis| Timestamp::from_unix_millis(millis).unwrap();
        let pair = builder.clone().api_key(&key).sign(at(millis)).unwrap();
        let read = Pair::from_json(&pair.to_json().to_text()).unwrap();
        prop_assert!(read == pair);
        // Handed on, it lives as long as it would have lived here.
        let holder = builder.pair(read, at(millis)).unwrap();
        let second = holder.sign(at(millis + used * 1000)).unwrap();
        prop_assert_eq!(i64::from(second.expires_in()), i64::from(pair.expires_in()) - used);
        prop_assert_eq!((second.signature(), second.timestamp()), (pair.signature(), pair.timestamp()));
    }

    #[test]
    fn a_pair_that_is_read_is_written_the_same(text in any_text()) {
        if let Ok(pair) = Pair::from_json(&text) {
            prop_assert!(Pair::from_json(&pair.to_json().to_text()).unwrap() == pair);
        }
    }

    #[test]
    fn what_goes_through_a_relay_comes_out_the_same(
        action in select(Action::ALL), status in prop_oneof![Just(200), 200..600_u16, any::<u16>()], headers in headers(), body in body(),
        details in select(&[Details::Included, Details::Withheld][..]),
    ) {
        let signed_at = Timestamp::parse("2026-11-22T10:00:00.000Z").ok();
        let direct = Reader::direct(action.operation(), signed_at, &[]).read::<Outcome, _, _>(status, headers, &body);
        let answer = relay::answer(&direct, details);
        prop_assert!(Json::parse(&answer.body).is_ok(), "{}", answer.body);
        let relayed = Reader::relayed(action.operation()).read::<Outcome, &str, &str>(answer.status, [], answer.body.as_bytes());
        prop_assert_eq!(relayed.is_ok(), direct.is_ok());
        let sent = plain(&direct, details);
        // An error's numbers have their fields, and are read back as numbers; an outcome may hold any JSON.
        let expected = if direct.is_ok() { as_relayed(&sent) } else { sent };
        prop_assert_eq!(plain(&relayed, Details::Included).to_text(), expected.to_text());
    }
}
