//! What modules export of what is generated.

use super::stub_outcomes::{names, names_of, parts};
use crate::catalogue::Catalogue;
use crate::facade::File;

pub(super) fn files(catalogue: &Catalogue) -> Vec<File> {
    let path = |name: &str| format!("bindings-python/python/enrollkit/{name}.py");
    let constants: Vec<&str> = catalogue.constants.iter().map(|constant| constant.name.as_str()).collect();
    let mut files = parts(&path("__init__"), &names(catalogue), &constants).to_vec();
    for service in &catalogue.services {
        files.extend(parts(&path(&service.slug), &names_of(catalogue, &service.slug), &[]));
    }
    files
}
