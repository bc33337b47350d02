//! JSON as a tree, for a language whose own reader rounds numbers.

use enrollkit::Json;

use crate::Result;

/// A member of an object.
#[derive(uniffi::Record)]
pub struct CoreMember {
    /// The key.
    pub key: String,
    /// The value.
    pub value: CoreJson,
}

/// A JSON value.
#[derive(uniffi::Enum)]
pub enum CoreJson {
    /// `null`
    Null,
    /// `true` or `false`
    Flag {
        /// Which of them.
        value: bool,
    },
    /// A number, as the text that it was written with.
    Number {
        /// That text.
        text: String,
    },
    /// A text.
    Text {
        /// The text.
        text: String,
    },
    /// An array.
    Array {
        /// Its items.
        items: Vec<CoreJson>,
    },
    /// An object.
    Object {
        /// Its members, in the order in which they were written.
        members: Vec<CoreMember>,
    },
}

impl From<&Json> for CoreJson {
    // Recursion is bounded by the depth that the reader allows.
    fn from(json: &Json) -> Self {
        match json {
            Json::Null => Self::Null,
            Json::Bool(value) => Self::Flag { value: *value },
            Json::Number(number) => Self::Number { text: number.as_str().to_owned() },
            Json::String(text) => Self::Text { text: text.as_str().to_owned() },
            Json::Array(items) => Self::Array { items: items.iter().map(Self::from).collect() },
            Json::Object(object) => {
                let member =
                    |(key, value): (&str, &Json)| CoreMember { key: key.to_owned(), value: value.into() };
                Self::Object { members: object.iter().map(member).collect() }
            }
        }
    }
}

/// The tree of JSON text.
#[uniffi::export]
pub fn core_json(text: &str) -> Result<CoreJson> {
    Ok(CoreJson::from(&Json::parse(text)?))
}
