//! Programs outside this repository: one that is made by the README's lines for Linux, and ones that link another Rust library.

use std::fs;
use std::path::{Path, PathBuf};

use crate::languages::swift;
use crate::run::error::{Error, Result, failed};
use crate::run::{self, paths};
use crate::steps::{Done, Extent, Given, Need};
use crate::tools::swift_toolchain::Toolchain;

/// The oldest Rust that the core promises: another compiler than ours.
const OTHER_RUST: &str = concat!(env!("CARGO_PKG_RUST_VERSION"), ".0");

const SOURCE: &str = include_str!("beside/other.rs");
const HEADER: &str = include_str!("beside/other.h");
const PROGRAM: &str = include_str!("beside/main.swift");

/// How the other library is made: a name, the compiler's options, and whether by the other compiler.
const WAYS: &[(&str, &[&str], bool)] = &[
    ("lto", &["-Copt-level=3", "-Clto=fat", "-Cpanic=abort"], false),
    ("plain", &["-Copt-level=0", "-Cpanic=abort"], false),
    ("unwinding", &["-Copt-level=2", "-Cpanic=unwind"], false),
    ("unwinding-lto", &["-Copt-level=3", "-Clto=fat", "-Cpanic=unwind"], false),
    ("elder-lto", &["-Copt-level=3", "-Clto=fat", "-Cpanic=unwind"], true),
    ("elder-plain", &["-Copt-level=0", "-Cpanic=unwind"], true),
];

/// Those of every run: with LTO and without, aborting and unwinding. The others are the same put together in another way.
const USUAL: &[&str] = &["lto", "unwinding"];

/// Runs the README's lines, those of a clone in this one, those of "your package" in a package of its manifest.
pub(super) fn readme(given: &Given<'_>) -> Result<Done> {
    if !cfg!(target_os = "linux") {
        return Ok(Done::Skipped("the README's lines are for Linux".into()));
    }
    let swift = given.swift()?;
    let page = swift::folder().join("README.md");
    let page = fs::read_to_string(&page).map_err(failed(format!("can't read {}", page.display())))?;
    let (_, section) = page.split_once("\n## Linux servers\n").ok_or_else(|| not_there("the section"))?;
    let [in_clone, in_package] = blocks(section, "sh")[..] else {
        return Err(not_there("one block of lines for the clone and one for the package"));
    };
    let manifest = blocks(section, "swift").first().copied().ok_or_else(|| not_there("a manifest"))?;
    let around = scratch("readme")?;
    if around.exists() {
        fs::remove_dir_all(&around).map_err(failed(format!("can't remove {}", around.display())))?;
    }
    let package = around.join("back-end");
    write(&package.join("Package.swift"), manifest)?;
    let program = "import EnrollKit\n\nprint(checkUser([:]).count)\n";
    write(&package.join("Sources/back-end/main.swift"), program)?;
    let clone = around.join("enrollkit");
    link(paths::root(), &clone)?;

    run::run(run::command("sh").current_dir(&clone).args(["-ec", in_clone]))?;
    run::run(&mut swift.shell(&package, &format!("set -e\n{in_package}")))?;
    let said = run::output(&mut swift.shell(&package, "swift run --quiet"))?;
    if said.trim() != "8" {
        return Err(Error::Failed(format!("the program said {said}")));
    }
    // What the example is made of is compiled and tested in every run.
    if given.extent() == Extent::Full {
        example(swift, &around)?;
    }
    Ok(Done::Ran)
}

/// The example's lines, in a copy of it: its own folder is left as it is.
fn example(swift: &Toolchain, around: &Path) -> Result {
    const FOLDER: &str = "examples/swift/enroll";
    let (copy, page) = (around.join("copy").join(FOLDER), paths::root().join(FOLDER).join("README.md"));
    fs::create_dir_all(&copy).map_err(failed(format!("can't make {}", copy.display())))?;
    for name in ["Package.swift", "Sources", "Tests"] {
        run::run(run::command("cp").arg("-R").arg(paths::root().join(FOLDER).join(name)).arg(&copy))?;
    }
    for name in ["bindings-mobile", "dist"] {
        link(&paths::root().join(name), &around.join("copy").join(name))?;
    }
    let page = fs::read_to_string(&page).map_err(failed(format!("can't read {}", page.display())))?;
    let [lines] = blocks(&page, "sh")[..] else {
        return Err(not_there("an example with one block of lines"));
    };
    // The last line is the program, which says how it is used and ends with 2.
    run::run(&mut swift.shell(&copy, &format!("set -e\n{lines} || test $? = 2")))
}

