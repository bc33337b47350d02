//! `cargo xtask lint`: everything that can be said about the code without running it.

use crate::error::{Error, Result};
use crate::steps::{Done, Steps};
use crate::{core_tree, node, run, tools};

pub(crate) fn main(args: &[String]) -> Result {
    if let Some(arg) = args.first() {
        return Err(Error::Usage(format!("`lint` takes no arguments, not `{arg}`")));
    }
    let mut steps = Steps::default();
    steps.run(
        "fmt",
        "one format, so that diffs show changes only",
        &mut run::cargo(&["fmt", "--all", "--check"]),
    );
    steps.run(
        "clippy",
        "no warning in any target",
        &mut run::cargo(&["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"]),
    );
    steps
        .step("core tree", "the core stays small and does no I/O", || core_tree::check().map(|()| Done::Ran));
    steps.step("cargo-deny", "licences, banned crates and features, where crates come from", || {
        let mut deny = run::command(tools::cargo_deny()?);
        // Not `advisories`: that database isn't a package of any registry, and a lint must work without it.
        deny.args(["--locked", "check", "licenses", "bans", "sources"]);
        run::run(&mut deny).map(|()| Done::Ran)
    });
    steps.run(
        "generated files",
        "what other languages read of the core is what the core says",
        &mut run::cargo(&[
            "run",
            "--quiet",
            "--package",
            "enrollkit-tests",
            "--bin",
            "generate",
            "--locked",
            "--",
            "--check",
        ]),
    );
    steps.run(
        "doc",
        "no broken link in the documentation",
        run::cargo(&["doc", "--workspace", "--no-deps", "--locked"]).env("RUSTDOCFLAGS", "-D warnings"),
    );
    steps.step("npm lock files", "they name no host, so that they work behind any mirror", || {
        node::check_lock_files().map(|()| Done::Ran)
    });
    steps.step("typos", "spelling, in code and text", || {
        run::run(&mut run::command(tools::typos()?)).map(|()| Done::Ran)
    });
    steps.finish()
}
