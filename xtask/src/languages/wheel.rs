//! The Python package: the wheel and the sdist.

use std::fs;
use std::path::{Path, PathBuf};

use crate::run::error::{Error, Result, failed};
use crate::run::{self, VERSION, paths};
use crate::steps::Packed;
use crate::tools::python::{self, Python, Venv};
use crate::tools::toolchain;

/// Builds the wheel and the sdist into `dist/`.
pub(crate) fn pack(interpreter: &Python, tools: &Venv) -> Result<Packed> {
    let dist = paths::root().join("dist");
    fs::create_dir_all(&dist).map_err(failed(format!("can't make {}", dist.display())))?;
    let sdist = dist.join(format!("enrollkit-{VERSION}.tar.gz"));
    // Older ones would be taken for this build's.
    for old in wheels(&dist) {
        fs::remove_file(&old).map_err(failed(format!("can't remove {}", old.display())))?;
    }
    let maturin = || {
        let mut maturin = tools.program("maturin");
        maturin.env("CARGO_TARGET_DIR", run::target_dir().unwrap_or_else(|_| paths::root().join("target")));
        maturin
    };
    run::run(maturin().args(["sdist", "--out"]).arg(&dist))?;
    let mut build = maturin();
    build
        .args(["build", "--profile", "wheel", "--locked", "--compression-level", "9", "--out"])
        .arg(&dist)
        .arg("--interpreter")
        .arg(&interpreter.program);
    if cfg!(target_os = "linux") {
        // Zig links for systems older than this one; maturin finds it as a module of the environment's Python.
        build.args(["--zig", "--compatibility", "manylinux2014"]);
        python::prepend_path(&mut build, tools);
    }
    build.env("CARGO_ENCODED_RUSTFLAGS", toolchain::remapped().join("\u{1f}"));
    run::run(&mut build)?;
    let wheel = match &wheels(&dist)[..] {
        [wheel] => wheel.clone(),
        found => {
            return Err(Error::Failed(format!("maturin left {} wheels in {}", found.len(), dist.display())));
        }
    };
    for file in [&wheel, &sdist] {
        let size = fs::metadata(file).map_err(failed(format!("maturin left no {}", file.display())))?.len();
        say!("{} ({} KB)", file.display(), size.div_ceil(1000));
    }
    Ok(Packed { wheel, sdist })
}

fn wheels(dist: &Path) -> Vec<PathBuf> {
    let files = fs::read_dir(dist).into_iter().flatten().flatten().map(|entry| entry.path());
    let is_wheel = |file: &PathBuf| {
        let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        name.starts_with("enrollkit-") && file.extension().is_some_and(|extension| extension == "whl")
    };
    files.filter(is_wheel).collect()
}
