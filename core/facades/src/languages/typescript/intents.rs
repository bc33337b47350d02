//! What is wanted: the types of intents, and a function for each action that makes one.

use crate::catalogue::{Catalogue, Key, KeyKind, Operation, Service};
use crate::names::camel;

use super::text::{doc, each, import_types, quoted, union};

fn actions(service: &Service) -> impl Iterator<Item = &Operation> {
    service.operations.iter().filter(|operation| operation.is_action())
}

/// The types of intents.
pub(super) fn types(catalogue: &Catalogue) -> String {
    let keys = || catalogue.services.iter().flat_map(actions).flat_map(|action| &action.keys);
    let mut names: Vec<&str> = Vec::new();
    for key in keys() {
        if !names.contains(&key.name.as_str()) {
            names.push(&key.name);
        }
    }
    let absent = each(names, |name| format!("  readonly {name}?: undefined;\n"));
    let user = keys().any(|key| key.kind == KeyKind::SignUpUser).then_some("SignUpUser");
    let all: Vec<String> =
        catalogue.services.iter().map(|service| format!("{}Intent", service.name)).collect();
    [
        import_types(user, "./sign_up_user.js"),
        import_types(["Action"], "./words.js"),
        "\n".into(),
        doc("", "The members that one intent or another has: any can be asked for without a look at `action` first."),
        format!("interface Without {{\n{absent}}}\n\n"),
        "type With<T> = T & Omit<Without, keyof T>;\n\n".into(),
        catalogue.services.iter().map(of_service).collect(),
        doc("", "What is wanted of any service. `action` says which."),
        format!("export type Intent = {};\n\n", all.join(" | ")),
        doc("", "The intent of an action."),
        "export type IntentOf<A extends Action> = Intent & { readonly action: A };\n".into(),
    ]
    .concat()
}

/// The intents of a service; those with the same keys are one type.
fn of_service(service: &Service) -> String {
    let mut groups: Vec<(Vec<String>, Vec<&str>)> = Vec::new();
    for action in actions(service) {
        let members: Vec<String> = action.keys.iter().map(member).collect();
        match groups.iter_mut().find(|(known, _)| *known == members) {
            Some((_, slugs)) => slugs.push(&action.slug),
            None => groups.push((members, vec![&action.slug])),
        }
    }
    let kinds = each(groups, |(members, slugs)| {
        let action = union("        ", slugs.into_iter());
        let members = each(members, |member| format!("      {member}\n"));
        format!("\n  | With<{{\n      readonly action:{action};\n{members}    }}>")
    });
    let about = "What is wanted of a service, as plain data without credentials: the same JSON in every language. `action` says which.";
    let about = about.replace("a service", &format!("`{}`", service.name));
    format!("{}export type {}Intent ={kinds};\n\n", doc("", &about), service.name)
}

fn member(key: &Key) -> String {
    let kind = match key.kind {
        KeyKind::Text => "string",
        KeyKind::SignUpUser => "SignUpUser",
    };
    let (optional, undefined) = if key.required { ("", "") } else { ("?", " | undefined") };
    format!("readonly {}{optional}: {kind}{undefined};", key.name)
}

/// The documentation of what is done with an action's keys.
pub(super) fn about(action: &Operation) -> String {
    let takes_user = action.keys.iter().any(|key| key.kind == KeyKind::SignUpUser);
    let user = " What is missing in the user is a violation, as in a form. The user may be JSON text, which is kept to the last digit.";
    format!("{}{}", action.doc, if takes_user { user } else { "" })
}

/// The parameters of what is done with an action's keys.
pub(super) fn parameters(action: &Operation) -> Vec<String> {
    let parameter = |key: &Key| {
        let kind = match key.kind {
            KeyKind::Text => "string",
            KeyKind::SignUpUser => "Partial<SignUpUser> | string",
        };
        format!("{}{}: {kind}", camel(&key.name), if key.required { "" } else { "?" })
    };
    action.keys.iter().map(parameter).collect()
}

/// An object of the keys that are text, made of the parameters.
fn members(keys: impl Iterator<Item = String>) -> String {
    let keys: Vec<String> = keys.collect();
    if keys.is_empty() { "{}".into() } else { format!("{{ {} }}", keys.join(", ")) }
}

/// What a function that takes an intent is given, of an action's parameters; `WithUser` for one that takes a user besides.
pub(super) fn arguments(action: &Operation) -> (&'static str, String) {
    let slug = quoted(&action.slug);
    let text = |key: &Key| {
        let name = camel(&key.name);
        if name == key.name { name } else { format!("{}: {name}", key.name) }
    };
    let texts = action.keys.iter().filter(|key| key.kind == KeyKind::Text).map(text);
    match action.keys.iter().find(|key| key.kind == KeyKind::SignUpUser) {
        Some(user) => ("WithUser", format!("{slug}, {}, {}", camel(&user.name), members(texts))),
        None => ("", members([format!("action: {slug}")].into_iter().chain(texts))),
    }
}

/// A function for each action that makes its intent.
pub(super) fn factories(catalogue: &Catalogue) -> String {
    let all = || catalogue.services.iter().flat_map(actions);
    let user = all().any(|action| action.keys.iter().any(|key| key.kind == KeyKind::SignUpUser));
    let with_user = if user { ", intentWithUser" } else { "" };
    [
        format!("import {{ intentOf{with_user} }} from \"../intent.js\";\n"),
        "import type { Intent as AnyIntent, IntentOf } from \"./intents.js\";\n".into(),
        import_types(user.then_some("SignUpUser"), "./sign_up_user.js"),
        "\n".into(),
        doc("", "What is wanted, as plain data without credentials: the same JSON in every language. `action` says which."),
        "export type Intent = AnyIntent;\n\n".into(),
        doc("", "Makes the intent of each action: checked and frozen, as `parseIntent` gives it."),
        "export const Intent = {\n".into(),
        all().map(factory).collect::<Vec<_>>().join("\n"),
        "};\n".into(),
    ]
    .concat()
}

fn factory(action: &Operation) -> String {
    let (with, arguments) = arguments(action);
    format!(
        "{}  {}({}): IntentOf<{}> {{\n    return intent{}({arguments});\n  }},\n",
        doc("  ", &about(action)),
        camel(action.method.as_deref().unwrap_or_default()),
        parameters(action).join(", "),
        quoted(&action.slug),
        if with.is_empty() { "Of" } else { with },
    )
}
