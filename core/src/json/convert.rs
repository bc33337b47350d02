//! Trees of plain values, as the core writes them.

use alloc::string::String;
use alloc::vec::Vec;

use super::tree::{Json, Number, Object};

impl From<bool> for Json {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<i64> for Json {
    fn from(value: i64) -> Self {
        Self::Number(Number::of_read(alloc::format!("{value}")))
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

impl Object {
    /// Adds a member that is known not to be there yet: for objects the core itself writes.
    pub(crate) fn with(self, key: &str, value: impl Into<Json>) -> Self {
        self.with_json(key, value.into())
    }

    /// As [`Self::with`], when there is a value.
    pub(crate) fn with_some(self, key: &str, value: Option<impl Into<Json>>) -> Self {
        match value {
            Some(value) => self.with(key, value),
            None => self,
        }
    }

    #[inline(never)]
    fn with_json(mut self, key: &str, value: Json) -> Self {
        self.push(key.into(), value);
        self
    }
}
