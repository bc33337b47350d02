//! Every case of every file in `tests/vectors` gives what it must.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use enrollkit::Json;
use enrollkit_tests::{difference, run};

/// One case, and where it stands.
pub(crate) struct Case {
    pub(crate) kind: String,
    pub(crate) id: String,
    pub(crate) input: Json,
    pub(crate) expect: Json,
}

/// The JSON files of a folder beside this one, discovered, in order.
pub(crate) fn files(folder: &str) -> Vec<(PathBuf, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut files: Vec<PathBuf> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    assert!(!files.is_empty(), "no files in {}", folder.display());
    files.into_iter().map(|path| (path.clone(), fs::read_to_string(path).unwrap())).collect()
}

pub(crate) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for (path, text) in files("vectors") {
        let file = Json::parse(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let kind = file.get("kind").and_then(Json::as_str).unwrap();
        for case in file.get("cases").and_then(Json::as_array).unwrap() {
            cases.push(Case {
                kind: kind.into(),
                id: case.get("id").and_then(Json::as_str).unwrap().into(),
                input: case.get("input").unwrap().clone(),
                expect: case.get("expect").unwrap().clone(),
            });
        }
    }
    cases
}

#[test]
fn every_vector_holds() {
    let failures: Vec<String> = cases()
        .iter()
        .filter_map(|case| match run(&case.kind, &case.input) {
            Ok(actual) => {
                difference(&case.expect, &actual).map(|difference| format!("{}{difference}", case.id))
            }
            Err(wrong) => Some(format!("{}: {wrong}", case.id)),
        })
        .collect();
    assert!(failures.is_empty(), "{} vectors fail:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn ids_are_unique_and_refusals_outnumber_the_rest() {
    let cases = cases();
    let mut counts = BTreeMap::new();
    for case in &cases {
        *counts.entry(&case.id).or_insert(0) += 1;
    }
    let twice: Vec<_> = counts.iter().filter(|(_, count)| **count > 1).collect();
    assert!(twice.is_empty(), "ids that come twice: {twice:?}");

    let is_refusal = |case: &&Case| {
        let verdict = case.expect.get("verdict").and_then(Json::as_str);
        let read = case.expect.get("read").unwrap_or(&case.expect);
        case.expect.get("violations").is_some()
            || read.get("error").is_some()
            || verdict.is_some_and(|it| it != "valid")
    };
    let refusals = cases.iter().filter(is_refusal).count();
    assert!(refusals * 2 > cases.len(), "{refusals} of {} cases are refusals", cases.len());
}

#[test]
fn a_wrong_expectation_is_found() {
    let case = &cases()[0];
    let other = Json::parse(r#"{"signature":"not this","violations":[{"code":"not this"}]}"#).unwrap();
    assert!(difference(&other, &run(&case.kind, &case.input).unwrap()).is_some());
}

#[test]
fn vectors_follow_their_schema() {
    follow_schema("vectors", include_str!("../schema/vectors.schema.json"));
}

pub(crate) fn follow_schema(folder: &str, schema: &str) {
    // The closed sets are in a file of their own, which is generated; a schema names it by its place beside itself.
    const BASE: &str = "https://enrollkit.invalid/schema/";
    let words: serde_json::Value =
        serde_json::from_str(include_str!("../schema/generated/words.schema.json")).unwrap();
    let words =
        jsonschema::Registry::new().add(format!("{BASE}generated/words.schema.json"), &words).unwrap();
    let registry = words.prepare().unwrap();
    let schema = serde_json::from_str(schema).unwrap();
    let validator = jsonschema::draft202012::options()
        .with_base_uri(BASE)
        .with_registry(&registry)
        .build(&schema)
        .unwrap();
    for (path, text) in files(folder) {
        let instance = serde_json::from_str(&text).unwrap();
        let errors: Vec<String> = validator
            .iter_errors(&instance)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{}:\n{}", path.display(), errors.join("\n"));
    }
}
