//! The closed sets as enums, and whom each operation is for.

use std::fmt::Write;

use super::names::{case, set, set_type};
use super::text::{branch, doc, quoted};
use crate::catalogue::{Catalogue, Operation, Service, Set, Word};

/// Every closed set, and the statuses of a user.
pub(super) fn closed_sets(catalogue: &Catalogue) -> String {
    let statuses = Set {
        name: "EnrollmentStatus".into(),
        doc: "Where `status` and `enrollmentStatus` can stand; the words have spaces.".into(),
        words: catalogue
            .enrollment_statuses
            .iter()
            .map(|word| Word { slug: word.clone(), doc: String::new() })
            .collect(),
    };
    let operations: Vec<&Operation> =
        catalogue.services.iter().flat_map(|service| &service.operations).collect();
    let mut out = String::new();
    for set in catalogue.sets.iter().chain([&statuses]) {
        closed_set(&mut out, set, &operations);
    }
    service_of_operation(&mut out, &catalogue.services);
    out
}

fn closed_set(out: &mut String, closed: &Set, operations: &[&Operation]) {
    let (owner, name) = set(&closed.name);
    let (indent, end) = if owner.is_some() { ("    ", "}\n") } else { ("", "") };
    // Writing to a String can't fail.
    if let Some(owner) = owner {
        let _ = writeln!(out, "extension {owner} {{");
    }
    doc(out, indent, &format!("{} The raw value is the word that every language uses.", closed.doc));
    let _ = writeln!(out, "{indent}public enum {name}: String, Sendable, Hashable, CaseIterable, Codable {{");
    for word in &closed.words {
        let operation = operations.iter().find(|operation| operation.slug == word.slug);
        let about = match operation {
            _ if !word.doc.is_empty() => word.doc.clone(),
            Some(operation) => operation.doc.clone(),
            None => format!("`{}`", word.slug),
        };
        doc(out, &format!("{indent}    "), &about);
        let _ = writeln!(out, "{indent}    case {} = {}", case(&word.slug), quoted(&word.slug));
    }
    let _ = write!(out, "{indent}}}\n{end}\n");
}

fn service_of_operation(out: &mut String, services: &[Service]) {
    let _ = writeln!(out, "extension {} {{", set_type("Operation"));
    doc(out, "    ", "Whom the call is for.");
    out.push_str("    public var service: Service {\n        switch self {\n");
    for service in services {
        let names: Vec<String> = service.operations.iter().map(|operation| case(&operation.slug)).collect();
        branch(out, "        ", &names, &format!(".{}", case(&service.slug)));
    }
    out.push_str("        }\n    }\n}\n");
}
