//! What calls come to.

use crate::catalogue::{Catalogue, Field, FieldKind, Record, Service};

use super::text::{doc, each, import_types, quoted, union};

/// The types of all outcomes and of what they are made of, and which action comes to which.
pub(super) fn types(catalogue: &Catalogue) -> String {
    let records = catalogue.records.iter().map(|record| interface(record, None));
    let outcomes = catalogue.outcomes.iter().map(|outcome| {
        let operations = catalogue.services.iter().flat_map(|service| &service.operations);
        let own = operations.filter(|operation| operation.outcome == outcome.name);
        interface(outcome, Some(&union("    ", own.map(|operation| operation.slug.as_str()))))
    });
    let names: Vec<&str> = catalogue.outcomes.iter().map(|outcome| outcome.name.as_str()).collect();
    let all = format!(
        "{}export type Outcome = {};\n",
        doc("", "What a call read; `operation` says which."),
        names.join(" | ")
    );
    let services = catalogue.services.iter().map(of_actions);
    let of_action = format!(
        "{}export type OutcomeOf<Outcomes, Action> = Action extends keyof Outcomes ? Outcomes[Action] : never;\n",
        doc("", "What the call of an action comes to; no value, where a service has no such action.")
    );
    let declarations: Vec<String> =
        records.chain(outcomes).chain([all]).chain(services).chain([of_action]).collect();
    format!("{}\n{}", imports(catalogue), declarations.join("\n"))
}

fn imports(catalogue: &Catalogue) -> String {
    let kinds = || {
        let records = catalogue.outcomes.iter().chain(&catalogue.records);
        records.flat_map(|record| &record.fields).map(|field| &field.kind)
    };
    let plain = kinds().any(|kind| *kind == FieldKind::Json).then_some("Plain");
    let sets = kinds().filter_map(|kind| match kind {
        FieldKind::Word(set) => Some(set.as_str()),
        _ => None,
    });
    import_types(plain, "../plain.js") + &import_types(sets, "./words.js")
}

fn interface(record: &Record, operations: Option<&str>) -> String {
    let operation = operations.map(|operations| format!("  readonly operation:{operations};\n"));
    let fields: String = record.fields.iter().map(field).collect();
    format!(
        "{}export interface {} {{\n{}{fields}}}\n",
        doc("", &record.doc),
        record.name,
        operation.unwrap_or_default()
    )
}

fn field(field: &Field) -> String {
    let kind = match &field.kind {
        FieldKind::Text => "string".into(),
        FieldKind::Flag => "boolean".into(),
        FieldKind::Status => "number".into(),
        FieldKind::Word(name) | FieldKind::Record(name) => name.clone(),
        FieldKind::List(name) => format!("readonly {name}[]"),
        FieldKind::Json => "Plain".into(),
    };
    let more = match field.kind {
        FieldKind::Json => " Its own keys are kept; integers beyond 2^53 are `bigint`.",
        _ => "",
    };
    let optional = if field.always { "" } else { "?" };
    let about = doc("  ", &format!("{}{more}", field.doc));
    format!("{about}  readonly {}{optional}: {kind};\n", crate::names::camel(&field.name))
}

/// Which outcome each action of a service has.
fn of_actions(service: &Service) -> String {
    let actions = service.operations.iter().filter(|operation| operation.is_action());
    let members =
        each(actions, |action| format!("  readonly {}: {};\n", quoted(&action.slug), action.outcome));
    let about = doc("", &format!("What the call of each action of `{}` comes to.", service.name));
    format!("{about}export interface {}Outcomes {{\n{members}}}\n", service.name)
}
