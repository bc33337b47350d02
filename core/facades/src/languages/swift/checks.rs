//! What the package's tests need of each outcome, action and set, so that these are tested without further ado.

use std::fmt::Write;

use super::names::{case, property, set_type};
use super::text::{branch, quoted};
use crate::catalogue::{Catalogue, Field, FieldKind, KeyKind, Operation, Record, Service};

/// The plain form of an outcome, made of its members: the test compares it with what the core says.
pub(super) fn members(catalogue: &Catalogue) -> String {
    let mut out = String::from(
        "import EnrollKit\n\n/// The plain form, made of what an outcome's members say.\n\
         func members(of outcome: any Outcome) -> JSONValue {\n    switch outcome {\n",
    );
    // Writing to a String can't fail.
    for outcome in &catalogue.outcomes {
        let _ = writeln!(out, "    case let one as {}: members(of: one)", outcome.name);
    }
    out.push_str("    default: .null\n    }\n}\n");
    for outcome in &catalogue.outcomes {
        out.push_str(&members_of(outcome, &["\"operation\": string(one.operation.rawValue)".to_owned()]));
    }
    for record in &catalogue.records {
        out.push_str(&members_of(record, &[]));
    }
    out
}

fn members_of(record: &Record, first: &[String]) -> String {
    let mut out = format!("\nprivate func members(of one: {}) -> JSONValue {{\n    [\n", record.name);
    let fields = record.fields.iter().map(|field| format!("{}: {}", quoted(&field.name), value(field)));
    for member in first.iter().cloned().chain(fields) {
        // Writing to a String can't fail.
        let _ = writeln!(out, "        {member},");
    }
    out.push_str("    ]\n}\n");
    out
}

fn value(field: &Field) -> String {
    let name = format!("one.{}", property(&field.name));
    match (&field.kind, field.always) {
        (FieldKind::Text, _) => format!("string({name})"),
        (FieldKind::Flag, _) => format!("flag({name})"),
        (FieldKind::Status, _) => format!("number({name})"),
        (FieldKind::Word(_), true) => format!("string({name}.rawValue)"),
        (FieldKind::Word(_), false) => format!("string({name}?.rawValue)"),
        (FieldKind::Json, true) => name,
        (FieldKind::Json, false) => format!("{name} ?? .null"),
        (FieldKind::Record(_), true) => format!("members(of: {name})"),
        (FieldKind::Record(_), false) => format!("{name}.map {{ members(of: $0) }} ?? .null"),
        (FieldKind::List(_), true) => format!(".array({name}.map {{ members(of: $0) }})"),
        (FieldKind::List(_), false) => {
            format!("{name}.map {{ .array($0.map {{ members(of: $0) }}) }} ?? .null")
        }
    }
}

/// A call of each action, its type forgotten; nothing of what is no action.
pub(super) fn calls(catalogue: &Catalogue) -> String {
    let mut out = String::from("import EnrollKit\nimport Foundation\n");
    for service in &catalogue.services {
        let (parameter, name) = if service.signed { (", at time: Date", "time") } else { ("", "") };
        // Writing to a String can't fail.
        let _ = writeln!(
            out,
            "\n/// A call of an action, with keys that are right; nil of what is none of this service's.\n\
             func sent(_ operation: ServiceOperation, with client: any {}Actions{parameter}) throws -> Sent? {{\n    switch operation {{",
            service.name
        );
        for action in service.operations.iter().filter(|operation| operation.is_action()) {
            let _ =
                writeln!(out, "    case .{}: Sent(try client.{})", case(&action.slug), call(action, name));
        }
        let others = others(catalogue, service);
        branch(&mut out, "    ", &others, "nil");
        out.push_str("    }\n}\n");
    }
    out
}

fn call(action: &Operation, time: &str) -> String {
    let mut arguments: Vec<String> = Vec::new();
    for (place, key) in action.keys.iter().enumerate().filter(|(_, key)| key.required) {
        let label = if place == 0 { String::new() } else { format!("{}: ", property(&key.name)) };
        let value = if key.kind == KeyKind::SignUpUser { "plainUser" } else { "\"u\"" };
        arguments.push(format!("{label}{value}"));
    }
    if !time.is_empty() {
        arguments.push(format!("at: {time}"));
    }
    format!("{}({})", property(action.method.as_deref().unwrap_or_default()), arguments.join(", "))
}

/// What is no action of this service.
fn others(catalogue: &Catalogue, service: &Service) -> Vec<String> {
    let operations = catalogue.services.iter().flat_map(|other| {
        other.operations.iter().filter(move |operation| other.slug != service.slug || !operation.is_action())
    });
    operations.map(|operation| case(&operation.slug)).collect()
}

/// The words of every closed set, by the set's name in the core.
pub(super) fn closed_sets(catalogue: &Catalogue) -> String {
    let mut out = String::from(
        "import EnrollKit\n\n/// The words of the closed sets, by their names in the core.\n\
         let closedSets: [String: [String]] = [\n",
    );
    for set in &catalogue.sets {
        // Writing to a String can't fail.
        let _ =
            writeln!(out, "    {}: {}.allCases.map(\\.rawValue),", quoted(&set.name), set_type(&set.name));
    }
    out.push_str("]\n");
    out
}
