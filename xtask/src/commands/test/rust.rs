//! The Rust tests. `cargo test` is the last step: when they run alone, its result lines are the last of standard output.

use crate::commands::{costs, demo, exercise, public_api};
use crate::run;
use crate::steps::{Done, Extent, Need, Step};
use crate::tools::toolchain;

/// The workspace's `rust-version`, which this crate inherits; a rustup toolchain is named with all three numbers.
const MSRV: &str = concat!(env!("CARGO_PKG_RUST_VERSION"), ".0");

/// Packages that hold no Rust test: the languages' own tests are theirs. Compiling them here would take minutes.
const UNTESTED: &[&str] = &[
    "enrollkit-benches",
    "enrollkit-mobile",
    "enrollkit-mobile-bindgen",
    "enrollkit-probe",
    "enrollkit-python",
    "enrollkit-wasm",
    "enrollkit-wasm-builder",
];

/// What proptest runs when nothing is said.
const PROPTEST_CASES: u32 = 256;
const FULL_TIMES: u32 = 20;

pub(super) const STEPS: &[Step] = &[
    Step::new(
        "public API",
        "no change of the core's API that nobody meant",
        // It brings its toolchain itself: without it, the step is skipped everywhere.
        &[],
        |given| public_api::check(given, false),
    ),
    Step::new(
        "MSRV",
        "the core compiles with the oldest Rust it promises",
        &[Need::RustToolchain(MSRV)],
        |_| {
            let mut check = toolchain::in_toolchain(MSRV, &["check", "-p", "enrollkit", "--locked"]);
            run::run(&mut check).map(|()| Done::Ran)
        },
    )
    .full(),
    Step::new("demo", "the README's first command, as a newcomer runs it", demo::NEEDS, |given| {
        demo::lifecycle(given).map(|()| Done::Ran)
    }),
    costs::CORE_STEP,
    exercise::EDITS,
    exercise::JAVASCRIPT,
    exercise::PYTHON,
    exercise::KOTLIN,
    exercise::SWIFT,
    Step::new(
        "cargo test",
        "unit, integration and documentation tests of all crates",
        &[Need::Probe],
        |given| {
            let mut test = run::cargo(&["test", "--workspace", "--locked", "--no-fail-fast"]);
            for package in UNTESTED {
                test.args(["--exclude", package]);
            }
            if given.extent() == Extent::Full {
                test.env("PROPTEST_CASES", full_cases().to_string());
            }
            run::run(given.tell(&mut test)).map(|()| Done::Ran)
        },
    ),
];

/// Twenty times what a run without `--full` would do, be that the default or the caller's own number.
fn full_cases() -> u32 {
    let usual = std::env::var("PROPTEST_CASES").ok().and_then(|text| text.parse().ok());
    usual.unwrap_or(PROPTEST_CASES).saturating_mul(FULL_TIMES)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::paths;

    #[test]
    fn what_is_not_tested_holds_no_test() {
        let metadata =
            run::output(&mut run::cargo(&["metadata", "--format-version", "1", "--no-deps", "--locked"]));
        let metadata: serde_json::Value = serde_json::from_str(&metadata.expect("metadata")).expect("JSON");
        let packages = metadata["packages"].as_array().expect("a list");
        for name in UNTESTED {
            let package = packages.iter().find(|package| package["name"] == *name).expect(name);
            let manifest = std::path::Path::new(package["manifest_path"].as_str().expect("a path"));
            let folder = manifest.parent().expect("a folder").strip_prefix(paths::root()).expect("ours");
            let sources = format!("{}/*.rs", folder.display());
            let mut list = run::command("git");
            list.args(["ls-files", "-co", "--exclude-standard", &sources]);
            for file in run::output(&mut list).expect("files").lines() {
                let Ok(source) = std::fs::read_to_string(paths::root().join(file)) else { continue };
                for test in ["#[test]", "#[cfg(test)]", "/// ```", "//! ```"] {
                    assert!(!source.contains(test), "{file} has {test}, and {name} is not tested");
                }
            }
        }
    }
}
