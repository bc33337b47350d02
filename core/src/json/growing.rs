//! The tree that a reader makes.

use alloc::string::String;
use alloc::vec::Vec;

use super::escape::join;
use super::tree::{Json, Object};
use crate::text::count;

/// What a lenient reading lost.
#[derive(Clone, Copy, Default)]
pub(crate) struct Loss {
    /// A lone surrogate became U+FFFD.
    pub(crate) replaced: bool,
    /// The last of two equal keys counted.
    pub(crate) repeated: bool,
}

/// An array or object that is not closed yet.
#[derive(Clone, Copy)]
pub(super) struct Frame {
    pub(super) is_object: bool,
    /// How many values, or keys, there were before its first.
    pub(super) first: usize,
}

/// The tree that is being made.
#[derive(Default)]
pub(super) struct Tree {
    /// What the open containers have so far; in an object also the key whose value is being read.
    values: Vec<(String, Json)>,
    /// Whether the innermost object's last key is that of the value being read.
    pub(super) in_value: bool,
    /// What was lost so far, in a lenient reading.
    pub(super) loss: Option<Loss>,
}

impl Tree {
    pub(super) fn lenient() -> Self {
        Self { loss: Some(Loss::default()), ..Self::default() }
    }

    /// How many values and keys there are.
    pub(super) fn count(&self) -> usize {
        self.values.len()
    }

    /// A key was read into the innermost object.
    pub(super) fn key(&mut self, name: String) {
        self.values.push((name, Json::Null));
        self.in_value = true;
    }

    /// Gives a value to the innermost container.
    pub(super) fn put(&mut self, innermost: Option<&Frame>, json: Json) {
        match innermost {
            Some(Frame { is_object: true, .. }) => {
                if let Some((_, value)) = self.values.last_mut() {
                    *value = json;
                }
            }
            _ => self.values.push((String::new(), json)),
        }
    }

    /// The container that ended; or the key that it has twice.
    pub(super) fn end(&mut self, frame: Frame) -> Result<Json, String> {
        self.in_value = true;
        let pairs = self.values.split_off(frame.first);
        if !frame.is_object {
            Ok(Json::Array(pairs.into_iter().map(|(_, item)| item).collect()))
        } else if let Some(loss) = &mut self.loss {
            let (object, repeated) = Object::from_pairs_last_wins(pairs);
            loss.repeated |= repeated;
            Ok(Json::Object(object))
        } else {
            Object::from_pairs(pairs).map(Json::Object)
        }
    }

    /// The value that all was about, and what was lost of it.
    pub(super) fn finish(mut self) -> (Json, Option<Loss>) {
        (self.values.pop().map_or(Json::Null, |(_, json)| json), self.loss)
    }

    /// Where we are. It is made only when something is wrong there.
    pub(super) fn path(&self, open: &[Frame]) -> Option<String> {
        let mut path: Option<String> = None;
        let ends = open.iter().skip(1).map(|inner| inner.first).chain([self.values.len()]);
        for (place, (frame, end)) in open.iter().zip(ends).enumerate() {
            let is_innermost = place.saturating_add(1) == open.len();
            if !frame.is_object {
                path = Some(join(path.as_deref(), &count(end.saturating_sub(frame.first))));
            } else if self.in_value || !is_innermost {
                let key = end.checked_sub(1).and_then(|last| self.values.get(last));
                path = key.map(|(key, _)| join(path.as_deref(), key));
            }
        }
        path
    }
}
