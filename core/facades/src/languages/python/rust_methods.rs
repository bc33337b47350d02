//! In Rust: the methods of the clients, the factories of intents, the constants.

use std::fmt::Write;

use super::text::{HEAD, rust_chain, rust_doc, rust_fn};
use super::{actions, doc_of_call};
use crate::catalogue::{Catalogue, Key, KeyKind, Operation, Service};
use crate::facade::File;

pub(super) fn files(catalogue: &Catalogue) -> Vec<File> {
    let file = |name: &str, text| File::whole(&format!("bindings-python/src/generated/{name}.rs"), text);
    let methods = catalogue.services.iter().map(|service| file(&service.slug, methods(service)));
    let rest = [
        file("mod", module(catalogue)),
        file("intents", factories(catalogue)),
        file("constants", constants(catalogue)),
    ];
    methods.chain(rest).collect()
}

fn module(catalogue: &Catalogue) -> String {
    let mut names: Vec<&str> = catalogue.services.iter().map(|service| service.slug.as_str()).collect();
    names.extend(["constants", "intents"]);
    names.sort_unstable();
    let mut modules: Vec<String> = names.iter().map(|name| format!("mod {name};\n")).collect();
    modules.push("pub(crate) mod outcomes;\n".into());
    // rustfmt sorts them by name, whatever stands before it.
    modules.sort_by_key(|line| line.trim_start_matches("pub(crate) ").to_owned());
    format!(
        "// {HEAD}\n\n//! What Python has of the core's tables.\n\n{}\n\
         use pyo3::prelude::*;\n\n\
         /// Adds classes and constants to the module.\n\
         pub(crate) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {{\n    \
         outcomes::add_to(module)?;\n    constants::add_to(module)\n}}\n",
        modules.concat()
    )
}

fn constants(catalogue: &Catalogue) -> String {
    let mut out = format!("// {HEAD}\n\n//! Numbers that users have to know.\n\nuse pyo3::prelude::*;\n\n");
    out.push_str("/// Adds them to the module.\npub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {\n");
    for constant in &catalogue.constants {
        // Writing to a String can't fail.
        let _ = writeln!(out, "    module.add(\"{}\", {}_u64)?;", constant.name, grouped(constant.value));
    }
    out.push_str("    Ok(())\n}\n");
    out
}

/// A number in groups of three digits.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let first = digits.len() % 3;
    let mut groups: Vec<&str> = if first == 0 { Vec::new() } else { vec![&digits[..first]] };
    groups.extend((first..digits.len()).step_by(3).map(|at| &digits[at..at + 3]));
    groups.join("_")
}

/// The method of a client for each action.
fn methods(service: &Service) -> String {
    let Service { slug, name, signed, .. } = service;
    let has_fast = *signed && actions(service).any(|(_, operation)| operation.is_about_user());
    let has_keys = actions(service).any(|(_, operation)| !(*signed && operation.is_about_user()));
    let intent = if has_fast { "use enrollkit::Intent;\n" } else { "" };
    let mut uses =
        vec!["use crate::call::Call;\n".to_owned(), format!("use crate::{slug}::{name}Actions;\n")];
    uses.extend(has_keys.then(|| "use crate::keys::Keys;\n".to_owned()));
    uses.sort();
    let (now, given) = if *signed { (", *, now=None", ", now") } else { ("", "") };
    let mut out = format!(
        "// {HEAD}\n\n//! The methods of `{name}Actions`.\n\n{intent}use pyo3::prelude::*;\n\n{}\n\
         #[pymethods]\nimpl {name}Actions {{\n",
        uses.concat()
    );
    let call = if *signed { "(intent, *, now=None)" } else { "(intent)" };
    let mut parameters = vec!["&self".to_owned(), object("intent")];
    parameters.extend(signed.then(|| optional("now")));
    // Writing to a String can't fail.
    let _ = writeln!(
        out,
        "{}    #[pyo3(signature = {call})]\n{}        self.call_any(intent{given})\n    }}",
        rust_doc("    ", &doc_of_call(*signed)),
        rust_fn("    ", "call", &parameters, "PyResult<Call>"),
    );
    for (method, operation) in actions(service) {
        let is_fast = *signed && operation.is_about_user();
        let mut parameters = vec!["&self".to_owned()];
        parameters.extend((!is_fast).then(|| "py: Python<'_>".to_owned()));
        parameters.extend(operation.keys.iter().map(parameter));
        parameters.extend(signed.then(|| optional("now")));
        let body = if is_fast {
            format!("        self.call_about(Intent::{method}, {}{given})\n", operation.keys[0].name)
        } else {
            format!("{}        self.call_with(py, keys{given})\n", keys_of(operation))
        };
        let _ = write!(
            out,
            "\n{}    #[pyo3(signature = ({}{now}))]\n{}{body}    }}\n",
            rust_doc("    ", &operation.doc),
            signature(operation),
            rust_fn("    ", method, &parameters, "PyResult<Call>"),
        );
    }
    out.push_str("}\n");
    out
}

/// The factory of an intent for each action.
fn factories(catalogue: &Catalogue) -> String {
    let mut out = format!(
        "// {HEAD}\n\n//! The factories of `Intent`.\n\nuse pyo3::prelude::*;\n\nuse crate::intent::Intent;\nuse crate::keys::Keys;\n\n\
         #[pymethods]\nimpl Intent {{\n"
    );
    let all: Vec<String> = catalogue.services.iter().flat_map(actions).map(factory).collect();
    out.push_str(&all.join("\n"));
    out.push_str("}\n");
    out
}

fn factory((method, operation): (&str, &Operation)) -> String {
    let mut parameters = vec!["py: Python<'_>".to_owned()];
    parameters.extend(operation.keys.iter().map(parameter));
    let (mut signature, mut make) = (signature(operation), "Self::of(py, keys)");
    if has_user(operation) {
        parameters.extend(["self_service: bool".into(), "allow_extra_keys: bool".into()]);
        signature += ", *, self_service=false, allow_extra_keys=false";
        make = "Self::with_rules(py, keys, self_service, allow_extra_keys)";
    }
    format!(
        "{}    #[staticmethod]\n    #[pyo3(signature = ({signature}))]\n{}{}        {make}\n    }}\n",
        rust_doc("    ", &operation.doc),
        rust_fn("    ", method, &parameters, "PyResult<Self>"),
        keys_of(operation),
    )
}

pub(super) fn has_user(operation: &Operation) -> bool {
    operation.keys.iter().any(|key| key.kind == KeyKind::SignUpUser)
}

fn object(name: &str) -> String {
    format!("{name}: &Bound<'_, PyAny>")
}

fn optional(name: &str) -> String {
    format!("{name}: Option<&Bound<'_, PyAny>>")
}

fn parameter(key: &Key) -> String {
    if key.required { object(&key.name) } else { optional(&key.name) }
}

fn signature(operation: &Operation) -> String {
    let default = |key: &Key| if key.required { key.name.clone() } else { format!("{}=None", key.name) };
    operation.keys.iter().map(default).collect::<Vec<_>>().join(", ")
}

fn keys_of(operation: &Operation) -> String {
    let link = |key: &Key| {
        let kind = if key.kind == KeyKind::Text { "text" } else { "user" };
        format!(".{kind}(\"{0}\", {0})", key.name)
    };
    let links: Vec<String> = operation.keys.iter().map(link).collect();
    rust_chain("        ", &format!("let keys = Keys::of(\"{}\")", operation.slug), &links, ";")
}
