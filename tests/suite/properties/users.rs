//! A user object is kept as its text, with the places of its members: that is what the tree of the same text says, and so is what is
//! wrong with it.

use enrollkit::json::Object;
use enrollkit::{Intent, Json, SignUpRules, User, ViolationCode};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::inputs::{any_text, json_like, json_tree};

/// Fields that are known, and keys that are written with escapes.
const KEYS: [&str; 8] = ["name", "id", "userBiometrics", "unknown", "", "a\"b", "\u{1}\u{8}\\", "é😀"];

fn same_as_the_tree(text: &str) -> Result<(), TestCaseError> {
    match (User::from_json(text), Object::parse(text)) {
        (Ok(user), Ok(object)) => {
            prop_assert_eq!(user.as_text(), object.to_text());
            prop_assert!(user.to_object() == object);
            prop_assert!(user == User::from(object));
            Ok(())
        }
        (Err(ours), Err(theirs)) => {
            prop_assert_eq!(ours, theirs);
            Ok(())
        }
        (user, _) => Err(TestCaseError::fail(format!("taken: {}", user.is_ok()))),
    }
}

/// Objects of any JSON, under keys that come twice now and then, with white space and needless escapes.
fn object_like() -> impl Strategy<Value = String> {
    let key =
        select(&["name", "n\\u0061me", "\\b\\u000c\\/", "\\\"", "id", "é", "\\ud83d\\ude00", "\\ud800"][..]);
    let pair = (
        key,
        select(&["", " ", "\n\t"][..]),
        prop_oneof![json_like(), json_tree().prop_map(|tree| tree.to_text())],
    );
    vec(pair, 0..6).prop_map(|pairs| {
        let pairs: Vec<String> = pairs
            .iter()
            .map(|(key, space, value)| format!("{space}\"{key}\"{space}:{space}{value}{space}"))
            .collect();
        format!("{{{}}}", pairs.join(","))
    })
}

proptest! {
    #[test]
    fn the_text_of_a_user_is_its_trees(text in prop_oneof![1 => any_text(), 1 => json_like(), 3 => object_like()]) {
        same_as_the_tree(&text)?;
        let nested = format!(r#"{{"userBiometrics":[{text}],"userAddress":{text}}}"#);
        same_as_the_tree(&nested)?;
    }

    #[test]
    fn a_user_is_checked_alike_wherever_it_came_from(text in object_like(), self_service in any::<bool>(), extra_keys in any::<bool>()) {
        let Ok(object) = Object::parse(&text) else { return Ok(()) };
        let rules = SignUpRules::of(self_service, extra_keys);
        let intent = Intent::from_json_with(&format!(r#"{{"action":"unifyia.sign_up","user":{text}}}"#), rules);
        let violations = User::from(object).check(rules);
        prop_assert_eq!(&User::check_text(&text, None, rules), &violations);
        prop_assert_eq!(intent.map_or_else(|invalid| invalid.violations().to_vec(), |_| Vec::new()), violations);
    }

    #[test]
    fn setting_a_field_is_what_it_is_in_a_tree(steps in vec((select(&KEYS[..]), json_tree()), 0..8)) {
        let (mut user, mut object) = (User::default(), Object::new());
        for (key, value) in steps {
            user.set(key, value.clone());
            object.insert(key, value);
            prop_assert_eq!(user.as_text(), object.to_text());
            prop_assert!(user == User::from_json(user.as_text()).unwrap());
        }
        prop_assert_eq!(user.check(SignUpRules::default()), User::from(object).check(SignUpRules::default()));
    }
}

#[test]
fn a_long_string_ends_where_it_ends() {
    // Strings are looked at in steps of eight and of thirty-two bytes: each end at each place.
    for length in 0..100 {
        for end in ["", "\\\\", "\\u00e9", "é", "\u{7f}", "\u{1}", "\u{1f}x", "\\"] {
            let text = format!(
                "{{\"k{0}{end}\":\"{0}{end}\",\"b\":\"{0}\"}}",
                "é".repeat(length / 2) + &"a".repeat(length % 2)
            );
            assert!(same_as_the_tree(&text).is_ok(), "{text}");
        }
    }
}

#[test]
fn a_tree_that_is_too_deep_by_hand_is_refused_until_it_is_replaced() {
    let nested = |levels: usize| (0..levels).fold(Json::Null, |inner, _| Json::Array(vec![inner]));
    let mut user = User::from_json(
        r#"{"name":"n","organisationName":"Acme","userAppearance":{},"userAttribute":{},"userAddress":{},"userBiometrics":[],"userIDProofDocuments":{},"userEnrollmentHistoryList":[]}"#,
    )
    .unwrap();
    let rules = SignUpRules::default().allow_extra_keys();
    user.set("x", nested(127));
    assert!(user.check(rules).is_empty());
    user.set("x", nested(200));
    assert_eq!(user.check(rules)[0].code, ViolationCode::TooDeep);
    user.set("x", 1);
    assert!(user.check(rules).is_empty());
}
