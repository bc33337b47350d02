//! The library of the Swift package, and what uniffi generates of it; what both phone libraries are checked with.

use std::path::Path;

use crate::run;
use crate::run::error::Result;
use crate::steps::{Extent, Given, Need};
use crate::tools::toolchain;

/// Builds it for this machine's platform.
pub(crate) fn build() -> Result {
    let mut build =
        run::cargo(&["build", "--quiet", "--locked", "-p", "enrollkit-mobile", "--profile", "mobile"]);
    run::run(build.arg("--config").arg(format!("build.rustflags={}", toolchain::remap())))
}

/// Compiles a package, without linking, for the usual targets or for all: what they share, once.
pub(crate) fn check(package: &str, given: &Given<'_>, usual: &[Need], all: &[Need]) -> Result {
    let targets = if given.extent() == Extent::Full { all } else { usual };
    given.with(targets)?;
    let mut check = run::cargo(&["check", "--quiet", "--locked", "-p", package]);
    for need in targets {
        if let Need::RustTarget(target) = need {
            check.args(["--target", target]);
        }
    }
    run::run(&mut check)
}

/// Writes what uniffi generates into a folder.
pub(crate) fn generate(folder: &Path) -> Result {
    let library = if cfg!(windows) { "enrollkit_mobile.lib" } else { "libenrollkit_mobile.a" };
    let mut generate = run::cargo(&["run", "--quiet", "--locked", "-p", "enrollkit-mobile-bindgen", "--"]);
    generate.arg(run::target_dir()?.join("mobile").join(library)).arg(folder);
    run::run(&mut generate)
}
