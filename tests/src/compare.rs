//! Compares what came with what a vector expects: members that it does not name may be there, `null` means absent.

use alloc::format;
use alloc::string::{String, ToString};

use enrollkit::Json;

/// Where and how the two differ first; `None` when what came is what was expected.
#[must_use]
pub fn difference(expected: &Json, actual: &Json) -> Option<String> {
    differ("", expected, actual)
}

fn differ(path: &str, expected: &Json, actual: &Json) -> Option<String> {
    match (expected, actual) {
        (Json::Object(expected), Json::Object(actual)) => expected.iter().find_map(|(key, value)| {
            differ(&format!("{path}/{key}"), value, actual.get(key).unwrap_or(&Json::Null))
        }),
        (Json::Array(expected), Json::Array(actual)) if expected.len() == actual.len() => {
            let mut pairs = expected.iter().zip(actual).enumerate();
            pairs.find_map(|(place, (expected, actual))| differ(&format!("{path}/{place}"), expected, actual))
        }
        _ if expected == actual => None,
        _ => {
            let at = if path.is_empty() { "(the whole)".to_string() } else { path.to_string() };
            Some(format!("{at}: expected {}, came {}", expected.to_text(), actual.to_text()))
        }
    }
}
