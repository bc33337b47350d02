//! Numbers that more than one language has to know.

use std::fmt::Write;

use super::names::constant;
use super::text::doc;
use crate::catalogue::Constant;

/// All of them. What is in seconds is a `TimeInterval`.
pub(super) fn constants(constants: &[Constant]) -> String {
    let mut out = String::new();
    if constants.iter().any(is_time) {
        out.push_str("import Foundation\n\n");
    }
    let items: Vec<String> = constants.iter().map(item).collect();
    out.push_str(&items.join("\n"));
    out
}

fn is_time(constant: &Constant) -> bool {
    constant.name.ends_with("_SECONDS")
}

fn item(item: &Constant) -> String {
    let (owner, name) = constant(item);
    let kind = if is_time(item) { ": TimeInterval" } else { "" };
    let value = grouped(item.value);
    let mut out = String::new();
    // Writing to a String can't fail.
    if let Some(owner) = owner {
        let _ = writeln!(out, "extension {owner} {{");
        doc(&mut out, "    ", &item.doc);
        let _ = write!(out, "    public static let {name}{kind} = {value}\n}}\n");
    } else {
        doc(&mut out, "", &item.doc);
        let _ = writeln!(out, "public let {name}{kind} = {value}");
    }
    out
}

/// `16_777_216`
fn grouped(value: u64) -> String {
    let digits = value.to_string();
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && digits.len() > 4 && (digits.len() - place).is_multiple_of(3) {
            out.push('_');
        }
        out.push(digit);
    }
    out
}
