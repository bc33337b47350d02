//! `cargo xtask public-api`: the core's public API as text in `core/public-api.txt`, so that a change of it shows in
//! review. Read from rustdoc's JSON, which only a nightly writes and whose form changes: one nightly is pinned, and
//! where it can't be had the check is skipped. The project itself needs no nightly.

use std::path::PathBuf;

use crate::bring;
use crate::run::error::{Error, Result, failed, only_flag};
use crate::run::{self, paths};
use crate::steps::{Done, Extent, Given, Need};
use crate::tools::toolchain;

/// Goes with the version of `public-api` in Cargo.toml: both must speak the same version of the JSON (here 59).
const NIGHTLY: &str = "nightly-2026-06-28";

pub(crate) fn main(args: &[String]) -> Result {
    let bless = only_flag("public-api", "--bless", args)?;
    let needs = bring::needs(Extent::Usual);
    check(&needs.bring(&[])?, bless).map(drop)
}

/// It brings the nightly itself: where that can't be had, the check is skipped, even where everything must run.
pub(crate) fn check(given: &Given<'_>, bless: bool) -> Result<Done> {
    if let Err(error) = given.with(&[Need::RustToolchain(NIGHTLY)]) {
        eprintln!("!!! SKIPPED: the public API was NOT compared with core/public-api.txt: {}", error.text());
        return Ok(Done::Skipped(format!("no {NIGHTLY}")));
    }
    let now = list()?;
    let file = paths::root().join("core/public-api.txt");
    if bless {
        std::fs::write(&file, now).map_err(failed(file.display()))?;
        return Ok(Done::Ran);
    }
    let bless = "if that was meant: cargo xtask public-api --bless";
    let Ok(snapshot) = std::fs::read_to_string(&file) else {
        return Err(Error::Failed(format!("no core/public-api.txt to compare with; {bless}")));
    };
    // A checkout may have turned the line ends.
    let changes = changes(&snapshot.replace("\r\n", "\n"), &now);
    if changes.is_empty() {
        return Ok(Done::Ran);
    }
    for change in &changes {
        eprintln!("{change}");
    }
    Err(Error::Failed(format!("lines that differ from core/public-api.txt: {}; {bless}", changes.len())))
}

fn list() -> Result<String> {
    let json = rustdoc_json()?;
    // An example, so that its dependencies are compiled for this step only and not for every `cargo xtask`.
    let mut list =
        run::cargo(&["run", "--quiet", "--locked", "-p", "xtask", "--example", "list-public-api", "--"]);
    run::output(list.arg(json))
}

fn rustdoc_json() -> Result<PathBuf> {
    // A folder of its own: `target/doc` belongs to `cargo doc`.
    let target = run::target_dir()?.join("public-api");
    let mut rustdoc = toolchain::in_toolchain(
        NIGHTLY,
        &["rustdoc", "--quiet", "-p", "enrollkit", "--lib", "--all-features", "--locked", "--target-dir"],
    );
    rustdoc.arg(&target).args(["--", "-Z", "unstable-options", "--output-format", "json"]);
    // This nightly's own new lints are not ours to obey.
    rustdoc.args(["--cap-lints", "allow"]);
    run::run(&mut rustdoc)?;
    Ok(target.join("doc/enrollkit.json"))
}

/// The lines that went and those that came. The list is sorted, so the order holds no news.
fn changes(before: &str, after: &str) -> Vec<String> {
    let (mut gone, mut new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    // A line may occur more than once: each occurrence cancels one.
    gone.retain(|line| match new.iter().position(|other| other == line) {
        Some(at) => {
            new.remove(at);
            false
        }
        None => true,
    });
    let gone = gone.into_iter().map(|line| format!("- {line}"));
    gone.chain(new.into_iter().map(|line| format!("+ {line}"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_lines_that_changed_are_shown() {
        assert_eq!(changes("a\nb\nb\nc\n", "c\nb\nd\na\n"), ["- b", "+ d"]);
        assert!(changes("a\nb\n", "a\nb\n").is_empty());
    }
}
