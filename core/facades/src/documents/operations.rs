//! The tables of operations in the READMEs: what each does, by which method, and what it comes to.

use std::fmt::Write;

use crate::catalogue::{Catalogue, Key, Operation, Service};
use crate::facade::{Facade, File};
use crate::names::camel;

/// The part `operations` of every README.
pub struct Operations;

impl Facade for Operations {
    fn files(&self, catalogue: &Catalogue) -> Vec<File> {
        READMES.iter().map(|readme| File::part(readme.path, "operations", readme.tables(catalogue))).collect()
    }
}

/// A README, and how its language writes a method.
struct Readme {
    path: &'static str,
    method: fn(&str, &Service, &[Key]) -> String,
}

const READMES: [Readme; 5] = [
    Readme { path: "README.md", method: rust },
    Readme { path: "bindings-wasm/npm/README.md", method: typescript },
    Readme { path: "bindings-python/README.md", method: python },
    Readme { path: "bindings-mobile/kotlin/README.md", method: kotlin },
    Readme { path: "bindings-mobile/swift/README.md", method: swift },
];

/// Nobody fills the time in: `re_enroll(user_id, now)`.
fn rust(name: &str, service: &Service, keys: &[Key]) -> String {
    let time = service.signed.then_some("now");
    let parameters: Vec<&str> = keys.iter().map(|key| key.name.as_str()).chain(time).collect();
    format!("{name}({})", parameters.join(", "))
}

/// `signUp(user, organization?)`
fn typescript(name: &str, _: &Service, keys: &[Key]) -> String {
    with_parameters(&camel(name), keys, |key| camel(&key.name), "?")
}

/// `sign_up(user, organization=None)`
fn python(name: &str, _: &Service, keys: &[Key]) -> String {
    with_parameters(name, keys, |key| key.name.clone(), "=None")
}

/// `signUp(user, organization = null)`
fn kotlin(name: &str, _: &Service, keys: &[Key]) -> String {
    with_parameters(&camel(name), keys, |key| camel(&key.name), " = null")
}

/// As Swift names methods, the first parameter without a label: `signUp(_:organization:)`.
fn swift(name: &str, _: &Service, keys: &[Key]) -> String {
    let labels = keys.iter().skip(1).map(|key| format!("{}:", camel(&key.name)));
    let labels: String = keys.iter().take(1).map(|_| "_:".to_owned()).chain(labels).collect();
    format!("{}({labels})", camel(name))
}

fn with_parameters(name: &str, keys: &[Key], parameter: fn(&Key) -> String, when_optional: &str) -> String {
    let parameter = |key: &Key| parameter(key) + if key.required { "" } else { when_optional };
    format!("{name}({})", keys.iter().map(parameter).collect::<Vec<_>>().join(", "))
}

impl Readme {
    /// A table for each service, apart from what stands around them.
    fn tables(&self, catalogue: &Catalogue) -> String {
        let tables: Vec<String> = catalogue.services.iter().map(|service| self.table(service)).collect();
        format!("\n{}\n", tables.join("\n"))
    }

    fn table(&self, service: &Service) -> String {
        let name = &service.name;
        let mut out = format!(
            "| `{name}`, `{name}Relay` | what it does | action of the intent | outcome | changes something |\n"
        );
        out.push_str("|---|---|---|---|---|\n");
        for operation in &service.operations {
            let (method, action) = match &operation.method {
                Some(name) => (
                    format!("`{}`", (self.method)(name, service, &operation.keys)),
                    format!("`{}`", operation.slug),
                ),
                // Written by hand in every language, on the client alone.
                None => (format!("`raw`, `{name}` only"), "none".into()),
            };
            let Operation { doc, outcome, .. } = operation;
            let (doc, change) = (doc.replace('|', "\\|"), if operation.is_mutation { "yes" } else { "no" });
            // Writing to a String can't fail.
            let _ = writeln!(out, "| {method} | {doc} | {action} | `{outcome}` | {change} |");
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::Operations;
    use crate::facade::Facade;
    use crate::made_up;

    #[test]
    fn every_readme_has_the_tables() {
        made_up::snapshot("operations", &Operations.files(&made_up::catalogue()));
    }
}
