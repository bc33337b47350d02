//! `cargo xtask lint`: everything that can be said about the code without running it.

mod core_tree;

use crate::bring;
use crate::run;
use crate::run::error::{Error, Result};
use crate::steps::{self, Done, Extent, Need, Step};
use crate::tools::node;

const STEPS: &[Step] = &[
    Step::new(
        "fmt",
        "one format, so that diffs show changes only",
        &[Need::RustComponent("rustfmt")],
        |_| cargo(&["fmt", "--all", "--check"]),
    ),
    Step::new("clippy", "no warning in any target", &[Need::RustComponent("clippy")], |_| {
        cargo(&["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"])
    }),
    Step::new("core tree", "the core stays small and does no I/O", &[], |_| {
        core_tree::check().map(|()| Done::Ran)
    }),
    Step::new("floors", "every file of the core imports only from below", &[], |_| {
        cargo(&["run", "-q", "--locked", "-p", "enrollkit-floors"])
    }),
    Step::new(
        "cargo-deny",
        "licences, banned crates and features, where crates come from",
        &[Need::CargoDeny],
        |given| {
            let mut deny = run::command(given.file(Need::CargoDeny)?);
            // Not `advisories`: that database isn't a package of any registry, and a lint must work without it.
            deny.args(["--locked", "check", "licenses", "bans", "sources"]);
            run::run(&mut deny).map(|()| Done::Ran)
        },
    ),
    Step::new("generated files", "what other languages read of the core is what the core says", &[], |_| {
        cargo(&["run", "-q", "--locked", "-p", "enrollkit-facades", "--", "--check"])
    }),
    Step::new("doc", "no broken link in the documentation", &[], |_| {
        let mut doc = run::cargo(&["doc", "--workspace", "--no-deps", "--locked"]);
        run::run(doc.env("RUSTDOCFLAGS", "-D warnings")).map(|()| Done::Ran)
    }),
    Step::new("npm lock files", "they name no host, so that they work behind any mirror", &[], |_| {
        node::check_lock_files().map(|()| Done::Ran)
    }),
    Step::new("typos", "spelling, in code and text", &[Need::Typos], |given| {
        run::run(&mut run::command(given.file(Need::Typos)?)).map(|()| Done::Ran)
    }),
];

pub(crate) fn main(args: &[String]) -> Result {
    if let Some(arg) = args.first() {
        return Err(Error::Usage(format!("`lint` takes no arguments, not `{arg}`")));
    }
    steps::run(STEPS, &bring::needs(Extent::Usual))
}

fn cargo(args: &[&str]) -> Result<Done> {
    run::run(&mut run::cargo(args)).map(|()| Done::Ran)
}
