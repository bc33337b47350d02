//! Python: whether it is there, and virtual environments with pinned packages.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::run::error::{Error, Result, failed};
use crate::run::{self, paths};

/// The oldest that the package promises to run with: Python 3's minor version.
const OLDEST: u32 = 10;
/// Newer than any there is.
const NEWEST: u32 = 30;

/// What builds the wheel.
pub(crate) const WHEEL_TOOLS: &str = "requirements/build.txt";

/// What links Kotlin's library for older systems than this one: named from `bindings-python`, as all such lists are.
pub(crate) const KOTLIN_TOOLS: &str = "../bindings-mobile/kotlin/requirements-build.txt";

/// Lists of packages that want a newer Python than ours does: its minor version.
const NEWER: &[(&str, u32)] = &[("../examples/python-web/requirements-check.txt", 11)];

/// An interpreter that can take the wheel.
#[derive(Clone)]
pub(crate) struct Python {
    pub(crate) program: PathBuf,
    pub(crate) minor: u32,
}

impl Python {
    /// The interpreter at `program`, if it is one that we run with: C's own, with its lock, new enough.
    fn at(program: PathBuf) -> Option<Self> {
        const ASK: &str = "import sys, sysconfig, venv, ensurepip; v = sys.version_info; \
            print(v[0], v[1], sys.implementation.name, sysconfig.get_config_var('Py_GIL_DISABLED') or 0)";
        let said =
            run::output(run::command(&program).args(["-I", "-c", ASK]).stderr(std::process::Stdio::null()));
        let said = said.ok()?;
        let [major, minor, name, free] = said.split_whitespace().collect::<Vec<_>>()[..] else { return None };
        let minor = minor.parse().ok().filter(|minor| (OLDEST..NEWEST).contains(minor))?;
        (major == "3" && name == "cpython" && free == "0").then_some(Self { program, minor })
    }

    pub(crate) fn version(&self) -> String {
        format!("3.{}", self.minor)
    }
}

pub(crate) fn folder() -> PathBuf {
    paths::root().join("bindings-python")
}

/// The one that people get when they type its name.
pub(crate) fn default() -> Result<Python> {
    let names = if cfg!(windows) { ["python", "python3"] } else { ["python3", "python"] };
    names.into_iter().find_map(|name| Python::at(name.into())).ok_or_else(|| {
        Error::Missing(format!(
            "no `python3` from 3.{OLDEST} on that has `venv`: install it from python.org or your package manager \
             (`apt-get install python3-venv`)"
        ))
    })
}

/// One of each version that is on the path or was installed by pyenv.
pub(crate) fn all() -> Vec<Python> {
    let mut by_minor = BTreeMap::new();
    let named = (OLDEST..NEWEST).map(|minor| PathBuf::from(format!("python3.{minor}")));
    let pyenv = std::env::var_os("PYENV_ROOT").map(PathBuf::from);
    let pyenv = pyenv.or_else(|| std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".pyenv")));
    let versions = pyenv.and_then(|root| fs::read_dir(root.join("versions")).ok());
    let mut installed: Vec<PathBuf> =
        versions.into_iter().flatten().flatten().map(|entry| entry.path().join("bin/python")).collect();
    installed.sort();
    for python in default().ok().into_iter().chain(named.chain(installed).filter_map(Python::at)) {
        by_minor.entry(python.minor).or_insert(python);
    }
    by_minor.into_values().collect()
}

/// A virtual environment.
#[derive(Clone)]
pub(crate) struct Venv(PathBuf);

impl Venv {
    /// A program of it, started in the package's folder. Writes no caches of bytecode into the sources.
    pub(crate) fn program(&self, name: &str) -> Command {
        let scripts = self.0.join(if cfg!(windows) { "Scripts" } else { "bin" });
        let mut command = run::command(scripts.join(paths::program(name)));
        command.current_dir(folder()).env("PYTHONDONTWRITEBYTECODE", "1").env_remove("PYTHONPATH");
        command
    }

    pub(crate) fn python(&self, args: &[&str]) -> Command {
        let mut python = self.program("python");
        python.args(args);
        python
    }

    fn pip_install(&self) -> Command {
        self.python(&["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"])
    }

    /// Installs a wheel in the place of what was there.
    pub(crate) fn install(&self, wheel: &Path) -> Result {
        run::run(self.pip_install().arg("--force-reinstall").arg(wheel))
    }
}

/// The name of a list's environment: `../examples/bulk/requirements-check.txt` is `examples-bulk-check`.
fn name(list: &str) -> String {
    list.trim_start_matches("../")
        .trim_end_matches(".txt")
        .replace("requirements", "")
        .replace(['/', '-'], " ")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join("-")
}

/// An environment with exactly the packages of a list, named from `bindings-python`; made anew when the list has changed.
pub(crate) fn venv(python: &Python, list: &str) -> Result<Venv> {
    if let Some((_, wanted)) = NEWER.iter().find(|(one, minor)| *one == list && python.minor < *minor) {
        return Err(Error::Missing(format!(
            "they want Python 3.{wanted}, `python3` is {}: install a newer one",
            python.version()
        )));
    }
    let folder = run::target_dir()?.join("python").join(format!("{}-{}", name(list), python.version()));
    let file = self::folder().join(list);
    let read =
        |file: &Path| fs::read_to_string(file).map_err(failed(format!("can't read {}", file.display())));
    let mut listed = read(&file)?;
    for line in listed.clone().lines() {
        if let Some(other) = line.strip_prefix("-r ") {
            listed += &read(&file.with_file_name(other))?;
        }
    }
    let venv = Venv(folder.clone());
    let installed = folder.join("installed-by-xtask");
    let works = || run::works(&mut venv.python(&["--version"]));
    if fs::read_to_string(&installed).is_ok_and(|text| text == listed) && works() {
        return Ok(venv);
    }
    eprintln!("    installing Python packages into {}", folder.display());
    run::run(run::command(&python.program).args(["-m", "venv", "--clear"]).arg(&folder))?;
    let mut pip = venv.pip_install();
    // From source, a package would want compilers of its own.
    run::run(pip.args(["--only-binary", ":all:", "-r"]).arg(&file))?;
    fs::write(&installed, listed).map_err(failed(format!("can't write {}", installed.display())))?;
    Ok(venv)
}

pub(crate) fn prepend_path<'c>(command: &'c mut Command, venv: &Venv) -> &'c mut Command {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(venv.0.join("bin")).chain(std::env::split_paths(&path));
    if let Ok(path) = std::env::join_paths(folders) {
        command.env("PATH", path);
    }
    command
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_list_has_an_environment_of_its_own() {
        assert_eq!(super::name("requirements/all.txt"), "all");
        assert_eq!(super::name("../examples/bulk/requirements-check.txt"), "examples-bulk-check");
        assert_eq!(super::name("../examples/python-web/requirements-test.txt"), "examples-python-web-test");
    }
}
