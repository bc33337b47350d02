//! The JSON reader takes what `serde_json` takes, reads it alike, and what it writes is read back.

use enrollkit::json::Number;
use enrollkit::{Json, ViolationCode};
use proptest::prelude::*;
use serde::de::IgnoredAny;
use serde_json::Value;

use super::inputs::{any_text, json_like, json_tree};

/// `serde_json`'s verdict on the form alone: this reading of it limits neither depth nor numbers, takes keys that come
/// twice, and does not look at surrogates.
fn is_json(text: &str) -> bool {
    serde_json::from_str::<IgnoredAny>(text).is_ok()
}

fn agrees(text: &str) -> Result<(), TestCaseError> {
    match Json::parse(text) {
        Ok(json) => {
            prop_assert!(is_json(text), "taken, and no JSON");
            // Numbers beyond a double are none to serde_json's own tree.
            if let Ok(theirs) = serde_json::from_str::<Value>(text) {
                prop_assert_eq!(serde_json::from_str::<Value>(&json.to_text()).unwrap(), theirs);
            }
        }
        Err(invalid) => {
            let code = invalid.violations()[0].code;
            prop_assert_eq!(invalid.violations().len(), 1);
            match code {
                ViolationCode::BadJson => prop_assert!(!is_json(text), "refused, and it is JSON"),
                // Ours alone: found before the text's end, so what follows may be anything.
                ViolationCode::DuplicateKey | ViolationCode::NotUnicode | ViolationCode::TooDeep => {}
                other => prop_assert!(false, "{}", other),
            }
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn any_text_is_judged_as_serde_json_judges_it(text in any_text()) {
        agrees(&text)?;
    }

    #[test]
    fn json_like_text_is_judged_as_serde_json_judges_it(text in json_like()) {
        agrees(&text)?;
    }

    #[test]
    fn a_duplicate_key_and_a_lone_surrogate_are_the_only_further_refusals(text in json_like()) {
        if let (true, Err(invalid)) = (is_json(&text), Json::parse(&text)) {
            let violation = &invalid.violations()[0];
            let shown_twice = violation.code == ViolationCode::DuplicateKey;
            let lone = violation.code == ViolationCode::NotUnicode && text.contains("\\ud");
            prop_assert!(shown_twice || lone, "{}: {}", text, invalid);
        }
    }

    #[test]
    fn what_is_written_is_read_back(tree in json_tree()) {
        let text = tree.to_text();
        prop_assert!(is_json(&text));
        let read = Json::parse(&text).unwrap();
        prop_assert!(read == tree);
        prop_assert_eq!(read.to_text(), text);
    }

    #[test]
    fn what_is_read_is_written_once_and_for_all(text in prop_oneof![any_text(), json_like()]) {
        if let Ok(read) = Json::parse(&text) {
            let written = read.to_text();
            let again = Json::parse(&written).unwrap();
            prop_assert!(again == read);
            prop_assert_eq!(again.to_text(), written);
        }
    }

    #[test]
    fn a_number_is_the_text_that_came(text in "-?[0-9]{0,25}(\\.[0-9]{0,5})?([eE][+-]?[0-9]{0,4})?") {
        let number = Number::parse(&text);
        prop_assert_eq!(number.is_some(), is_json(&text));
        if let Some(number) = number {
            prop_assert_eq!(number.as_str(), &text);
            prop_assert_eq!(number.as_i64(), text.parse().ok());
            prop_assert_eq!(Json::Number(number).to_text(), text);
        }
    }
}
