//! The intents' factories: one for each action.

use std::fmt::Write;

use super::actions::{UserForm, parameters};
use super::names::{case, property};
use super::text::{doc, doc_of_parameter, list, quoted};
use crate::catalogue::{Catalogue, KeyKind, Operation};

/// A factory for each action, by the name of the client's method.
pub(super) fn factories(catalogue: &Catalogue) -> String {
    let operations = catalogue.services.iter().flat_map(|service| &service.operations);
    let factories: Vec<String> = operations.filter(|operation| operation.is_action()).map(factory).collect();
    format!("extension Intent {{\n{}}}\n", factories.join("\n"))
}

fn factory(action: &Operation) -> String {
    match action.keys.iter().find(|key| key.kind == KeyKind::SignUpUser) {
        Some(user) => of_user(action, &property(&user.name)),
        None => of_texts(action),
    }
}

fn of_texts(action: &Operation) -> String {
    let mut out = documented(action);
    let mut keys = vec![format!(".{}", case(&action.slug))];
    keys.extend(action.keys.iter().map(|key| format!("({}, {})", quoted(&key.name), property(&key.name))));
    // Writing to a String can't fail.
    let _ = writeln!(out, "{}", head(action, &parameters(&action.keys, None)));
    let _ = writeln!(out, "{}\n    }}", list("        ", "try Intent(parsing: intentText(", &keys, "))"));
    out
}

/// One for each form of the user object.
fn of_user(action: &Operation, user: &str) -> String {
    let method = method(action);
    let others: Vec<String> = action
        .keys
        .iter()
        .filter(|key| key.kind != KeyKind::SignUpUser)
        .map(|key| format!(", {0}: {0}", property(&key.name)))
        .collect();
    let others = others.concat();
    let head = |form| {
        let mut parameters = parameters(&action.keys, Some(form));
        parameters.push("rules: SignUpRules = SignUpRules()".into());
        head(action, &parameters)
    };
    let mut out = documented(action);
    doc_of_parameter(&mut out, "    ", "rules", "how the user object is checked");
    let _ = writeln!(out, "{}", head(UserForm::Typed));
    let _ = writeln!(out, "        try {method}({user}.json{others}, rules: rules)\n    }}\n");
    doc(&mut out, "    ", "As above, of an open object.");
    let _ = writeln!(out, "{}", head(UserForm::Open));
    let _ = writeln!(
        out,
        "        try withText({user}) {{ text in try {method}(json: text{others}, rules: rules) }}\n    }}\n"
    );
    doc(&mut out, "    ", "As above, of an object's JSON text, which stays what it is to the last digit.");
    let _ = writeln!(out, "{}", head(UserForm::Text));
    let _ = writeln!(out, "        try Intent({method}: {user}{others}, rules: rules)\n    }}");
    out
}

fn method(action: &Operation) -> String {
    property(action.method.as_deref().unwrap_or_default())
}

fn head(action: &Operation, parameters: &[String]) -> String {
    list("    ", &format!("public static func {}(", method(action)), parameters, ") throws -> Intent {")
}

fn documented(action: &Operation) -> String {
    let mut out = String::new();
    doc(&mut out, "    ", &action.doc);
    out.push_str("    ///\n    /// - Parameters:\n");
    for key in &action.keys {
        doc_of_parameter(&mut out, "    ", &property(&key.name), &key.doc);
    }
    out
}
