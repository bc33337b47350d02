//! The classes of outcomes and records as stubs, and the module that has them.

use std::fmt::Write;

use super::operations_of;
use super::rust_outcomes::{LOSSY, RAW};
use super::text::{HEAD, python_alias, python_def, python_doc, python_import, python_list};
use crate::catalogue::{Catalogue, Field, FieldKind, Record};
use crate::facade::File;

/// The names of all classes.
pub(super) fn names(catalogue: &Catalogue) -> Vec<&str> {
    catalogue.outcomes.iter().chain(&catalogue.records).map(|record| record.name.as_str()).collect()
}

fn alias(catalogue: &Catalogue) -> String {
    let outcomes: Vec<String> = catalogue.outcomes.iter().map(|outcome| outcome.name.clone()).collect();
    python_alias("Outcome", &outcomes) + &python_doc("", "What a call's `read` gives.")
}

/// The module, which is imported only for annotations.
pub(super) fn module(catalogue: &Catalogue) -> String {
    format!(
        "# {HEAD}\n\n\"\"\"What a call can come to: the classes of the compiled part.\"\"\"\n\n\
         from __future__ import annotations\n\nfrom typing import TypeAlias\n\n{}\n{}\n{}",
        python_import(".._enrollkit", &names(catalogue)),
        python_list("__all__ = ", &names(catalogue)),
        alias(catalogue)
    )
}

/// Its stub.
pub(super) fn stub(catalogue: &Catalogue) -> String {
    let outcomes = catalogue.outcomes.iter().map(|record| class(record, Some(catalogue)));
    let records = catalogue.records.iter().map(|record| class(record, None));
    let classes: Vec<String> = outcomes.chain(records).collect();
    let mut sets = Vec::new();
    for field in catalogue.outcomes.iter().chain(&catalogue.records).flat_map(|record| &record.fields) {
        if let FieldKind::Word(set) = &field.kind {
            sets.push(set.as_str());
        }
    }
    let has = |word: &str| classes.iter().any(|class| class.contains(word));
    if has("-> Operation:") {
        sets.push("Operation");
    }
    let mut typing = vec!["Any", "TypeAlias", "final"];
    if has("Literal[") {
        typing.push("Literal");
    }
    let sets = if sets.is_empty() { String::new() } else { python_import(".sets", &sets) };
    format!(
        "# {HEAD}\n\n\"\"\"What a call can come to.\"\"\"\n\n{}\nfrom .._value import Value\n{sets}\n{}\n{}\n{}",
        python_import("typing", &typing),
        python_list("__all__ = ", &names(catalogue)),
        classes.join("\n"),
        alias(catalogue)
    )
}

fn class(record: &Record, outcome: Option<&Catalogue>) -> String {
    let Record { name, doc, fields } = record;
    let mut out = format!("@final\nclass {name}(Value):\n{}\n", python_doc("    ", doc));
    if let Some(catalogue) = outcome {
        out.push_str(&property("operation", &operation(catalogue, name), "What was called."));
    }
    for Field { name, doc, kind, always, .. } in fields {
        out.push_str(&property(name, &annotation(kind, *always), doc));
    }
    // Writing to a String can't fail.
    if outcome.is_some() {
        let _ = write!(out, "    def raw(self) -> bytes:\n{}", python_doc("        ", RAW));
        out.push_str(&property("lossy", "bool", LOSSY));
    }
    let from_dict =
        "The inverse of `to_dict` and of `to_json`. Raises `InvalidInput` for what is no such form.";
    let _ = write!(
        out,
        "    @staticmethod\n    def from_dict(plain: dict[str, Any] | str, /) -> {name}:\n{}",
        python_doc("        ", from_dict)
    );
    out
}

/// Which operations an outcome can be of; any, when there are too many for a line.
fn operation(catalogue: &Catalogue, outcome: &str) -> String {
    let slugs: Vec<String> =
        operations_of(catalogue, outcome).map(|operation| format!("\"{}\"", operation.slug)).collect();
    let literal = format!("Literal[{}]", slugs.join(", "));
    if literal.len() <= 100 { literal } else { "Operation".into() }
}

fn annotation(kind: &FieldKind, always: bool) -> String {
    let name = match kind {
        FieldKind::Text => "str",
        FieldKind::Flag => "bool",
        FieldKind::Status => return "int".into(),
        FieldKind::Word(name) | FieldKind::Record(name) => name,
        FieldKind::Json => return "Any".into(),
        FieldKind::List(name) => return format!("tuple[{name}, ...]"),
    };
    if always { name.into() } else { format!("{name} | None") }
}

fn property(name: &str, gives: &str, doc: &str) -> String {
    let def = python_def("    ", name, &["self".into()], gives);
    format!("    @property\n{def}\n{}", python_doc("        ", doc))
}

/// The classes that a service's operations come to, with their parts.
pub(super) fn names_of<'a>(catalogue: &'a Catalogue, service: &str) -> Vec<&'a str> {
    let service = catalogue.services.iter().find(|one| one.slug == service);
    let outcomes =
        service.into_iter().flat_map(|service| &service.operations).map(|one| one.outcome.as_str());
    let mut names: Vec<&str> = Vec::new();
    let mut open: Vec<&str> = outcomes.collect();
    while let Some(name) = open.pop() {
        if names.contains(&name) {
            continue;
        }
        names.push(name);
        let record = catalogue.outcomes.iter().chain(&catalogue.records).find(|record| record.name == name);
        open.extend(record.into_iter().flat_map(|record| &record.fields).filter_map(
            |field| match &field.kind {
                FieldKind::Record(name) | FieldKind::List(name) => Some(name.as_str()),
                _ => None,
            },
        ));
    }
    names
}

/// Imports and exports, as parts of modules that have more.
pub(super) fn parts(path: &str, names: &[&str], further: &[&str]) -> [File; 2] {
    let all: Vec<&str> = further.iter().chain(names).copied().collect();
    [
        File::part(path, "imports", python_import("._enrollkit", &all) + "\n"),
        File::part(path, "exports", python_list("__all__ += ", &all)),
    ]
}
