//! What a host writes piece by piece is what the reader makes of the same text; pieces that make no JSON give nothing.

use enrollkit::json::{MAX_DEPTH, Object, Writer};
use enrollkit::{Json, SignUpRules, User, ViolationCode};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::inputs::json_tree;

fn write(writer: &mut Writer, value: &Json) {
    match value {
        Json::Null => writer.null(),
        Json::Bool(value) => writer.flag(*value),
        Json::Number(number) => match number.as_i64().filter(|small| small.to_string() == number.as_str()) {
            Some(small) => writer.integer(small),
            None => assert!(writer.number(number.as_str())),
        },
        Json::String(text) => writer.string(text),
        Json::Array(items) => {
            writer.begin_array();
            for item in items {
                write(writer, item);
            }
            assert_eq!(writer.end(), None);
        }
        Json::Object(object) => {
            writer.begin_object();
            for (key, value) in object.iter() {
                writer.key(key);
                write(writer, value);
            }
            assert_eq!(writer.end(), None);
        }
    }
}

fn written(value: &Json) -> Writer {
    let mut writer = Writer::with_room(0);
    write(&mut writer, value);
    writer
}

/// One of the pieces, whether it fits or not.
fn piece(writer: &mut Writer, which: usize) {
    match which {
        0 => writer.null(),
        1 => writer.string("a\"b"),
        2 => writer.begin_object(),
        3 => writer.begin_array(),
        4 => writer.key("k"),
        5 => writer.key("l"),
        6 => assert!(!writer.number("1.")),
        7 => writer.integer(-7),
        _ => drop(writer.end()),
    }
}

proptest! {
    #[test]
    fn what_is_written_is_what_the_tree_writes(tree in json_tree()) {
        prop_assert_eq!(written(&tree).into_text().unwrap(), tree.to_text());
        let user = User::from_written(written(&tree));
        prop_assert!(user == User::from_json(&tree.to_text()).ok());
    }

    #[test]
    fn a_user_is_checked_alike_whether_it_was_read_or_written(
        members in vec((select(&["name", "id", "userBiometrics", "userAddress", "more", "a\"b"][..]), json_tree()), 0..6),
    ) {
        let mut object = Object::new();
        for (key, value) in members {
            object.insert(key, value);
        }
        let user = User::from_written(written(&object.clone().into())).unwrap();
        for rules in [SignUpRules::default(), SignUpRules::of(true, false), SignUpRules::of(false, true)] {
            prop_assert_eq!(user.check(rules), User::from(object.clone()).check(rules));
        }
    }

    #[test]
    fn an_object_with_a_key_twice_becomes_null(
        keys in vec(select(&["a", "b", "c\n", "attribute0", "attribute1", "\u{1}"][..]), 1..50),
        many in any::<bool>(),
    ) {
        let mut writer = Writer::with_room(0);
        writer.begin_object();
        writer.key("userBiometrics");
        writer.begin_array();
        writer.begin_object();
        // More of them take another way.
        for key in (0..if many { 40 } else { 0 }).map(|at| format!("own{at}")).chain(keys.iter().map(ToString::to_string)) {
            writer.key(&key);
            writer.null();
        }
        let again = writer.end();
        prop_assert_eq!(writer.end(), None);
        prop_assert_eq!(writer.end(), None);
        let pairs = keys.iter().map(|key| (key.to_string(), Json::Null)).collect();
        prop_assert_eq!(&again, &Object::from_pairs(pairs).err());
        let user = User::from_written(writer).unwrap();
        prop_assert_eq!(user.as_text() == r#"{"userBiometrics":[null]}"#, again.is_some());
        let at_item = user.check(SignUpRules::default()).iter().any(|one| one.path == "userBiometrics/0");
        prop_assert_eq!(at_item, again.is_some());
    }

    #[test]
    fn pieces_make_json_or_nothing(pieces in vec(0..9_usize, 0..12)) {
        let mut writer = Writer::with_room(0);
        for which in pieces {
            piece(&mut writer, which);
        }
        if let Some(text) = writer.into_text() {
            prop_assert_eq!(Json::parse(&text).unwrap().to_text(), text);
        }
    }
}

/// As many levels as asked for, and a member for each required field, so that nothing else is wrong.
fn nested(levels: usize) -> User {
    let mut writer = Writer::with_room(0);
    writer.begin_object();
    for (key, value) in [("name", "a"), ("organisationName", "b")] {
        writer.key(key);
        writer.string(value);
    }
    for key in ["userAppearance", "userAddress", "userIDProofDocuments"] {
        writer.key(key);
        writer.begin_object();
        assert_eq!(writer.end(), None);
    }
    for key in ["userBiometrics", "userEnrollmentHistoryList"] {
        writer.key(key);
        writer.begin_array();
        assert_eq!(writer.end(), None);
    }
    writer.key("userAttribute");
    writer.begin_object();
    writer.key("deep");
    (2..levels).for_each(|_| writer.begin_array());
    (0..levels).for_each(|_| assert_eq!(writer.end(), None));
    User::from_written(writer).unwrap()
}

#[test]
fn what_nests_too_deep_is_found_when_it_is_checked() {
    assert_eq!(nested(MAX_DEPTH).check(SignUpRules::default()), []);
    let wrong = nested(MAX_DEPTH + 1).check(SignUpRules::default());
    assert_eq!(wrong.iter().map(|one| one.code).collect::<Vec<_>>(), [ViolationCode::TooDeep]);
}
