//! Cargo, and where it builds.

use std::path::PathBuf;
use std::process::Command;

use super::command::{command, output};
use super::error::{Error, Result, failed};

/// The workspace's version, which this crate inherits: all packages share it.
pub(crate) const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The cargo on the path. It is rustup's proxy where there is one, and then keeps to the toolchain that runs us.
pub(crate) fn cargo(args: &[&str]) -> Command {
    let mut command = command("cargo");
    command.args(args);
    command
}

/// The folder that cargo builds into. Asked of cargo: a user's own configuration may move it.
pub(crate) fn target_dir() -> Result<PathBuf> {
    let text = output(&mut cargo(&["metadata", "--format-version", "1", "--no-deps", "--locked"]))?;
    let metadata: serde_json::Value =
        serde_json::from_str(&text).map_err(failed("cargo metadata is not JSON"))?;
    let folder = metadata["target_directory"].as_str();
    folder.map(PathBuf::from).ok_or_else(|| Error::Failed("cargo metadata names no target folder".into()))
}
