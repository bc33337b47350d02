//! JSON that a caller wrote: read to the letter, and what is wrong is a violation.

use super::code::ViolationCode;
use super::fields::wrong_type;
use super::violation::{InvalidInput, Violation};
use crate::json::{Document, Fault, FaultKind, Json, MAX_DEPTH, MAX_PLAIN_DEPTH, Object, read_strict};

/// The violation that a fault is.
fn violation_of(fault: &Fault) -> Violation {
    let path = fault.path.as_deref().unwrap_or_default();
    match fault.kind {
        FaultKind::Syntax { byte } => Violation::new(path, ViolationCode::BadJson).limit(byte),
        FaultKind::DuplicateKey => Violation::new(path, ViolationCode::DuplicateKey),
        FaultKind::LoneSurrogate => Violation::new(path, ViolationCode::NotUnicode),
        FaultKind::TooDeep => Violation::new(path, ViolationCode::TooDeep).limit(MAX_DEPTH),
    }
}

fn read(text: &str, depth: usize) -> Result<Json, InvalidInput> {
    read_strict(text, depth).map_err(|fault| violation_of(&fault).into())
}

/// What is wrong with a text that is no object.
fn refusal(text: &str, depth: usize) -> InvalidInput {
    read(text, depth).err().unwrap_or_else(|| wrong_type("", "object").into())
}

impl Json {
    /// Reads JSON text strictly: one value, no duplicate key, no lone surrogate, at most [`MAX_DEPTH`] levels.
    ///
    /// # Errors
    /// [`InvalidInput`] with one violation: `bad_json`, `duplicate_key`, `not_unicode` or `too_deep`, and its path.
    pub fn parse(text: &str) -> Result<Self, InvalidInput> {
        read(text, MAX_DEPTH)
    }

    /// As [`Self::parse`], of the text of a plain form, which nests up to [`MAX_PLAIN_DEPTH`] levels.
    ///
    /// # Errors
    /// As [`Self::parse`].
    pub fn parse_plain(text: &str) -> Result<Self, InvalidInput> {
        read(text, MAX_PLAIN_DEPTH)
    }
}

impl Object {
    /// Reads JSON text that must be an object, as strictly as [`Json::parse`].
    ///
    /// # Errors
    /// As [`Json::parse`], and `wrong_type` for any other value.
    pub fn parse(text: &str) -> Result<Self, InvalidInput> {
        Self::parse_to(text, MAX_DEPTH)
    }

    /// As [`Self::parse`], of an object around one that a caller may nest as deep as any other.
    pub(crate) fn parse_around(text: &str) -> Result<Self, InvalidInput> {
        Self::parse_to(text, MAX_DEPTH.saturating_add(1))
    }

    fn parse_to(text: &str, depth: usize) -> Result<Self, InvalidInput> {
        match read(text, depth)? {
            Json::Object(object) => Ok(object),
            _ => Err(wrong_type("", "object").into()),
        }
    }
}

impl Document {
    /// As [`Object::parse`].
    pub(crate) fn parse(text: &str) -> Result<Self, InvalidInput> {
        Self::read(text, MAX_DEPTH).ok_or_else(|| refusal(text, MAX_DEPTH))
    }

    /// As [`Self::parse`], of an object around one that a caller may nest as deep as any other: its members, and that one.
    pub(crate) fn parse_around(
        text: &str,
        inner: &'static str,
    ) -> Result<(Object, Option<Self>), InvalidInput> {
        let depth = MAX_DEPTH.saturating_add(1);
        Self::read_around(text, depth, inner).ok_or_else(|| refusal(text, depth))
    }
}
