//! A JSON object: unique keys, in the caller's order.

use alloc::collections::BinaryHeap;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use super::{Json, MAX_DEPTH, read_strict};
use crate::error::InvalidInput;
use crate::fields::wrong_type;

/// A JSON object. Keys are unique and keep their order; `Debug` shows only how many there are.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Object(Vec<(String, Json)>);

impl Object {
    /// An object without members.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

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
        match read_strict(text, depth).map_err(|fault| InvalidInput::from(fault.into_violation()))? {
            Json::Object(object) => Ok(object),
            _ => Err(wrong_type("", "object").into()),
        }
    }

    /// An object from pairs; on a key that comes twice, `Err` with that key.
    ///
    /// # Errors
    /// The first key that comes a second time.
    pub fn from_pairs(pairs: Vec<(String, Json)>) -> Result<Self, String> {
        let first = repeated(&pairs).into_iter().map(|(_, again)| again).min();
        match first.and_then(|again| pairs.get(again)) {
            Some((key, _)) => Err(key.clone()),
            None => Ok(Self(pairs)),
        }
    }

    /// As [`Self::from_pairs`], but of a key that comes twice the last value counts. Tells whether one did.
    pub(crate) fn from_pairs_last_wins(mut pairs: Vec<(String, Json)>) -> (Self, bool) {
        let repeated = repeated(&pairs);
        if repeated.is_empty() {
            return (Self(pairs), false);
        }
        let mut last = alloc::vec![true; pairs.len()];
        for (place, _) in repeated {
            last.get_mut(place).into_iter().for_each(|last| *last = false);
        }
        let mut last = last.into_iter();
        pairs.retain(|_| last.next().unwrap_or_default());
        (Self(pairs), true)
    }

    /// The member `key`.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Json> {
        // Lengths first: most keys differ there, and a call is spared.
        self.0.iter().find(|(name, _)| name.len() == key.len() && name == key).map(|(_, value)| value)
    }

    /// Sets `key`: a known key keeps its place and its old value is returned, a new one goes to the end.
    pub fn insert(&mut self, key: impl Into<String>, value: impl Into<Json>) -> Option<Json> {
        let (key, value) = (key.into(), value.into());
        if let Some((_, old)) = self.0.iter_mut().find(|(name, _)| *name == key) {
            return Some(core::mem::replace(old, value));
        }
        self.0.push((key, value));
        None
    }

    /// Takes `key` out.
    pub fn remove(&mut self, key: &str) -> Option<Json> {
        let place = self.0.iter().position(|(name, _)| name == key)?;
        Some(self.0.remove(place).1)
    }

    /// The members, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Json)> {
        self.0.iter().map(|(key, value)| (key.as_str(), value))
    }

    pub(crate) fn into_pairs(self) -> impl Iterator<Item = (String, Json)> {
        self.0.into_iter()
    }

    pub(crate) fn values_mut(&mut self) -> impl Iterator<Item = &mut Json> {
        self.0.iter_mut().map(|(_, value)| value)
    }

    /// How many members there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The compact JSON text, as [`Json::to_text`] writes it.
    #[must_use]
    pub fn to_text(&self) -> String {
        super::write::object_to_text(self)
    }

    /// Whether it nests deeper than [`MAX_DEPTH`]: possible only for a tree that was built by hand.
    pub(crate) fn is_too_deep(&self) -> bool {
        let mut open: Vec<(&Json, usize)> = self.0.iter().map(|(_, item)| (item, 2)).collect();
        while let Some((value, depth)) = open.pop() {
            let deeper = depth.saturating_add(1);
            let is_container = matches!(value, Json::Array(_) | Json::Object(_));
            if is_container && depth > MAX_DEPTH {
                return true;
            }
            match value {
                Json::Array(items) => open.extend(items.iter().map(|item| (item, deeper))),
                Json::Object(object) => open.extend(object.iter().map(|(_, item)| (item, deeper))),
                _ => {}
            }
        }
        false
    }

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
        self.0.push((key.into(), value));
        self
    }
}

/// Up to how many keys are compared each with each: that is faster than sorting them.
const FEW: usize = 32;

/// The places of keys that come again, each with the place where it comes next. Of more than a few keys, a heap (the smallest
/// of the library's sorted things) keeps a hostile object with a million from taking a million squared steps.
fn repeated(pairs: &[(String, Json)]) -> Vec<(usize, usize)> {
    let mut repeated = Vec::new();
    if pairs.len() <= FEW {
        for (again, (key, _)) in pairs.iter().enumerate() {
            let before =
                pairs.iter().take(again).rposition(|(name, _)| name.len() == key.len() && name == key);
            repeated.extend(before.map(|place| (place, again)));
        }
        return repeated;
    }
    let mut sorted = BinaryHeap::with_capacity(pairs.len());
    for (place, (key, _)) in pairs.iter().enumerate() {
        sorted.push((key.as_str(), place));
    }
    // Equal keys come out one after the other, the last one first.
    let mut before = None;
    while let Some((key, place)) = sorted.pop() {
        if let Some((_, again)) = before.filter(|&(name, _)| name == key) {
            repeated.push((place, again));
        }
        before = Some((key, place));
    }
    repeated
}

impl fmt::Debug for Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Object({} keys)", self.0.len())
    }
}
