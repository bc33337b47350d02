//! Trees for serde.

use super::tree::Json;

/// For the bindings: integers that fit become integers, other numbers the nearest double.
impl serde::Serialize for Json {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Number(number) => match (number.as_i64(), number.as_str().parse::<u64>()) {
                (Some(value), _) => serializer.serialize_i64(value),
                (None, Ok(value)) => serializer.serialize_u64(value),
                (None, Err(_)) => serializer.serialize_f64(number.as_str().parse().unwrap_or(f64::NAN)),
            },
            Self::String(text) => serializer.serialize_str(text),
            Self::Array(items) => serializer.collect_seq(items),
            Self::Object(object) => serializer.collect_map(object.iter()),
        }
    }
}
