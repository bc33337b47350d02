//! A Chromium for tests in a real browser. Playwright's own download is not used: it comes from no package registry.

use std::path::PathBuf;

use crate::run;
use crate::run::error::{Error, Result};

const NAMES: &[&str] = &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

const GET: &str = "install one (`apt-get install chromium` on Debian), or say where it is in CHROMIUM";

/// The program, installed where that is ours to do; else what to do, in one line.
pub(crate) fn ensure() -> Result<PathBuf> {
    if let Some(chosen) = std::env::var_os("CHROMIUM") {
        return Ok(chosen.into());
    }
    if let Some(found) = find() {
        return Ok(found);
    }
    // Only as root and in Debian's family: elsewhere a test has no business installing a browser.
    let root = run::output(run::command("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    if root && run::works(run::command("apt-get").arg("--version")) {
        eprintln!("    installing Debian's chromium");
        let apt = |args: &[&str]| {
            let mut apt = run::command("apt-get");
            apt.args(args).env("DEBIAN_FRONTEND", "noninteractive");
            run::output(&mut apt).map(drop)
        };
        apt(&["update", "-qq"])
            .and_then(|()| apt(&["install", "-y", "-qq", "--no-install-recommends", "chromium"]))
            .map_err(|error| {
                error.map(|text| format!("Debian's can't be had; {GET}. apt-get said: {text}"))
            })?;
    }
    find().ok_or_else(|| Error::Missing(format!("no Chromium: {GET}")))
}

fn find() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    NAMES
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)))
        .find(|file| file.is_file())
}
