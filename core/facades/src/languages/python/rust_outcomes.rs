//! The classes of outcomes and records in Rust.

use std::fmt::Write;

use super::operations_of;
use super::text::{HEAD, rust_arm, rust_chain, rust_doc, rust_fn, rust_use};
use crate::catalogue::{Catalogue, Field, FieldKind, Record};
use crate::facade::File;
use crate::names::snake;

pub(super) fn files(catalogue: &Catalogue) -> Vec<File> {
    let file =
        |name: &str, text| File::whole(&format!("bindings-python/src/generated/outcomes/{name}.rs"), text);
    let outcomes = catalogue.outcomes.iter().map(|record| Class { record, outcome: Some(catalogue) });
    let records = catalogue.records.iter().map(|record| Class { record, outcome: None });
    let classes = outcomes.chain(records).map(|class| file(&snake(&class.record.name), class.file()));
    std::iter::once(file("mod", module(catalogue))).chain(classes).collect()
}

/// The variant of the core's `Outcome`.
fn variant(name: &str) -> &str {
    name.strip_suffix("Reply").unwrap_or(name)
}

/// What holds all of them.
fn module(catalogue: &Catalogue) -> String {
    let mut names: Vec<&str> =
        catalogue.outcomes.iter().chain(&catalogue.records).map(|record| record.name.as_str()).collect();
    names.sort_by_key(|name| snake(name));
    // Writing to a String can't fail.
    let mut out = format!("// {HEAD}\n\n//! The classes of what a call can come to, and of its parts.\n\n");
    for name in &names {
        let _ = writeln!(out, "mod {};", snake(name));
    }
    out.push_str("\nuse enrollkit::Outcome;\nuse pyo3::prelude::*;\n\n");
    for name in &names {
        let _ = writeln!(out, "pub(crate) use {}::{name};", snake(name));
    }
    out.push_str("\nuse crate::outcome::Part;\n\n");
    out.push_str("/// Adds the classes to the module.\npub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {\n");
    for (place, name) in names.iter().enumerate() {
        let end = if place + 1 == names.len() { "" } else { "?;" };
        let _ = writeln!(out, "    module.add_class::<{name}>(){end}");
    }
    out.push_str(
        "}\n\n/// The object of an outcome.\n\
         pub(crate) fn object_of(py: Python<'_>, outcome: Outcome) -> PyResult<Bound<'_, PyAny>> {\n    Ok(match outcome {\n",
    );
    for Record { name, .. } in &catalogue.outcomes {
        let pattern = format!("Outcome::{}(outcome)", variant(name));
        let value = format!("Bound::new(py, {name}(Part::of_answer(outcome)))?.into_any()");
        out.push_str(&rust_arm("        ", &pattern, &value));
    }
    out.push_str(
        "        other => unreachable!(\"no class for the outcome of {}\", other.operation()),\n    })\n}\n\n\
         /// The outcome of an object that is one.\n\
         pub(crate) fn outcome_of(object: &Bound<'_, PyAny>) -> Option<Outcome> {\n",
    );
    for Record { name, .. } in &catalogue.outcomes {
        let _ = writeln!(
            out,
            "    if let Ok(object) = object.cast::<{name}>() {{\n        return Some(object.get().outcome());\n    }}"
        );
    }
    out.push_str("    None\n}\n");
    out
}

struct Class<'a> {
    record: &'a Record,
    /// The catalogue, for what is a whole outcome.
    outcome: Option<&'a Catalogue>,
}

