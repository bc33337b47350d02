//! The names of options: the wire's, and those that they have in Swift.

use std::fmt::Write;

use super::names::{property, without_seconds};
use super::text::quoted;
use crate::catalogue::{OptionKey, OptionKind, Options};

/// A dictionary of the names that differ.
pub(super) fn names(all: &[Options]) -> String {
    let mut keys: Vec<(&str, String)> = Vec::new();
    for key in all.iter().flat_map(|options| &options.keys) {
        let name = name(key);
        if name != key.name && !keys.iter().any(|(known, _)| *known == key.name) {
            keys.push((&key.name, name));
        }
    }
    let mut out = String::from(
        "/// The wire's names of options, and those that they have here.\nlet optionNames = [\n",
    );
    for (wire, name) in keys {
        // Writing to a String can't fail.
        let _ = writeln!(out, "    {}: {},", quoted(wire), quoted(&name));
    }
    out.push_str("]\n");
    out
}

fn name(key: &OptionKey) -> String {
    property(if key.kind == OptionKind::Seconds { without_seconds(&key.name) } else { &key.name })
}
