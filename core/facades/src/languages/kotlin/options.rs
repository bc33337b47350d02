//! Options: a class for each client's, and all of their names.

use std::fmt::Write;

use super::text::{HEAD, HIDDEN, kdoc, name, tag};
use crate::catalogue::{Catalogue, OptionKey, OptionKind, Options};

/// The options of clients, which are classes; those of other things are parameters, which are written by hand.
pub(super) fn of_clients(catalogue: &Catalogue) -> impl Iterator<Item = &Options> {
    let is_client = |options: &Options| {
        catalogue.services.iter().any(|service| options.name == format!("{}Options", service.name))
    };
    catalogue.options.iter().filter(move |options| is_client(options))
}

/// The class of a client's options.
pub(super) fn file(options: &Options) -> String {
    let class = &options.name;
    let client = class.trim_end_matches("Options");
    let tags: Vec<String> =
        options.keys.iter().map(|key| tag("property", &name(&key.name), &key.doc)).collect();
    let mut out = format!("{HEAD}package org.enrollkit\n\n");
    out.push_str(&kdoc("", &format!("What [{client}] needs besides credentials."), &tags));
    // Writing to a String can't fail.
    let _ = writeln!(out, "public class {class}\n@JvmOverloads\nconstructor(");
    for key in &options.keys {
        let (kind, default) = kind(key);
        let _ = writeln!(out, "    public val {}: {kind}{default},", name(&key.name));
    }
    let _ = writeln!(
        out,
        ") {{\n    @JvmSynthetic\n    internal fun toWire(): WireOptions =\n        WireOptions()"
    );
    for key in &options.keys {
        let _ = writeln!(out, "            {}", member(key));
    }
    let shown: Vec<String> = options.keys.iter().filter(|key| key.required).map(shown).collect();
    let _ = writeln!(out, "\n    /** What there always is. */");
    let _ = writeln!(out, "    override fun toString(): String = \"{class}({})\"\n}}", shown.join(", "));
    out
}

/// Its type, and what it is when it is left out.
fn kind(key: &OptionKey) -> (String, &'static str) {
    let kind = match &key.kind {
        OptionKind::Text => "String",
        OptionKind::Flag => return ("Boolean".into(), " = false"),
        OptionKind::Word(set) => set,
        OptionKind::Seconds => "Double",
        OptionKind::Texts => "List<String>",
    };
    if key.required { (kind.into(), "") } else { (format!("{kind}?"), " = null") }
}

fn member(key: &OptionKey) -> String {
    let (wire, name) = (&key.name, name(&key.name));
    match &key.kind {
        OptionKind::Text => format!(".text(\"{wire}\", {name})"),
        OptionKind::Flag => format!(".flag(\"{wire}\", {name})"),
        OptionKind::Word(_) if key.required => format!(".text(\"{wire}\", {name}.slug)"),
        OptionKind::Word(_) => format!(".text(\"{wire}\", {name}?.slug)"),
        OptionKind::Seconds => format!(".seconds(\"{wire}\", {name})"),
        OptionKind::Texts => format!(".texts(\"{wire}\", {name})"),
    }
}

fn shown(key: &OptionKey) -> String {
    let name = name(&key.name);
    if matches!(key.kind, OptionKind::Word(_)) { format!("${{{name}.slug}}") } else { format!("${name}") }
}

/// Every option's name here, by the wire's.
pub(super) fn names(catalogue: &Catalogue) -> String {
    let mut wires: Vec<&str> = Vec::new();
    for key in catalogue.options.iter().flat_map(|options| &options.keys) {
        if key.name != name(&key.name) && !wires.contains(&key.name.as_str()) {
            wires.push(&key.name);
        }
    }
    let mut out = format!("{HEAD}{HIDDEN}package org.enrollkit\n\n");
    out.push_str("/** The name here of an option of the wire's; any other word is itself. */\n");
    out.push_str("internal fun optionName(wire: String): String =\n    when (wire) {\n");
    for wire in wires {
        let _ = writeln!(out, "        \"{wire}\" -> \"{}\"", name(wire));
    }
    out.push_str("        else -> wire\n    }\n");
    out
}
