//! Trees of plain values, as the core writes them.

use alloc::string::String;
use alloc::vec::Vec;

use super::tree::{Json, Number, Object};
use crate::text::{concat, decimal};

impl From<bool> for Json {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<i64> for Json {
    fn from(value: i64) -> Self {
        let sign = if value < 0 { "-" } else { "" };
        Self::Number(Number::of_read(concat(&[sign, &decimal(value.unsigned_abs())])))
    }
}

impl From<&str> for Json {
    fn from(value: &str) -> Self {
        Self::String(value.into())
    }
}

impl From<String> for Json {
    fn from(value: String) -> Self {
        Self::String(value)
    }
}

impl From<Object> for Json {
    fn from(value: Object) -> Self {
        Self::Object(value)
    }
}

impl From<Vec<Json>> for Json {
    fn from(value: Vec<Json>) -> Self {
        Self::Array(value)
    }
}

/// For objects that the core itself writes: each member is known not to be there yet. What is missing is left out. None is
/// generic, so that each is compiled once.
impl Object {
    pub(crate) fn put(&mut self, key: &str, value: Json) {
        self.push(key.into(), value);
    }

    pub(crate) fn put_text(&mut self, key: &str, text: &str) {
        self.put(key, text.into());
    }

    pub(crate) fn put_some_text(&mut self, key: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.put_text(key, text);
        }
    }

    pub(crate) fn put_flag(&mut self, key: &str, flag: Option<bool>) {
        if let Some(flag) = flag {
            self.put(key, flag.into());
        }
    }

    pub(crate) fn put_integer(&mut self, key: &str, integer: Option<i64>) {
        if let Some(integer) = integer {
            self.put(key, integer.into());
        }
    }

    /// An object of one text.
    pub(crate) fn of_text(key: &str, text: &str) -> Self {
        let mut object = Self::new();
        object.put_text(key, text);
        object
    }
}
