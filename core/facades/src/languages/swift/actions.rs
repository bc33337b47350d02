//! What a client and a relay of a service can both do: a method for each action.

use std::fmt::Write;

use super::names::{case, property};
use super::text::{WIDTH, doc, doc_of_parameter, list, quoted};
use crate::catalogue::{Key, KeyKind, Operation, Service};

/// The methods of a service's actions.
pub(super) fn actions(service: &Service) -> String {
    let mut out = String::new();
    if service.signed {
        out.push_str("import Foundation\n\n");
    }
    // Writing to a String can't fail.
    let _ = writeln!(out, "extension {}Actions {{", service.name);
    let methods: Vec<String> = service
        .operations
        .iter()
        .filter(|operation| operation.is_action())
        .map(|action| methods(service, action))
        .collect();
    out.push_str(&methods.join("\n"));
    out.push_str("}\n");
    out
}

fn methods(service: &Service, action: &Operation) -> String {
    let call = Call { service, action };
    match action.keys.iter().find(|key| key.kind == KeyKind::SignUpUser) {
        Some(user) => call.of_user(&user.name),
        None => call.of_texts(),
    }
}

struct Call<'a> {
    service: &'a Service,
    action: &'a Operation,
}

impl Call<'_> {
    /// One method.
    fn of_texts(&self) -> String {
        let mut keys = vec![format!(".{}", case(&self.action.slug))];
        keys.extend(
            self.action.keys.iter().map(|key| format!("({}, {})", quoted(&key.name), property(&key.name))),
        );
        let mut out = self.documented();
        let time = if self.service.signed { ", at: time" } else { "" };
        let outcome = &self.action.outcome;
        let _ = writeln!(out, "{}", self.head(&parameters(&self.action.keys, None)));
        let one = format!("        try caller.call(intentText({}){time}, {outcome}.init)", keys.join(", "));
        if one.chars().count() <= WIDTH {
            let _ = writeln!(out, "{one}");
        } else {
            let text = list("            ", "intentText(", &keys, ")");
            let _ = writeln!(out, "        try caller.call(\n{text}{time}, {outcome}.init)");
        }
        out.push_str("    }\n");
        out
    }

    /// One method for each form of the user object.
    fn of_user(&self, user: &str) -> String {
        let user = property(user);
        let method = self.method();
        let others: Vec<String> = self
            .action
            .keys
            .iter()
            .filter(|key| key.kind != KeyKind::SignUpUser)
            .map(|key| format!(", {0}: {0}", property(&key.name)))
            .chain(self.service.signed.then(|| ", at: time".to_owned()))
            .collect();
        let others = others.concat();
        let mut out = self.documented();
        let head = |kind| self.head(&parameters(&self.action.keys, Some(kind)));
        let _ = writeln!(out, "{}", head(UserForm::Typed));
        let _ = writeln!(out, "        try {method}({user}.json{others})\n    }}\n");
        doc(&mut out, "    ", "As above, of an open object.");
        let _ = writeln!(out, "{}", head(UserForm::Open));
        let _ = writeln!(
            out,
            "        try withText({user}) {{ text in try {method}(json: text{others}) }}\n    }}\n"
        );
        doc(&mut out, "    ", "As above, of an object's JSON text, which is sent to the last digit.");
        let _ = writeln!(out, "{}", head(UserForm::Text));
        let _ = writeln!(
            out,
            "        try caller.{method}({user}{others}, {}.init)\n    }}",
            self.action.outcome
        );
        out
    }

    fn method(&self) -> String {
        property(self.action.method.as_deref().unwrap_or_default())
    }

    fn documented(&self) -> String {
        let mut out = String::new();
        doc(&mut out, "    ", &self.action.doc);
        out.push_str("    ///\n    /// - Parameters:\n");
        for key in &self.action.keys {
            doc_of_parameter(&mut out, "    ", &property(&key.name), &key.doc);
        }
        if self.service.signed {
            doc_of_parameter(
                &mut out,
                "    ",
                "time",
                "what gets signed, unless a relay does it; the machine's when nothing is given",
            );
        }
        out
    }

    fn head(&self, parameters: &[String]) -> String {
        let time = self.service.signed.then(|| "at time: Date? = nil".to_owned());
        let parameters: Vec<String> = parameters.iter().cloned().chain(time).collect();
        let end = format!(") throws -> Call<{}> {{", self.action.outcome);
        list("    ", &format!("public func {}(", self.method()), &parameters, &end)
    }
}

/// How a user object is given.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum UserForm {
    /// As a `SignUpUser`.
    Typed,
    /// As a `JSONValue`.
    Open,
    /// As JSON text.
    Text,
}

/// The parameters of a method or a factory: the first has no label, unless it is JSON text.
pub(super) fn parameters(keys: &[Key], form: Option<UserForm>) -> Vec<String> {
    keys.iter()
        .enumerate()
        .map(|(place, key)| {
            let name = property(&key.name);
            let kind = match (key.kind, form) {
                (KeyKind::Text, _) | (KeyKind::SignUpUser, Some(UserForm::Text)) => "String",
                (KeyKind::SignUpUser, Some(UserForm::Open)) => "JSONValue",
                (KeyKind::SignUpUser, _) => "SignUpUser",
            };
            let label = match key.kind {
                KeyKind::SignUpUser if form == Some(UserForm::Text) => "json ",
                _ if place == 0 => "_ ",
                _ => "",
            };
            if key.required {
                format!("{label}{name}: {kind}")
            } else {
                format!("{label}{name}: {kind}? = nil")
            }
        })
        .collect()
}
