//! Node.js and npm: whether they are there, and the packages that a `package-lock.json` lists.

use std::fs;
use std::process::Command;

use crate::run::error::{Error, Result, failed};
use crate::run::{self, paths};

/// The folder of the npm package.
pub(crate) const PACKAGE: &str = "bindings-wasm/npm";

/// The oldest that everything here runs with: Vite wants the minor version, too.
const OLDEST: (u32, u32) = (20, 19);

/// What is missing, and how to get it; `None` when nothing is.
pub(crate) fn missing() -> Option<String> {
    let get = format!(
        "install Node.js {}.{} or newer, which brings npm: from nodejs.org or your package manager",
        OLDEST.0, OLDEST.1
    );
    let Ok(version) = version() else { return Some(format!("no `node` on the path: {get}")) };
    if numbers(&version).is_none_or(|version| version < OLDEST) {
        return Some(format!("`node` is {version}: {get}"));
    }
    if !run::works(npm().arg("--version")) {
        return Some(format!("no `npm` on the path: {get}"));
    }
    None
}

pub(crate) fn version() -> Result<String> {
    run::output(node().arg("--version")).map(|text| text.trim().trim_start_matches('v').to_owned())
}

/// Major and minor version.
fn numbers(version: &str) -> Option<(u32, u32)> {
    let mut numbers = version.split('.').map(|number| number.parse().ok());
    Some((numbers.next()??, numbers.next()??))
}

pub(crate) fn node() -> Command {
    run::command("node")
}

/// Without its notes on funding, newer versions and this user's settings.
pub(crate) fn npm() -> Command {
    let mut npm = run::command(if cfg!(windows) { "npm.cmd" } else { "npm" });
    npm.env("npm_config_loglevel", "error").env("npm_config_update_notifier", "false");
    npm
}

/// What a folder declares and locks.
pub(crate) fn listed(folder: &str) -> Result<String> {
    let listed = ["package.json", "package-lock.json"].map(|name| {
        let file = paths::root().join(folder).join(name);
        fs::read_to_string(&file).map_err(failed(format!("can't read {}", file.display())))
    });
    let [manifest, lock] = listed;
    Ok(manifest? + &lock?)
}

/// Installs exactly what the lock file of a folder lists, unless that is what is there. No package's own script runs.
pub(crate) fn ensure_packages(folder: &str) -> Result {
    let (listed, folder) = (listed(folder)?, paths::root().join(folder));
    // Contents, not times: a checkout or a restored cache sets times as it likes.
    let installed = folder.join("node_modules/.installed-by-xtask");
    if fs::read_to_string(&installed).is_ok_and(|text| text == listed) {
        return Ok(());
    }
    eprintln!("    installing npm packages into {}", folder.join("node_modules").display());
    run::run(npm().args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(&folder))?;
    fs::write(&installed, listed).map_err(failed(format!("can't write {}", installed.display())))
}

/// Every committed lock file: npm writes where it downloaded from unless the folder's `.npmrc` says otherwise.
pub(crate) fn check_lock_files() -> Result {
    let list = run::output(run::command("git").args([
        "ls-files",
        "-co",
        "--exclude-standard",
        "*package-lock.json",
    ]))?;
    for name in list.lines() {
        let file = paths::root().join(name);
        let text = fs::read_to_string(&file).map_err(failed(format!("can't read {}", file.display())))?;
        if text.contains("\"resolved\": \"http") {
            return Err(Error::Failed(format!(
                "{name} names a registry's host; put `omit-lockfile-registry-resolved=true` into an .npmrc beside it and \
                 write it again"
            )));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_as_numbers() {
        assert_eq!(numbers("20.20.2"), Some((20, 20)));
        assert!(numbers("20.9.0") < numbers("20.19.0"));
        assert_eq!(numbers(""), None);
    }
}
