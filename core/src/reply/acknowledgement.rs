//! Whether an answer says that what was asked was done.

use alloc::string::String;

use super::answer::Reply;
use super::failure::MESSAGE_KEY;
use crate::json::{Json, Object};
use crate::slug::slugs;

slugs! {
    /// Whether the service said in so many words that it did what was asked.
    pub enum Acknowledgement {
        /// The answer is a JSON object that names no failure.
        Stated = "stated",
        /// A success status with something else: nothing, HTML (a captive portal, a proxy's login page), a code that is
        /// documented nowhere. Look the user up before you say "done".
        Unstated = "unstated",
    }
}

impl Reply<'_> {
    /// A JSON object that does not contradict a success is a statement (assumption: no success body is documented).
    pub(crate) fn acknowledgement(&self) -> Acknowledgement {
        let object = self.body.json.as_ref().and_then(Json::as_object).filter(|object| !object.is_empty());
        let contradicted = object.is_some_and(contradicts_success);
        // A failure that is documented was found before; what is left is a code that nobody documents.
        if object.is_some() && !contradicted && self.code_is_no_failure() {
            Acknowledgement::Stated
        } else {
            Acknowledgement::Unstated
        }
    }

    pub(crate) fn message(&self) -> Option<String> {
        self.body.json.as_ref()?.get(MESSAGE_KEY)?.as_str().map(|text| self.show(text))
    }
}

/// Words that no success has (assumption): `"success": false`, `"status": "error"`, `"error": 0`.
fn contradicts_success(object: &Object) -> bool {
    let says = |key: &str, words: &[&str]| {
        object
            .get(key)
            .and_then(Json::as_str)
            .is_some_and(|text| words.iter().any(|word| word.eq_ignore_ascii_case(text)))
    };
    object.get("success").and_then(Json::as_bool) == Some(false)
        || says("success", &["false"])
        || says("status", &["error", "failed", "failure"])
        || object.get("error").is_some_and(|error| error.as_number().is_some())
}
