//! Writes small JSON bodies that hold a secret: straight into one buffer, which is wiped, and which never moves.

use alloc::string::String;

use crate::json::write_string;
use crate::wiped::Wiped;

/// Room for the members that the core itself writes: names, partner id, signature, time.
const FIXED_ROOM: usize = 384;

/// The most bytes that JSON makes of one.
const ESCAPED: usize = 6;

/// Writes one JSON object, member by member.
pub(crate) struct BodyWriter(Wiped);

impl BodyWriter {
    /// A writer with room for these texts beside the fixed members: a buffer that grows leaves a copy of the secret
    /// behind.
    pub(crate) fn for_texts(texts: &[&str]) -> Self {
        let room = texts
            .iter()
            .fold(FIXED_ROOM, |room, text| room.saturating_add(text.len().saturating_mul(ESCAPED)));
        let mut out = Wiped::new(String::with_capacity(room));
        out.text_mut().push('{');
        Self(out)
    }

    /// A writer that adds members to an object's text.
    pub(crate) fn continuing(object: &str) -> Self {
        let mut writer = Self(Wiped::new(String::with_capacity(FIXED_ROOM.saturating_add(object.len()))));
        writer.0.text_mut().push_str(object.strip_suffix('}').unwrap_or("{"));
        writer
    }

    pub(crate) fn text(&mut self, key: &str, value: &str) {
        self.key(key);
        write_string(self.0.text_mut(), value);
    }

    pub(crate) fn flag(&mut self, key: &str, value: bool) {
        self.key(key);
        self.0.text_mut().push_str(if value { "true" } else { "false" });
    }

    fn key(&mut self, key: &str) {
        if self.0.len() > 1 {
            self.0.text_mut().push(',');
        }
        // The core's own, which need no escapes.
        self.0.text_mut().push('"');
        self.0.text_mut().push_str(key);
        self.0.text_mut().push_str("\":");
    }

    pub(crate) fn finish(mut self) -> Wiped {
        self.0.text_mut().push('}');
        self.0
    }
}
