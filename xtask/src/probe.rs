//! The core as WebAssembly, which the tests load to see that it imports nothing.

use std::path::PathBuf;

use crate::error::Result;
use crate::npm::WASM;
use crate::{paths, run};

pub(crate) fn build() -> Result<PathBuf> {
    let mut build = run::cargo(&["build", "--quiet", "-p", "enrollkit-probe", "--release", "--locked"]);
    run::run(build.args(["--target", WASM]))?;
    Ok(paths::target_dir()?.join(WASM).join("release/enrollkit_probe.wasm"))
}
