//! Plain forms that are read into plain forms: what a page does with a relay's outcome, without the records' own types.

use super::kinds::flag;
use crate::http::lenient_text;
use crate::json::{Json, Object};
use crate::reply::Acknowledgement;
use crate::text::safe_to_show;

/// A field as the plain form has it.
pub(crate) struct PlainField {
    pub(crate) name: &'static str,
    pub(crate) kind: PlainKind,
}

/// What is taken for the field; of anything else, it is missing.
#[derive(Clone, Copy)]
pub(crate) enum PlainKind {
    Text,
    Code,
    Message,
    Flag,
    Json,
    /// Without it, the whole is no outcome.
    Status,
    /// Without it, the whole is no outcome.
    Acknowledgement,
    Record(&'static [PlainField]),
    Part(&'static [PlainField]),
    List(&'static [PlainField]),
}

/// Adds to `object` what the fields take of a plain form; `None` when that is no outcome.
pub(crate) fn put_plain(object: &mut Object, json: &Json, fields: &[PlainField]) -> Option<()> {
    for PlainField { name, kind } in fields {
        let value = json.get(name);
        let text = value.and_then(Json::as_str);
        let taken = match kind {
            PlainKind::Text => text.map(Json::from),
            PlainKind::Code => value.and_then(lenient_text).map(Json::from),
            PlainKind::Message => text.map(safe_to_show).map(Json::String),
            PlainKind::Flag => flag(value).map(Json::Bool),
            PlainKind::Json => value.cloned(),
            PlainKind::Status => {
                let status = value?.as_number()?.as_i64()?;
                Some(i64::from(u16::try_from(status).ok()?).into())
            }
            PlainKind::Acknowledgement => Some(Acknowledgement::from_slug(text?)?.slug().into()),
            PlainKind::Record(fields) => {
                value.filter(|value| value.as_object().is_some()).map(|value| part(value, fields))
            }
            PlainKind::Part(fields) => Some(part(value.unwrap_or(&Json::Null), fields)),
            PlainKind::List(fields) => {
                let items = value.and_then(Json::as_array).unwrap_or_default();
                let objects = items.iter().filter(|item| item.as_object().is_some());
                Some(Json::Array(objects.map(|item| part(item, fields)).collect()))
            }
        };
        if let Some(taken) = taken {
            object.put(name, taken);
        }
    }
    Some(())
}

/// A part has nothing that must be there.
fn part(json: &Json, fields: &[PlainField]) -> Json {
    let mut object = Object::new();
    let _ = put_plain(&mut object, json, fields);
    object.into()
}
