//! What a call can come to: a structure for each outcome and for each part of one, and which outcome an operation has.

use std::fmt::Write;

use super::names::{case, property, set_type};
use super::text::{WIDTH, branch, doc, quoted};
use crate::catalogue::{Catalogue, Field, FieldKind, Operation, Record};

/// The outcomes.
pub(super) fn outcomes(catalogue: &Catalogue) -> String {
    let structures: Vec<String> = catalogue
        .outcomes
        .iter()
        .map(|outcome| {
            let conforms = if is_of_action(catalogue, outcome) { "IntentOutcome" } else { "Outcome" };
            structure(outcome, Some(conforms))
        })
        .collect();
    format!("import Foundation\n\n{}", structures.join("\n"))
}

/// The parts of outcomes. What is made of others comes first, as one reads it.
pub(super) fn records(catalogue: &Catalogue) -> String {
    let structures: Vec<String> =
        catalogue.records.iter().rev().map(|record| structure(record, None)).collect();
    structures.join("\n")
}

/// Whether it can come of an intent.
fn is_of_action(catalogue: &Catalogue, outcome: &Record) -> bool {
    of_outcome(catalogue, outcome).iter().any(|operation| operation.is_action())
}

fn of_outcome<'a>(catalogue: &'a Catalogue, outcome: &Record) -> Vec<&'a Operation> {
    let operations = catalogue.services.iter().flat_map(|service| &service.operations);
    operations.filter(|operation| operation.outcome == outcome.name).collect()
}

fn structure(record: &Record, outcome: Option<&str>) -> String {
    let mut out = String::new();
    doc(&mut out, "", &record.doc);
    // Writing to a String can't fail.
    let _ = writeln!(
        out,
        "public struct {}: {}, Hashable, Redacted {{",
        record.name,
        outcome.unwrap_or("Sendable")
    );
    for field in &record.fields {
        doc(&mut out, "    ", &field.doc);
        let _ = writeln!(out, "    public let {}: {}", property(&field.name), swift_type(field));
    }
    let plain = if outcome.is_some() {
        out.push_str("    private let reading: Reading\n\n    init(_ reading: Reading) throws {\n");
        "reading.plain"
    } else {
        out.push_str("\n    init(_ plain: JSONValue) throws {\n");
        "plain"
    };
    for field in &record.fields {
        let _ = writeln!(out, "        {} = {}", property(&field.name), read(field, plain));
    }
    if outcome.is_some() {
        out.push_str("        self.reading = reading\n");
    }
    out.push_str("    }\n\n");
    if outcome.is_some() {
        out.push_str(OF_EVERY_OUTCOME);
    }
    description(&mut out, record, outcome.is_some());
    out.push_str("}\n");
    out
}

const OF_EVERY_OUTCOME: &str = "    /// What was called.
    public var operation: ServiceOperation { reading.operation }
    /// Whether reading lost something.
    public var isLossy: Bool { reading.isLossy }
    /// The body as it came, the call's secrets masked.
    public var raw: Data { reading.raw }
    /// The plain form, with all details: it may hold personal data.
    public func jsonText() -> String { reading.json }
";

fn swift_type(field: &Field) -> String {
    let kind = match &field.kind {
        FieldKind::Text => "String".to_owned(),
        FieldKind::Flag => "Bool".to_owned(),
        FieldKind::Status => "Int".to_owned(),
        FieldKind::Word(set) => set_type(set),
        FieldKind::Json => "JSONValue".to_owned(),
        FieldKind::Record(name) => name.clone(),
        FieldKind::List(name) => format!("[{name}]"),
    };
    if field.always { kind } else { kind + "?" }
}

