//! The core as WebAssembly, which the tests load to see that it imports nothing.

use std::path::PathBuf;

use crate::run;
use crate::run::error::Result;
use crate::tools::toolchain::WASM;

pub(crate) fn build() -> Result<PathBuf> {
    let mut build = run::cargo(&["build", "--quiet", "-p", "enrollkit-probe", "--release", "--locked"]);
    run::run(build.args(["--target", WASM]))?;
    Ok(run::target_dir()?.join(WASM).join("release/enrollkit_probe.wasm"))
}
