//! What the Rust toolchain lacks and rustup can add. Nothing is left to rustup's own automatic installation: it can
//! be switched off, and it says nothing about why.

use std::path::Path;

use crate::error::Result;
use crate::run;

/// Makes sure that `cargo build --target …` has a standard library to link with.
pub(crate) fn ensure_target(target: &str) -> Result {
    // Asked of rustc rather than of rustup: a distribution's own Rust may have the target, too.
    let folder = run::output(run::command("rustc").args(["--print", "target-libdir", "--target", target]))?;
    if Path::new(folder.trim()).is_dir() {
        return Ok(());
    }
    eprintln!("    installing the target {target}");
    let mut add = run::command("rustup");
    add.args(["target", "add", target]);
    run::run(&mut add)
}

/// Makes sure that cargo has a component's subcommand: `rustfmt` brings `cargo fmt`, which asks for it.
pub(crate) fn ensure_component(component: &str) -> Result {
    let subcommand = if component == "rustfmt" { "fmt" } else { component };
    if run::works(&mut run::cargo(&[subcommand, "--version"])) {
        return Ok(());
    }
    eprintln!("    installing Rust's {component}");
    run::run(run::command("rustup").args(["component", "add", component]))
}

/// Makes sure that `in_toolchain` works.
pub(crate) fn ensure_toolchain(toolchain: &str) -> Result {
    if run::works(run::command("rustup").args(["run", toolchain, "rustc", "--version"])) {
        return Ok(());
    }
    eprintln!("    installing the toolchain {toolchain}, beside the others; the default stays what it is");
    let mut install = run::command("rustup");
    // Rustup's own new version is no business of ours.
    install.args(["toolchain", "install", toolchain, "--profile", "minimal", "--no-self-update"]);
    run::run(&mut install)
}

/// Cargo of another toolchain. Not `cargo +…`: that works only where the cargo on the path is rustup's.
pub(crate) fn in_toolchain(toolchain: &str, args: &[&str]) -> std::process::Command {
    let mut command = run::command("rustup");
    command.args(["run", toolchain, "cargo"]).args(args);
    command
}