/// How a field is read. What the core always writes and is not there is another version's.
fn read(field: &Field, plain: &str) -> String {
    let key = quoted(&field.name);
    let member = format!("{plain}[{key}]");
    let present = |read: String| if field.always { format!("try present({read})") } else { read };
    match &field.kind {
        FieldKind::Text => present(format!("{plain}.text({key})")),
        FieldKind::Flag => present(format!("{plain}.flag({key})")),
        FieldKind::Status => present(format!("{plain}.status({key})")),
        FieldKind::Word(_) => present(format!("{plain}.word({key})")),
        FieldKind::Json => present(member),
        FieldKind::Record(name) if field.always => format!("try {name}(present({member}))"),
        FieldKind::Record(name) => format!("try {member}.map({name}.init)"),
        FieldKind::List(name) if field.always => {
            format!("try present({member}?.arrayValue).map({name}.init)")
        }
        FieldKind::List(name) => format!("try {member}?.arrayValue?.map({name}.init)"),
    }
}

/// What may be shown: of a list how long it is.
fn description(out: &mut String, record: &Record, is_outcome: bool) {
    let mut members: Vec<String> = Vec::new();
    if is_outcome {
        members.push("\"operation\": operation.rawValue".into());
    }
    members.extend(record.fields.iter().filter(|field| field.shown).map(shown));
    if members.is_empty() {
        doc(out, "    ", "Shows nothing of it.");
        let _ = writeln!(out, "    public var description: String {{ \"{}(…)\" }}", record.name);
        return;
    }
    doc(out, "    ", "What may be shown of it: no personal data.");
    let one = format!(
        "    public var description: String {{ shown({}, [{}]) }}",
        quoted(&record.name),
        members.join(", ")
    );
    if one.chars().count() <= WIDTH {
        let _ = writeln!(out, "{one}");
        return;
    }
    let _ = writeln!(
        out,
        "    public var description: String {{\n        shown(\n            {},\n            [",
        quoted(&record.name)
    );
    for member in members {
        let _ = writeln!(out, "                {member},");
    }
    out.push_str("            ])\n    }\n");
}

fn shown(field: &Field) -> String {
    let name = property(&field.name);
    let mark = if field.always { "" } else { "?" };
    let value = match &field.kind {
        // A service's text stays one line, and shows where it ends.
        FieldKind::Text => format!("{name}{mark}.debugDescription"),
        FieldKind::Word(_) => format!("{name}{mark}.rawValue"),
        FieldKind::List(_) => format!("{name}{mark}.count"),
        FieldKind::Flag | FieldKind::Status | FieldKind::Json | FieldKind::Record(_) => name.clone(),
    };
    format!("{}: {value}", quoted(&name))
}

/// Which outcome an operation has: without a `default`, so that none is forgotten.
pub(super) fn of_operation(catalogue: &Catalogue) -> String {
    let mut out = String::from("extension Reading {\n");
    doc(&mut out, "    ", "The outcome of what was called.");
    out.push_str("    func outcome() throws -> any Outcome {\n        switch operation {\n");
    for outcome in &catalogue.outcomes {
        branch(
            &mut out,
            "        ",
            &cases(&of_outcome(catalogue, outcome)),
            &format!("try {}(self)", outcome.name),
        );
    }
    out.push_str("        }\n    }\n\n");
    doc(&mut out, "    ", "The outcome of an intent. What is no action can't be one.");
    out.push_str("    func intentOutcome() throws -> any IntentOutcome {\n        switch operation {\n");
    let mut others = Vec::new();
    for outcome in &catalogue.outcomes {
        let operations = of_outcome(catalogue, outcome);
        let (actions, rest): (Vec<_>, Vec<_>) =
            operations.into_iter().partition(|operation| operation.is_action());
        if !actions.is_empty() {
            branch(&mut out, "        ", &cases(&actions), &format!("try {}(self)", outcome.name));
        }
        others.extend(rest);
    }
    branch(&mut out, "        ", &cases(&others), "throw misfit()");
    out.push_str("        }\n    }\n}\n");
    out
}

fn cases(operations: &[&Operation]) -> Vec<String> {
    operations.iter().map(|operation| case(&operation.slug)).collect()
}
