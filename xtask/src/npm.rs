//! The npm package: WebAssembly, glue, facade, and the file that `npm publish` would send.

use std::fs;
use std::path::PathBuf;

use crate::error::{Error, Result, failed};
use crate::{node, paths, run, toolchain};

const WASM: &str = "wasm32-unknown-unknown";

/// The workspace's version, which this crate inherits: all packages share it.
const VERSION: &str = env!("CARGO_PKG_VERSION");

pub(crate) fn folder() -> PathBuf {
    paths::root().join("bindings-wasm/npm")
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

/// The flags as a TOML array.
pub(crate) fn remap() -> String {
    let flags = remapped().into_iter().map(|flag| format!("'{flag}'"));
    format!("[{}]", flags.collect::<Vec<_>>().join(", "))
}

/// Builds `bindings-wasm/npm/dist` and packs it into `dist/`; gives the packed file.
pub(crate) fn package() -> Result<PathBuf> {
    if let Some(missing) = node::missing() {
        return Err(Error::Failed(missing));
    }
    toolchain::ensure_target(WASM)?;
    let target = paths::target_dir()?;

    let mut build = run::cargo(&["build", "--quiet", "-p", "enrollkit-wasm", "--profile", "npm", "--locked"]);
    build.args(["--target", WASM, "--config"]).arg(format!("target.{WASM}.rustflags={}", remap()));
    run::run(&mut build)?;
    let mut glue = run::cargo(&["run", "--quiet", "--locked", "-p", "enrollkit-wasm-builder", "--"]);
    glue.arg(target.join(WASM).join("npm/enrollkit_wasm.wasm")).arg(folder().join("generated"));
    run::run(&mut glue)?;

    node::ensure_packages(&folder())?;
    run::run(node::node().arg(folder().join("build/build.js")))?;

    let staged = target.join("npm/package");
    run::run(node::node().arg(folder().join("build/stage.js")).arg(VERSION).arg(&staged))?;
    let dist = paths::root().join("dist");
    fs::create_dir_all(&dist).map_err(failed(format!("can't make {}", dist.display())))?;
    let mut pack = node::npm();
    pack.args(["pack", "--silent", "--ignore-scripts", "--pack-destination"]).arg(&dist);
    run::output(pack.current_dir(&staged))?;
    let file = dist.join(format!("enrollkit-{VERSION}.tgz"));
    let size = fs::metadata(&file).map_err(failed(format!("npm pack left no {}", file.display())))?.len();
    println!("{} ({} KB)", file.display(), size.div_ceil(1000));
    Ok(file)
}
