//! The made-up in every language: what is generated compiles there, and its vectors pass with all others. Nothing is written by hand.
//!
//! All of it is built in the copy, into folders of the copy's own: no package, library or environment of the repository changes.

use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use super::copy::Copy;
use super::edits::WrongVector;
use super::{put_vectors, whole_copy};
use crate::languages::{kotlin, npm, swift};
use crate::run;
use crate::run::error::{Error, Result, failed};
use crate::steps::{Done, Given, Need, Step};
use crate::tools::toolchain::WASM;
use crate::tools::{java, node};

const WHY: &str = "the made-up's vectors pass with all others, by what is generated and nothing else";

/// What the tests of Python need, without the wheel.
const PYTHON_TESTS: Need = Need::PythonPackages("requirements/core.txt");

pub(crate) const JAVASCRIPT: Step =
    Step::new("exercise in JavaScript", WHY, &[Need::Node, Need::RustTarget(WASM)], javascript).full();
pub(crate) const PYTHON: Step = Step::new("exercise in Python", WHY, &[PYTHON_TESTS], python).full();
pub(crate) const KOTLIN: Step = Step::new("exercise in Kotlin", WHY, &[Need::Java], kotlin).full();
pub(crate) const SWIFT: Step = Step::new("exercise in Swift", WHY, &[Need::Swift], swift).full();

/// As `cargo xtask package npm`, without the packing.
fn javascript(_: &Given<'_>) -> Result<Done> {
    let copy = whole_copy()?;
    let folder = copy.root().join(node::PACKAGE);
    node::ensure_packages(&folder.to_string_lossy())?;
    for library in npm::LIBRARIES {
        run::run(copy.cargo(&["build", "-q", "--locked", "-p", library.krate]).args(library.build_args()))?;
        library.write_glue(&copy.target(), &folder)?;
    }
    run::run(node::node().arg(folder.join("build/build.js")))?;
    let mut test = node::node();
    test.args(["--test", "test/vectors.test.mjs"]).current_dir(folder);
    vectors(&copy, test)
}

/// Without a wheel: the library stands among the modules, as in what a wheel installs.
fn python(given: &Given<'_>) -> Result<Done> {
    let copy = whole_copy()?;
    let folder = copy.root().join("bindings-python");
    build(&copy, "enrollkit-python")?;
    let name = if cfg!(windows) { "_enrollkit.pyd" } else { "_enrollkit.abi3.so" };
    let modules = folder.join("python");
    put(&copy, "_enrollkit", &modules.join("enrollkit").join(name))?;
    let mut test = given.venv(PYTHON_TESTS)?.python(&["-m", "pytest", "-q", "tests/test_vectors.py"]);
    test.env("PYTHONPATH", modules).current_dir(folder);
    vectors(&copy, test)
}

/// Without a jar: Maven's local repository keeps this repository's.
fn kotlin(_: &Given<'_>) -> Result<Done> {
    let copy = whole_copy()?;
    let folder = copy.root().join("bindings-mobile/kotlin");
    build(&copy, "enrollkit-jni")?;
    let (name, platform) = kotlin::native();
    put(&copy, "enrollkit_jni", &folder.join("native").join(platform).join(name))?;
    run::run(java::mvn(&folder).arg("test-compile"))?;
    let mut test = java::mvn(&folder);
    test.args(["surefire:test", "-Dtest=VectorsTest"]);
    vectors(&copy, test)
}

/// Typed in the copy's folder.
const SWIFT_TEST: &str = "ENROLLKIT_ROOT=\"$PWD\" swift test --quiet --filter VectorsTests \
                          --package-path bindings-mobile/swift --scratch-path target/swift -Xlinker -L\"$PWD/target/debug\"";

fn swift(given: &Given<'_>) -> Result<Done> {
    let copy = whole_copy()?;
    build(&copy, "enrollkit-mobile")?;
    swift::remove_linked(&copy.target())?;
    vectors(&copy, given.swift()?.shell(copy.root(), SWIFT_TEST))
}

/// Builds a package of the copy.
fn build(copy: &Copy, package: &str) -> Result {
    run::run(&mut copy.cargo(&["build", "-q", "--locked", "-p", package]))
}

/// Puts a library that was built where its language finds it.
fn put(copy: &Copy, library: &str, to: &Path) -> Result {
    let from = copy.target().join("debug").join(format!("{DLL_PREFIX}{library}{DLL_SUFFIX}"));
    let folder = to.parent().unwrap_or(to);
    fs::create_dir_all(folder)
        .and_then(|()| fs::copy(&from, to))
        .map(drop)
        .map_err(failed(format!("can't copy {}", from.display())))
}

/// They pass; and a made-up one that is wrong does not, so that it was run.
fn vectors(copy: &Copy, mut test: Command) -> Result<Done> {
    run::run(&mut test)?;
    let wrong = WrongVector::made_up()?;
    copy.write(wrong.file, wrong.text.as_bytes())?;
    let output = test.stdout(Stdio::piped()).stderr(Stdio::piped()).output();
    let output = output.map_err(failed(format!("can't start `{}`", run::show(&test))))?;
    put_vectors(copy)?;
    if fails_for(wrong.case, output) {
        return Ok(Done::Ran);
    }
    Err(Error::Failed(format!("the tests pass over {}, which is wrong", wrong.case)))
}

/// Whether the tests fail, and name the case.
fn fails_for(case: &str, output: Output) -> bool {
    let said = [output.stdout, output.stderr].concat();
    !output.status.success() && String::from_utf8_lossy(&said).contains(case)
}

#[cfg(all(test, unix))]
mod tests {
    use super::fails_for;
    use crate::run;

    #[test]
    fn only_a_failure_that_names_the_case_is_one_for_it() {
        let output = |script: &str| run::command("sh").args(["-c", script]).output().expect("sh");
        assert!(fails_for("made-up-1", output("echo made-up-1 differs; exit 1")));
        assert!(fails_for("made-up-1", output("echo made-up-1 differs >&2; exit 1")));
        assert!(!fails_for("made-up-1", output("echo made-up-1")));
        assert!(!fails_for("made-up-1", output("echo nothing to test; exit 1")));
    }
}
