//! Python: the classes of outcomes, the methods of the clients and the factories of intents in Rust, as pyo3 has them; their stubs
//! with the same documentation; the closed sets, the user object and the forms of intents as types; what modules export.

mod exports;
mod rust_methods;
mod rust_outcomes;
mod stub_methods;
mod stub_outcomes;
mod text;
mod types;

use crate::catalogue::{Catalogue, Operation, Service};
use crate::facade::{Facade, File};

/// The facade of the Python package.
pub struct Python;

impl Facade for Python {
    fn files(&self, catalogue: &Catalogue) -> Vec<File> {
        let mut files = rust_outcomes::files(catalogue);
        files.extend(rust_methods::files(catalogue));
        let generated = |name: &str, text| {
            File::whole(&format!("bindings-python/python/enrollkit/_generated/{name}"), text)
        };
        files.extend([
            generated("__init__.py", types::package()),
            generated("sets.py", types::sets(catalogue)),
            generated("user.py", types::user(catalogue)),
            generated("intents.py", types::intents(catalogue)),
            generated("outcomes.py", stub_outcomes::module(catalogue)),
            generated("outcomes.pyi", stub_outcomes::stub(catalogue)),
            generated("constants.pyi", stub_methods::constants(catalogue)),
            generated("methods.pyi", stub_methods::stub(catalogue)),
        ]);
        files.extend(exports::files(catalogue));
        files
    }
}

/// The operations that can be asked for by name, each with that name.
fn actions(service: &Service) -> impl Iterator<Item = (&str, &Operation)> {
    service.operations.iter().filter_map(|operation| Some((operation.method.as_deref()?, operation)))
}

/// The operations that an outcome comes of.
fn operations_of<'a>(catalogue: &'a Catalogue, outcome: &'a str) -> impl Iterator<Item = &'a Operation> {
    let all = catalogue.services.iter().flat_map(|service| &service.operations);
    all.filter(move |operation| operation.outcome == outcome)
}

/// What is said of a call of any intent.
fn doc_of_call(signed: bool) -> String {
    let shorthand = "The call of any intent: an `Intent`, a dict, or JSON text; other services' are refused. A method of an action's \
                     name is shorthand for this.";
    let now = " `now` is the time that gets signed: an aware `datetime` or a text; this machine's clock when left out. A relay signs \
               nothing.";
    [shorthand, if signed { now } else { "" }].concat()
}

#[cfg(test)]
mod tests {
    use super::Python;
    use crate::facade::Facade;
    use crate::made_up;

    #[test]
    fn what_is_made_of_a_small_catalogue() {
        made_up::snapshot("python", &Python.files(&made_up::catalogue()));
    }
}
