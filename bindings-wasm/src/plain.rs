//! Plain JavaScript values of the core's plain forms.

use enrollkit::json::MAX_DEPTH;
use enrollkit::smile_id::Verified;
use enrollkit::{Details, Error, Intent, Json};
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use wasm_bindgen::JsValue;

/// The largest integer that a JavaScript number holds, as JavaScript says it: 2^53 - 1.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a whole number of 53 bits")]
const MAX_SAFE_INTEGER: u64 = js_sys::Number::MAX_SAFE_INTEGER as u64;

/// The value: objects become `Map`s, since only they take `__proto__` for a key like any other; the facade makes objects of
/// them. Integers that a number would round become `BigInt`s, whatever their size.
pub(crate) fn plain(json: &Json) -> JsValue {
    let serializer = serde_wasm_bindgen::Serializer::new().serialize_missing_as_null(true);
    // Nothing in a tree of JSON can fail to become a value.
    Plain(json).serialize(&serializer).unwrap_or(JsValue::NULL)
}

/// The core's error as the facade throws it.
pub(crate) fn thrown(error: &Error) -> JsValue {
    // Whole: the facade leaves out of its plain form what the service wrote.
    let plain_error = plain(&error.to_json_with(Details::Included));
    tuple(&[plain_error, JsValue::from_str(&error.to_string()), bytes(error.raw())])
}

/// An outcome: plain, whether it is lossy, the raw body, and its text where plain numbers can't give that back.
pub(crate) fn outcome(json: &Json, raw: &[u8], lossy: bool) -> JsValue {
    let text =
        if is_exact(json, MAX_DEPTH) { JsValue::UNDEFINED } else { JsValue::from_str(&json.to_text()) };
    tuple(&[plain(json), JsValue::from_bool(lossy), bytes(raw), text])
}

/// Whether JavaScript writes the same text again: `1.10` would become `1.1`, and its writer ends at so many levels.
fn is_exact(json: &Json, levels: usize) -> bool {
    let inner = |value: &Json| levels > 1 && is_exact(value, levels - 1);
    match json {
        Json::Number(number) => number.is_integer() && number.as_str() != "-0",
        Json::Array(items) => items.iter().all(inner),
        Json::Object(object) => object.iter().all(|(_, value)| inner(value)),
        _ => true,
    }
}

pub(crate) fn verified(verified: &Verified) -> JsValue {
    let text = |text: Option<&str>| text.map_or(JsValue::NULL, JsValue::from_str);
    #[allow(clippy::cast_precision_loss, reason = "at most a day")]
    let age = JsValue::from_f64(verified.age_seconds() as f64);
    let json = verified.json().map_or(JsValue::UNDEFINED, plain);
    let keys = [verified.delivery_key(), verified.pair_key()].map(JsValue::from_str);
    let [delivery_key, pair_key] = keys;
    let differ = JsValue::from_bool(verified.ids_differ());
    let (result_code, form) = (text(verified.result_code()), text(Some(verified.partner_id_form().slug())));
    let (job_id, user_id) = (text(verified.job_id()), text(verified.user_id()));
    tuple(&[age, job_id, user_id, delivery_key, pair_key, json, differ, result_code, form])
}

/// An intent: plain, and its exact text.
pub(crate) fn intent(intent: &Intent) -> JsValue {
    tuple(&[plain(&intent.to_json()), JsValue::from_str(&intent.to_text())])
}

fn tuple(values: &[JsValue]) -> JsValue {
    let array = js_sys::Array::new();
    for value in values {
        array.push(value);
    }
    array.into()
}

fn bytes(bytes: &[u8]) -> JsValue {
    js_sys::Uint8Array::from(bytes).into()
}

struct Plain<'a>(&'a Json);

impl Serialize for Plain<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Json::Number(number) => {
                let is_safe = |value: i64| value.unsigned_abs() <= MAX_SAFE_INTEGER;
                let text = number.as_str();
                if number.is_integer()
                    && !number.as_i64().is_some_and(is_safe)
                    && let Ok(integer) = js_sys::BigInt::new(&JsValue::from_str(text))
                {
                    return serde_wasm_bindgen::preserve::serialize(&integer, serializer);
                }
                // JavaScript reads its own numbers: the reader of Rust's library is ten kilobytes of tables.
                serializer.serialize_f64(js_sys::parse_float(text))
            }
            Json::Array(items) => {
                let mut sequence = serializer.serialize_seq(Some(items.len()))?;
                items.iter().try_for_each(|item| sequence.serialize_element(&Plain(item)))?;
                sequence.end()
            }
            Json::Object(object) => {
                let mut map = serializer.serialize_map(Some(object.len()))?;
                object.iter().try_for_each(|(key, value)| map.serialize_entry(key, &Plain(value)))?;
                map.end()
            }
            Json::Null => serializer.serialize_unit(),
            Json::Bool(value) => serializer.serialize_bool(*value),
            Json::String(text) => serializer.serialize_str(text),
        }
    }
}
