//! What the Rust toolchain lacks and rustup can add. Nothing is left to rustup's own automatic installation: it can
//! be switched off, and it says nothing about why.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, PoisonError};

use crate::run::error::Result;
use crate::run::{self, paths};

pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// Makes sure that `cargo build --target …` has a standard library to link with.
pub(crate) fn ensure_target(target: &str) -> Result {
    // Asked of rustc rather than of rustup: a distribution's own Rust may have the target, too.
    let folder = run::output(run::command("rustc").args(["--print", "target-libdir", "--target", target]))?;
    if Path::new(folder.trim()).is_dir() {
        return Ok(());
    }
    eprintln!("    installing the target {target}");
    rustup(&["target", "add", target])
}

/// One at a time: it keeps what is installed in files of its own, without a lock.
fn rustup(args: &[&str]) -> Result {
    static ALONE: Mutex<()> = Mutex::new(());
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    run::run(run::command("rustup").args(args))
}

/// Makes sure that cargo has a component's subcommand: `rustfmt` brings `cargo fmt`, which asks for it.
pub(crate) fn ensure_component(component: &str) -> Result {
    let subcommand = if component == "rustfmt" { "fmt" } else { component };
    if run::works(&mut run::cargo(&[subcommand, "--version"])) {
        return Ok(());
    }
    eprintln!("    installing Rust's {component}");
    rustup(&["component", "add", component])
}

/// Makes sure that `in_toolchain` works.
pub(crate) fn ensure_toolchain(toolchain: &str) -> Result {
    if run::works(run::command("rustup").args(["run", toolchain, "rustc", "--version"])) {
        return Ok(());
    }
    eprintln!("    installing the toolchain {toolchain}, beside the others; the default stays what it is");
    // Rustup's own new version is no business of ours.
    rustup(&["toolchain", "install", toolchain, "--profile", "minimal", "--no-self-update"])
}

/// Cargo of another toolchain. Not `cargo +…`: that works only where the cargo on the path is rustup's.
pub(crate) fn in_toolchain(toolchain: &str, args: &[&str]) -> Command {
    let mut command = run::command("rustup");
    command.args(["run", toolchain, "cargo"]).args(args);
    command
}

/// The compiler's flags for a file that names neither this machine's folders nor a registry: panics hold the paths of sources.
pub(crate) fn remapped() -> Vec<String> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".cargo")));
    // Below it, one folder for each registry, named by its host.
    let registries = home.and_then(|home| fs::read_dir(home.join("registry/src")).ok()).into_iter().flatten();
    let mut folders: Vec<PathBuf> = registries.flatten().map(|entry| entry.path()).collect();
    folders.sort();
    folders.push(paths::root().to_path_buf());
    folders.iter().map(|folder| format!("--remap-path-prefix={}=", folder.display())).collect()
}

/// [`remapped`] as a TOML array.
pub(crate) fn remap() -> String {
    toml_array(&remapped())
}

pub(crate) fn toml_array(flags: &[String]) -> String {
    let flags: Vec<String> = flags.iter().map(|flag| format!("'{flag}'")).collect();
    format!("[{}]", flags.join(", "))
}
