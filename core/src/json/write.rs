//! The writer: compact, and iterative, so that no tree overflows the stack.

use alloc::string::String;
use alloc::vec::Vec;

use super::escape::plain_run;
use super::tree::{Json, Object};
use crate::text::hex_digit;

/// What is still to be written.
enum Step<'a> {
    Value(&'a Json),
    Key(&'a str),
    Text(&'static str),
}

impl Json {
    /// The compact JSON text: no white space, only what JSON requires is escaped.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut out = String::new();
        write(&mut out, alloc::vec![Step::Value(self)]);
        out
    }
}

impl Object {
    /// The compact JSON text, as [`Json::to_text`] writes it.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut out = String::new();
        let mut open = Vec::new();
        begin_object(&mut out, &mut open, self);
        write(&mut out, open);
        out
    }
}

fn write(out: &mut String, mut open: Vec<Step<'_>>) {
    while let Some(step) = open.pop() {
        match step {
            Step::Text(text) => out.push_str(text),
            Step::Key(key) => {
                string(out, key);
                out.push(':');
            }
            Step::Value(Json::Null) => out.push_str("null"),
            Step::Value(Json::Bool(value)) => out.push_str(if *value { "true" } else { "false" }),
            Step::Value(Json::Number(number)) => out.push_str(number.as_str()),
            Step::Value(Json::String(text)) => string(out, text),
            // The stack is last in, first out: what comes first is pushed last.
            Step::Value(Json::Array(items)) => {
                out.push('[');
                open.push(Step::Text("]"));
                for (place, item) in items.iter().enumerate().rev() {
                    open.push(Step::Value(item));
                    if place > 0 {
                        open.push(Step::Text(","));
                    }
                }
            }
            Step::Value(Json::Object(object)) => begin_object(out, &mut open, object),
        }
    }
}

fn begin_object<'a>(out: &mut String, open: &mut Vec<Step<'a>>, object: &'a Object) {
    out.push('{');
    open.push(Step::Text("}"));
    let first = open.len();
    for (key, item) in object.iter() {
        open.extend([Step::Text(","), Step::Key(key), Step::Value(item)]);
    }
    // In order they were pushed, in reverse they are popped; the comma before the first pair goes.
    if let Some(pairs) = open.get_mut(first..) {
        pairs.reverse();
    }
    if !object.is_empty() {
        open.pop();
    }
}

/// Writes a string as JSON, quotes and all.
pub fn string(out: &mut String, text: &str) {
    out.push('"');
    let mut rest = text;
    // Whole runs are copied, not characters.
    while let Some((run, tail)) =
        rest.split_at_checked(plain_run(rest.as_bytes())).filter(|(_, tail)| !tail.is_empty())
    {
        out.push_str(run);
        let mut characters = tail.chars();
        characters.next().into_iter().for_each(|special| character(out, special));
        rest = characters.as_str();
    }
    out.push_str(rest);
    out.push('"');
}

/// One character of a string.
pub(super) fn character(out: &mut String, character: char) {
    match character {
        '"' => out.push_str("\\\""),
        '\\' => out.push_str("\\\\"),
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\t' => out.push_str("\\t"),
        '\0'..' ' => {
            // There is none beyond one byte.
            let byte = u8::try_from(character).unwrap_or_default();
            out.push_str("\\u00");
            out.extend([byte >> 4, byte].map(hex_digit));
        }
        plain => out.push(plain),
    }
}