impl Class<'_> {
    fn file(&self) -> String {
        let Record { name, doc, .. } = self.record;
        let what = if self.outcome.is_some() { "What a call can come to" } else { "A part of outcomes" };
        let mut out = format!("// {HEAD}\n\n//! {what}: `{name}`.\n\n{}", self.imports());
        // Writing to a String can't fail.
        let _ = write!(
            out,
            "\n{}#[pyclass(frozen, module = \"enrollkit\")]\n\
             pub(crate) struct {name}(pub(crate) Part<of_core::{name}>);\n\n",
            rust_doc("", doc)
        );
        if self.outcome.is_some() {
            let _ = write!(
                out,
                "impl {name} {{\n    pub(super) fn outcome(&self) -> Outcome {{\n        \
                 Outcome::{}(of_core::{name}::clone(&self.0))\n    }}\n}}\n\n",
                variant(name)
            );
        }
        let _ = write!(
            out,
            "impl Value for {name} {{\n    const NAME: &'static str = \"{name}\";\n\n    fn plain(&self) -> Json {{\n        {}\n    \
             }}\n\n    fn of_plain(json: &Json) -> Option<Self> {{\n{}    }}\n\n    fn shown(&self) -> String {{\n{}    }}\n}}\n\n",
            self.plain(),
            self.of_plain(),
            self.shown()
        );
        let _ =
            writeln!(out, "#[pymethods]\nimpl {name} {{\n{}}}\n\nvalue_methods!({name});", self.getters());
        out
    }

    fn is_raw_reply(&self) -> bool {
        self.outcome.is_some_and(|catalogue| {
            operations_of(catalogue, &self.record.name).all(|operation| !operation.is_action())
        })
    }

    fn imports(&self) -> String {
        let fields = &self.record.fields;
        let has = |wanted: fn(&FieldKind) -> bool| fields.iter().any(|field| wanted(&field.kind));
        let (has_list, has_json) =
            (has(|kind| matches!(kind, FieldKind::List(_))), has(|kind| *kind == FieldKind::Json));
        let when = |is: bool, name: &'static str| is.then_some(name);
        let own = |names: &[Option<&'static str>]| names.iter().copied().flatten().collect::<Vec<_>>();
        let is_outcome = self.outcome.is_some();
        let core = [Some("Details"), Some("Json"), when(is_outcome, "Outcome")];
        let types = [when(is_outcome, "PyBytes"), when(has_list, "PyTuple")];
        let outcome = [
            Some("Part"),
            Some("Shown"),
            when(has_json, "json_object"),
            Some("of_core"),
            when(self.is_raw_reply(), "raw_reply"),
            when(has_list, "tuple"),
        ];
        let parts: Vec<&str> = fields
            .iter()
            .filter_map(|field| match &field.kind {
                FieldKind::Record(name) | FieldKind::List(name) => Some(name.as_str()),
                _ => None,
            })
            .collect();
        [
            rust_use("enrollkit", &own(&core)),
            "use pyo3::prelude::*;\n".into(),
            rust_use("pyo3::types", &own(&types)),
            "\n".into(),
            rust_use("super", &parts),
            rust_use("crate::outcome", &own(&outcome)),
            rust_use("crate::value", &["Value", "value_methods"]),
        ]
        .concat()
    }

    fn plain(&self) -> &'static str {
        if self.outcome.is_some() {
            "self.outcome().to_json(Details::Included)"
        } else {
            "self.0.to_json(Details::Included)"
        }
    }

    fn of_plain(&self) -> String {
        let name = &self.record.name;
        if self.is_raw_reply() {
            "        raw_reply(json).map(|reply| Self(Part::of_plain(reply)))\n".into()
        } else if self.outcome.is_some() {
            let variant = variant(name);
            format!(
                "        let Outcome::{variant}(outcome) = Outcome::from_json(json)? else {{ return None }};\n        \
                 Some(Self(Part::of_plain(outcome)))\n"
            )
        } else {
            format!(
                "        json.as_object().map(|_| Self(Part::of_plain(of_core::{name}::from_json(json))))\n"
            )
        }
    }

    fn shown(&self) -> String {
        let fields = &self.record.fields;
        let mut links: Vec<String> = Vec::new();
        if self.outcome.is_some_and(|catalogue| operations_of(catalogue, &self.record.name).count() > 1) {
            links.push(".text(\"operation\", self.operation())".into());
        }
        for Field { name, kind, always, .. } in fields.iter().filter(|field| field.shown) {
            links.push(match kind {
                FieldKind::Text | FieldKind::Word(_) => format!(".text(\"{name}\", self.{name}())"),
                FieldKind::Status => format!(".status(\"{name}\", self.{name}())"),
                FieldKind::Record(_) if *always => format!(".part(\"{name}\", Some(self.{name}()))"),
                FieldKind::Flag if *always => format!(".flag(\"{name}\", Some(self.{name}()))"),
                FieldKind::Flag => format!(".flag(\"{name}\", self.{name}())"),
                FieldKind::Record(_) => format!(".part(\"{name}\", self.{name}())"),
                FieldKind::List(_) => format!(".count(\"{name}\", self.0.{}.len())", self.access(name)),
                FieldKind::Json => continue,
            });
        }
        // An outcome has its raw body besides, of which nobody expects to be told.
        let all = fields.iter().all(|field| field.shown);
        links.push(if all { ".all()".into() } else { ".and_more()".into() });
        rust_chain("        ", "Shown::of(Self::NAME)", &links, "")
    }

    /// How the core gives a field: outcomes have methods, their parts are open.
    fn access(&self, name: &str) -> String {
        if self.outcome.is_some() { format!("{name}()") } else { name.into() }
    }

    fn getters(&self) -> String {
        let mut getters: Vec<String> = Vec::new();
        if self.outcome.is_some() {
            getters.push(getter(
                "What was called.",
                "operation",
                &["&self"],
                "&'static str",
                "self.0.operation().slug()",
            ));
        }
        getters.extend(self.record.fields.iter().map(|field| self.getter(field)));
        if self.outcome.is_some() {
            let core = format!("of_core::{}", self.record.name);
            getters.push(format!(
                "{}    fn raw<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {{\n        self.0.body(py, {core}::raw)\n    }}\n",
                rust_doc("    ", RAW),
            ));
            getters.push(getter(LOSSY, "lossy", &["&self"], "bool", "self.0.raw().is_lossy()"));
        }
        getters.join("\n")
    }

    fn getter(&self, field: &Field) -> String {
        let Field { name, doc, kind, always, .. } = field;
        let access = self.access(name);
        let core = format!("of_core::{}", self.record.name);
        let is_outcome = self.outcome.is_some();
        let py: &[&str] = &["&self", "py: Python<'py>"];
        let simple = |gives: &str, value: &str| getter(doc, name, &["&self"], gives, value);
        match kind {
            FieldKind::Text if *always => {
                simple("&str", &format!("{}self.0.{access}", if is_outcome { "" } else { "&" }))
            }
            FieldKind::Text => simple(
                "Option<&str>",
                &format!("self.0.{access}{}", if is_outcome { "" } else { ".as_deref()" }),
            ),
            FieldKind::Flag if *always => simple("bool", &format!("self.0.{access}")),
            FieldKind::Flag => simple("Option<bool>", &format!("self.0.{access}")),
            FieldKind::Status => simple("u16", &format!("self.0.{access}")),
            FieldKind::Word(_) if *always => simple("&'static str", &format!("self.0.{access}.slug()")),
            FieldKind::Word(set) => {
                simple("Option<&'static str>", &format!("self.0.{access}.map(of_core::{set}::slug)"))
            }
            FieldKind::Json => {
                let value = format!("self.0.{access}{}", if is_outcome { "" } else { ".as_ref()" });
                let gives = "PyResult<Option<Bound<'py, PyAny>>>";
                getter(doc, &format!("{name}<'py>"), py, gives, &format!("json_object(py, {value})"))
            }
            FieldKind::Record(part) if *always => {
                let pick =
                    if is_outcome { format!("{core}::{name}") } else { format!("|whole| &whole.{name}") };
                simple(part, &format!("{part}(self.0.part({pick}))"))
            }
            FieldKind::Record(part) => {
                let pick = if is_outcome {
                    format!("{core}::{name}")
                } else {
                    format!("|whole| whole.{name}.as_ref()")
                };
                simple(&format!("Option<{part}>"), &format!("self.0.part_if({pick}).map({part})"))
            }
            FieldKind::List(part) => {
                let pick =
                    if is_outcome { format!("{core}::{name}") } else { format!("|whole| &whole.{name}") };
                let value = format!("tuple(py, self.0.parts({pick}).map({part}))");
                getter(doc, &format!("{name}<'py>"), py, "PyResult<Bound<'py, PyTuple>>", &value)
            }
        }
    }
}

pub(super) const RAW: &str =
    "The body as it came, the call's secrets masked; empty for what came through a relay or from a dict.";
pub(super) const LOSSY: &str =
    "Whether reading lost something: invalid UTF-8, a lone surrogate, a repeated key.";

fn getter(doc: &str, name: &str, parameters: &[&str], gives: &str, value: &str) -> String {
    let parameters: Vec<String> = parameters.iter().map(|parameter| (*parameter).into()).collect();
    format!(
        "{}    #[getter]\n{}        {value}\n    }}\n",
        rust_doc("    ", doc),
        rust_fn("    ", name, &parameters, gives)
    )
}
