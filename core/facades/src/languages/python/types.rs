//! Types for annotations: the closed sets, the user object, the forms of intents.

use std::fmt::Write;

use super::actions;
use super::text::{HEAD, lines, python_alias, python_doc};
use crate::catalogue::{Catalogue, Key, KeyKind, Operation, Set, UserField, UserFieldKind};
use crate::names::pascal;

/// The package of what is generated.
pub(super) fn package() -> String {
    format!("# {HEAD}\n\n\"\"\"What is generated from the core's tables.\"\"\"\n")
}

fn module(about: &str, imports: &str) -> String {
    format!("# {HEAD}\n\n\"\"\"{about}\"\"\"\n\nfrom __future__ import annotations\n\n{imports}\n")
}

const TYPED_DICT: &str =
    "if TYPE_CHECKING:\n    from typing import TypedDict\nelse:\n    from .._typed_dict import TypedDict\n";

fn literal(words: impl Iterator<Item = String>) -> String {
    let lines = lines(words, |word| format!("    \"{word}\",\n"));
    format!("Literal[\n{lines}]")
}

/// The closed sets.
pub(super) fn sets(catalogue: &Catalogue) -> String {
    let mut out =
        module("The core's closed sets, for annotations.", "from typing import Literal, TypeAlias\n");
    let sets = catalogue.sets.iter().map(|Set { name, doc, words }| {
        let words = literal(words.iter().map(|word| word.slug.clone()));
        format!("{name}: TypeAlias = {words}\n{}", python_doc("", doc))
    });
    out.push_str(&sets.collect::<Vec<_>>().join("\n"));
    out
}

/// The user object of a sign-up.
pub(super) fn user(catalogue: &Catalogue) -> String {
    let imports = [
        "from collections.abc import Mapping, Sequence\nfrom datetime import datetime\n\
         from typing import TYPE_CHECKING, Literal, TypeAlias\n\n",
        TYPED_DICT,
    ]
    .concat();
    let mut out = module("The user object of a sign-up, for annotations.", &imports);
    // Writing to a String can't fail.
    let _ = write!(
        out,
        "OpenObject: TypeAlias = Mapping[str, object]\n{}\nEnrollmentStatus: TypeAlias = {}\n{}",
        python_doc(
            "",
            "An open JSON object: its shape depends on the organization's workflow. Sent exactly as given."
        ),
        literal(catalogue.enrollment_statuses.iter().cloned()),
        python_doc(
            "",
            "Where `status` and `enrollmentStatus` can stand; the literal words, spaces included."
        ),
    );
    let class = |head: &str, about: &str, required: bool| {
        let fields = catalogue.user.iter().filter(|field| field.required == required).map(user_field);
        format!("\n\nclass {head}:\n{}\n{}", python_doc("    ", about), fields.collect::<String>())
    };
    out.push_str(&class("_Required(TypedDict)", "What every sign-up needs.", true));
    let about = "The user object of a sign-up, with the wire's own names and the documentation's words.";
    out.push_str(&class("SignUpUser(_Required, total=False)", about, false));
    out
}

fn user_field(field: &UserField) -> String {
    let by = if field.set_by_server { " Set by the organization, not in a self-service form." } else { "" };
    let kind = match field.kind {
        UserFieldKind::Text => "str",
        UserFieldKind::Status => "EnrollmentStatus",
        UserFieldKind::Instant => "str | datetime",
        UserFieldKind::Long => "int",
        UserFieldKind::Flag => "bool",
        UserFieldKind::Object => "OpenObject",
        UserFieldKind::Array => "Sequence[OpenObject]",
        UserFieldKind::ObjectOrArray => "Sequence[OpenObject] | OpenObject",
    };
    let null = if field.required { "" } else { " | None" };
    format!("    {}: {kind}{null}\n{}", field.name, python_doc("    ", &format!("{}{by}", field.doc)))
}

/// The name of the form of an action's intent.
pub(super) fn intent(method: &str) -> String {
    pascal(method) + "Intent"
}

/// The forms of intents.
pub(super) fn intents(catalogue: &Catalogue) -> String {
    let imports = [
        "from typing import TYPE_CHECKING, Literal, TypeAlias\n\nfrom .user import SignUpUser\n\n",
        TYPED_DICT,
    ]
    .concat();
    let mut out = module("The plain forms of intents, for annotations.", &imports);
    for (method, operation) in catalogue.services.iter().flat_map(actions) {
        out.push_str(&form(&intent(method), operation));
    }
    out.push('\n');
    let mut all = Vec::new();
    for service in &catalogue.services {
        let forms: Vec<String> = actions(service).map(|(method, _)| intent(method)).collect();
        let name = format!("{}Intent", service.name);
        out.push_str(&python_alias(&name, &forms));
        all.push(name);
    }
    out.push_str(&python_alias("AnyIntent", &all));
    out
}

fn form(name: &str, operation: &Operation) -> String {
    let key = |key: &Key| {
        let kind = if key.kind == KeyKind::Text { "str" } else { "SignUpUser" };
        format!("    {}: {kind}\n{}", key.name, python_doc("    ", &key.doc))
    };
    let (required, optional): (Vec<&Key>, Vec<&Key>) = operation.keys.iter().partition(|key| key.required);
    let keys = |of: &[&Key]| of.iter().copied().map(key).collect::<String>();
    let doc = python_doc("    ", &operation.doc);
    let action = format!("    action: Literal[\"{}\"]\n{}", operation.slug, keys(&required));
    if optional.is_empty() {
        return format!("\nclass {name}(TypedDict):\n{doc}\n{action}\n");
    }
    format!(
        "\nclass _{name}(TypedDict):\n{action}\n\nclass {name}(_{name}, total=False):\n{doc}\n{}\n",
        keys(&optional)
    )
}
