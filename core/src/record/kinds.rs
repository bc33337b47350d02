//! How each kind of field is read: leniently, since nothing is lost that the raw body has.

use alloc::string::String;
use alloc::vec::Vec;

use crate::http::lenient_text;
use crate::json::Json;

/// Which names an object has.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// The service's.
    Wire,
    /// Those of the plain form, which a relay and a queue have.
    Plain,
}

/// A member, by its name in either form.
pub(crate) fn member<'a>(json: &'a Json, form: Form, wire: &str, plain: &str) -> Option<&'a Json> {
    json.get(if form == Form::Wire { wire } else { plain })
}

/// Text and nothing else.
pub(crate) fn text(value: Option<&Json>) -> Option<String> {
    value.and_then(Json::as_str).map(Into::into)
}

/// Text, or a number given where text is documented: an id or a code.
pub(crate) fn code(value: Option<&Json>) -> Option<String> {
    lenient_text(value?).map(Into::into)
}

/// A boolean; services write it as text, too.
pub(crate) fn flag(value: Option<&Json>) -> Option<bool> {
    match value? {
        Json::Bool(value) => Some(*value),
        Json::String(text) => match text.as_str() {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        },
        _ => None,
    }
}

/// An object, read as a record.
pub(crate) fn record<T>(value: Option<&Json>, form: Form, read: fn(&Json, Form) -> T) -> Option<T> {
    value.filter(|value| value.as_object().is_some()).map(|value| read(value, form))
}

/// The objects of an array, each read as a record.
pub(crate) fn list<T>(value: Option<&Json>, form: Form, read: fn(&Json, Form) -> T) -> Vec<T> {
    let items = value.and_then(Json::as_array).unwrap_or_default();
    items.iter().filter(|item| item.as_object().is_some()).map(|item| read(item, form)).collect()
}
