//! Tools that are programs of their own, each in a pinned version in a folder of its own in the cache.

use std::path::{Path, PathBuf};

use crate::run::error::Result;
use crate::run::{self, paths};

const CARGO_DENY: &str = "0.20.2";
const TYPOS: &str = "1.52.0";

/// The program, installed if need be: about a minute on two cores.
pub(crate) fn cargo_deny() -> Result<PathBuf> {
    cargo_install("cargo-deny", CARGO_DENY, "cargo-deny")
}

/// The spelling checker. The ready-made program from Python's package index takes seconds, compiling it a minute.
pub(crate) fn typos() -> Result<PathBuf> {
    let folder = paths::tools()?.join(format!("typos-{TYPOS}"));
    if let Some(program) = in_venv(&folder) {
        return Ok(program);
    }
    eprintln!("    installing typos {TYPOS} into {}", folder.display());
    let installed =
        run::run(run::command("python3").args(["-m", "venv", "--clear"]).arg(&folder)).and_then(|()| {
            let mut pip = run::command(scripts(&folder).join(paths::program("python")));
            pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]);
            // From source it would want a Rust build, which the fallback below does without Python.
            pip.args(["--only-binary", ":all:"]).arg(format!("typos=={TYPOS}"));
            run::run(&mut pip)
        });
    if let Some(program) = in_venv(&folder) {
        return Ok(program);
    }
    let reason = match installed {
        Err(error) => error.text().to_owned(),
        Ok(()) => "the package holds no program".to_owned(),
    };
    eprintln!("    not to be had through Python ({reason}); compiling it instead");
    cargo_install("typos-cli", TYPOS, "typos")
}

fn in_venv(folder: &Path) -> Option<PathBuf> {
    Some(scripts(folder).join(paths::program("typos"))).filter(|program| program.is_file())
}

fn scripts(venv: &Path) -> PathBuf {
    venv.join(if cfg!(windows) { "Scripts" } else { "bin" })
}

fn cargo_install(package: &str, version: &str, program: &str) -> Result<PathBuf> {
    let folder = paths::tools()?.join(format!("{package}-{version}"));
    let file = folder.join("bin").join(paths::program(program));
    if file.is_file() {
        return Ok(file);
    }
    eprintln!("    installing {package} {version} into {}, once, in about a minute", folder.display());
    let mut install = run::cargo(&["install", "--quiet", "--locked", package, "--version", version]);
    // Unoptimized: it runs for a second, and compiles in a third of the time.
    install.args(["--debug", "--root"]).arg(&folder);
    // Debug information and a shared build folder would only cost room; the tool's build is thrown away.
    install.env("CARGO_PROFILE_DEV_DEBUG", "0").env_remove("CARGO_TARGET_DIR");
    run::run(&mut install)?;
    Ok(file)
}
