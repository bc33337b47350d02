//! The core's dependency rules: few crates, and none that brings I/O, a clock, randomness or a second JSON reader.

use std::collections::BTreeSet;
use std::process::Command;

use crate::run;
use crate::run::error::{Error, Result};

/// All crates, the core and the procedural macros included. Raise it only with a reason in the commit.
const MOST: usize = 20;

/// Never below the core, with why. A star stands for any ending.
const FORBIDDEN: &[(&str, &str)] = &[
    ("getrandom", "no randomness, and it doesn't build for wasm32-unknown-unknown"),
    ("rand*", "no randomness"),
    ("regex*", "a megabyte for what a few lines check"),
    ("url", "it rewrites what it parses; `BaseUrl` must not"),
    ("idna", "its tables outweigh the core"),
    ("tokio", "no I/O"),
    ("http*", "no I/O; the host does the HTTP"),
    ("time", "the time is an argument"),
    ("chrono", "the time is an argument"),
    ("serde_json", "JSON is exact here; serde_json rewrites numbers"),
];

/// Where the core is meant to run. Not `all`: that counts crates that serde lists and no build compiles.
const TARGETS: &[&str] = &[
    "x86_64-unknown-linux-gnu",
    "wasm32-unknown-unknown",
    "aarch64-linux-android",
    "aarch64-apple-ios",
    "x86_64-pc-windows-msvc",
];

pub(crate) fn check() -> Result {
    // Forbidden is forbidden on every target, even those we never heard of.
    let mut everywhere = tree(&["all"]);
    let mut compiled = tree(TARGETS);
    let mut violations = forbidden(&run::output(&mut everywhere)?);
    violations.extend(too_many(&run::output(&mut compiled)?));
    if violations.is_empty() {
        return Ok(());
    }
    Err(Error::Failed(format!("{}; to see the tree: {}", violations.join("; "), run::show(&compiled))))
}

fn tree(targets: &[&str]) -> Command {
    let mut tree = run::cargo(&["tree", "-p", "enrollkit", "-e", "normal", "--all-features"]);
    tree.args(["--prefix", "none", "--locked"]).args(targets.iter().flat_map(|target| ["--target", target]));
    tree
}

/// Name and version. A crate is said once for each crate that uses it; two versions of it are two crates.
fn crates(tree: &str) -> BTreeSet<(&str, &str)> {
    let crates = tree.lines().filter_map(|line| {
        let mut words = line.split_whitespace();
        Some((words.next()?, words.next()?))
    });
    crates.collect()
}

fn forbidden(tree: &str) -> Vec<String> {
    let mut violations = Vec::new();
    for (name, version) in crates(tree) {
        for (pattern, why) in FORBIDDEN {
            if matches(pattern, name) {
                violations.push(format!("the core must not depend on {name} {version} ({why})"));
            }
        }
    }
    violations
}

fn too_many(tree: &str) -> Option<String> {
    match crates(tree).len() {
        // A check that sees nothing must not pass.
        0 => Some("`cargo tree` named no crate".to_owned()),
        1..=MOST => None,
        count => Some(format!("the core's tree has {count} crates, more than {MOST}")),
    }
}

fn matches(pattern: &str, name: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(start) => name.starts_with(start),
        None => name == pattern,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forbidden_crates_are_named_with_the_reason() {
        let tree = "enrollkit v0.1.0 (/core)\nserde v1.0.2\nrand_core v0.9.0\nserde v1.0.2 (*)\ntime v0.3.1";
        let violations = forbidden(tree);
        assert_eq!(violations.len(), 2, "{violations:?}");
        assert_eq!(violations[0], "the core must not depend on rand_core v0.9.0 (no randomness)");
        assert!(violations[1].contains("time v0.3.1"));
    }

    #[test]
    fn names_that_only_begin_alike_are_no_violation() {
        assert!(
            forbidden("enrollkit v0.1.0\ntimely v1.0.0\nurlencoding v2.0.0\nserde_json_lite v1.0.0")
                .is_empty()
        );
    }

    #[test]
    fn a_tree_too_large_or_empty_fails() {
        let of = |count: usize| (0..count).map(|n| format!("crate{n} v1.0.0")).collect::<Vec<_>>().join("\n");
        assert_eq!(too_many(&of(MOST)), None);
        assert!(too_many(&of(MOST + 1)).is_some());
        assert!(too_many("").is_some());
    }

    #[test]
    fn the_real_core_keeps_the_rules() {
        check().expect("the core's dependencies");
    }
}
