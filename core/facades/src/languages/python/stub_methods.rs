//! As stubs: the methods of the clients, the factories of intents, the constants.

use std::fmt::Write;

use super::rust_methods::has_user;
use super::text::{HEAD, python_alias, python_def, python_doc, python_import};
use super::types::intent;
use super::{actions, doc_of_call};
use crate::catalogue::{Catalogue, Key, KeyKind, Operation, Service};

pub(super) fn constants(catalogue: &Catalogue) -> String {
    let mut out = format!("# {HEAD}\n\n\"\"\"Numbers that users have to know.\"\"\"\n\n");
    for constant in &catalogue.constants {
        // Writing to a String can't fail.
        let _ = write!(out, "{}: int\n{}", constant.name, python_doc("", &constant.doc));
    }
    out
}

/// The bases of the classes in `_enrollkit.pyi`: the library has what is in them in those classes themselves.
pub(super) fn stub(catalogue: &Catalogue) -> String {
    let all = || catalogue.services.iter().flat_map(actions);
    let intents: Vec<String> = all().map(|(method, _)| intent(method)).collect();
    let intents: Vec<&str> = intents.iter().map(String::as_str).collect();
    let outcomes: Vec<&str> = all().map(|(_, operation)| operation.outcome.as_str()).collect();
    let has_users = all().any(|(_, operation)| has_user(operation));
    let user = if has_users { "from .user import SignUpUser\n" } else { "" };
    let aliases: String = catalogue.services.iter().flat_map(groups).map(|group| group.alias()).collect();
    let aliases = if aliases.is_empty() { aliases } else { aliases + "\n" };
    let typing = if aliases.is_empty() { "Any, overload" } else { "Any, TypeAlias, overload" };
    let mut classes: Vec<String> = catalogue.services.iter().map(methods).collect();
    classes.push(factories(catalogue));
    format!(
        "# {HEAD}\n\n\"\"\"The methods of the clients, and the factories of intents: bases of the classes in `_enrollkit.pyi`.\"\"\"\n\n\
         from typing import {typing}\n\nfrom .._enrollkit import Call, Intent\nfrom .._types import Body, Time\n{}{}{user}\n{aliases}{}",
        python_import(".intents", &intents),
        python_import(".outcomes", &outcomes),
        classes.join("\n")
    )
}

/// The actions of a service that come to the same.
struct Group<'a> {
    service: &'a str,
    outcome: &'a str,
    intents: Vec<String>,
}

impl Group<'_> {
    /// The type of their intents.
    fn name(&self) -> String {
        match self.intents.as_slice() {
            [intent] => intent.clone(),
            _ => format!("_{}{}Intent", self.service, self.outcome),
        }
    }

    fn alias(&self) -> String {
        if self.intents.len() < 2 { String::new() } else { python_alias(&self.name(), &self.intents) }
    }
}

fn groups(service: &Service) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for (method, Operation { outcome, .. }) in actions(service) {
        match groups.iter_mut().find(|group| group.outcome == outcome) {
            Some(group) => group.intents.push(intent(method)),
            None => groups.push(Group { service: &service.name, outcome, intents: vec![intent(method)] }),
        }
    }
    groups
}

fn methods(service: &Service) -> String {
    let Service { name, signed, .. } = service;
    let mut out = format!(
        "class {name}Methods:\n{}",
        python_doc("    ", &format!("What `{name}Actions` has for actions."))
    );
    let now = ["*".to_owned(), "now: Time | None = None".to_owned()];
    let with_now = |mut parameters: Vec<String>| {
        parameters.insert(0, "self".into());
        if *signed {
            parameters.extend(now.clone());
        }
        parameters
    };
    let groups = groups(service);
    let known = groups.iter().map(|group| (group.name(), group.outcome.to_owned()));
    let outcomes: Vec<&str> = groups.iter().map(|group| group.outcome).collect();
    let any = ("Intent | dict[str, Any] | Body".to_owned(), outcomes.join(" | "));
    // Writing to a String can't fail.
    let _ = writeln!(out);
    for (place, (intent, outcome)) in known.chain([any]).enumerate() {
        let def = python_def(
            "    ",
            "call",
            &with_now(vec![format!("intent: {intent}")]),
            &format!("Call[{outcome}]"),
        );
        let _ = if place == 0 {
            write!(out, "    @overload\n{def}\n{}", python_doc("        ", &doc_of_call(*signed)))
        } else {
            writeln!(out, "    @overload\n{def} ...")
        };
    }
    for (method, operation) in actions(service) {
        let parameters = with_now(operation.keys.iter().map(parameter).collect());
        let def = python_def("    ", method, &parameters, &format!("Call[{}]", operation.outcome));
        let _ = write!(out, "{def}\n{}", python_doc("        ", &operation.doc));
    }
    out
}

fn factories(catalogue: &Catalogue) -> String {
    let mut out =
        format!("class IntentFactories:\n{}\n", python_doc("    ", "What `Intent` has for actions."));
    for (method, operation) in catalogue.services.iter().flat_map(actions) {
        let mut parameters: Vec<String> = operation.keys.iter().map(parameter).collect();
        if has_user(operation) {
            let rules = ["*", "self_service: bool = False", "allow_extra_keys: bool = False"];
            parameters.extend(rules.map(Into::into));
        }
        let def = python_def("    ", method, &parameters, "Intent");
        // Writing to a String can't fail.
        let _ = write!(out, "    @staticmethod\n{def}\n{}", python_doc("        ", &operation.doc));
    }
    out
}

fn parameter(key: &Key) -> String {
    let kind = match key.kind {
        KeyKind::Text => "str",
        KeyKind::SignUpUser => "SignUpUser | dict[str, Any] | Body",
    };
    let default = if key.required { "" } else { " | None = None" };
    format!("{}: {kind}{default}", key.name)
}