fn link(to: &Path, link: &Path) -> Result {
    #[cfg(unix)]
    std::os::unix::fs::symlink(to, link).map_err(failed(format!("can't make {}", link.display())))?;
    #[cfg(not(unix))]
    let _ = (to, link);
    Ok(())
}

/// Links and runs a program with each of the other libraries.
pub(super) fn beside(given: &Given<'_>) -> Result<Done> {
    let full = given.extent() == Extent::Full;
    let given = if full { given.with(&[Need::RustToolchain(OTHER_RUST)])? } else { given.with(&[])? };
    let swift = given.swift()?;
    // Kept, so that only what was changed is compiled.
    let package = scratch("beside")?.join("programs");
    let lib = package.join("lib");
    write(&package.join("other.rs"), SOURCE)?;
    write(&package.join("Sources/Other/other.h"), HEADER)?;
    let map = "module Other {\n    header \"other.h\"\n    link \"other\"\n    export *\n}\n";
    write(&package.join("Sources/Other/module.modulemap"), map)?;
    write(&package.join("Sources/beside/main.swift"), PROGRAM)?;
    let manifest = format!(
        "// swift-tools-version: 6.0\nimport PackageDescription\n\nlet package = Package(\n    name: \"programs\",\n    \
         dependencies: [.package(name: \"enrollkit\", path: \"{}\")],\n    targets: [\n        .systemLibrary(name: \"Other\"),\n        \
         .executableTarget(name: \"beside\", dependencies: [\"Other\", .product(name: \"EnrollKit\", package: \"enrollkit\")]),\n    \
         ]\n)\n",
        swift::folder().display()
    );
    write(&package.join("Package.swift"), &manifest)?;
    fs::create_dir_all(&lib).map_err(failed(format!("can't make {}", lib.display())))?;
    let ours = swift::lib()?.join(swift::LIBRARY);
    fs::copy(&ours, lib.join(swift::LIBRARY)).map_err(failed(format!("can't copy {}", ours.display())))?;

    for (name, options, by_other) in WAYS.iter().filter(|(name, ..)| full || USUAL.contains(name)) {
        let mut rustc = if *by_other { run::command("rustup") } else { run::command("rustc") };
        if *by_other {
            rustc.args(["run", OTHER_RUST, "rustc"]);
        }
        rustc.args(["--edition=2021", "--crate-type=staticlib", "--crate-name=other"]).args(*options);
        rustc.arg("-o").arg(lib.join("libother.a")).arg(package.join("other.rs"));
        run::run(&mut rustc)?;
        links_and_runs(swift, &package)
            .map_err(|error| error.map(|text| format!("beside {name}: {text}")))?;
    }
    Ok(Done::Ran)
}

fn links_and_runs(swift: &Toolchain, package: &Path) -> Result {
    let program = package.join(".build/debug/beside");
    // SwiftPM does not see that a library is another one.
    if program.exists() {
        fs::remove_file(&program).map_err(failed(format!("can't remove {}", program.display())))?;
    }
    run::run(&mut swift.shell(package, "swift build --quiet --product beside -Xlinker -L\"$PWD/lib\""))?;
    let said = run::output(&mut swift.shell(package, ".build/debug/beside"))?;
    if said.trim() == "both work" { Ok(()) } else { Err(Error::Failed(format!("the program said {said}"))) }
}

fn scratch(name: &str) -> Result<PathBuf> {
    Ok(run::target_dir()?.join("swift").join(name))
}

/// The blocks of a language in a part of a page.
fn blocks<'a>(page: &'a str, language: &str) -> Vec<&'a str> {
    let begin = format!("\n```{language}\n");
    page.split(begin.as_str()).skip(1).filter_map(|rest| Some(rest.split_once("\n```")?.0)).collect()
}

fn not_there(what: &str) -> Error {
    Error::Failed(format!("the Swift README's part about Linux has not {what}"))
}

/// Writes a file with its folder, unless it is there already: its time would tell that it is new.
fn write(file: &Path, text: &str) -> Result {
    if fs::read_to_string(file).is_ok_and(|there| there == text) {
        return Ok(());
    }
    let folder_made = file.parent().map_or(Ok(()), fs::create_dir_all);
    folder_made
        .and_then(|()| fs::write(file, text))
        .map_err(failed(format!("can't write {}", file.display())))
}
