//! A library for Macs beside another Rust library, linked here: running it needs a Mac.

use std::fs;

use crate::languages::swift;
use crate::run;
use crate::run::error::{Result, failed};
use crate::steps::{Done, Given};

pub(super) const TARGET: &str = "aarch64-apple-darwin";

/// Links all members of both. Apple's own libraries are left open: they are not on this machine.
pub(super) fn beside(_: &Given<'_>) -> Result<Done> {
    let folder = run::target_dir()?.join("swift/apple");
    fs::create_dir_all(&folder).map_err(failed(format!("can't make {}", folder.display())))?;
    let (ours, other) = (folder.join(swift::LIBRARY), folder.join("libother.a"));
    swift::library_for(TARGET, &ours)?;
    for options in [&["-Copt-level=3", "-Clto=fat"][..], &["-Copt-level=0"]] {
        let mut rustc = run::command("rustc");
        rustc.args(["--edition=2021", "--crate-type=staticlib", "--crate-name=other", "--target", TARGET]);
        run::run(
            rustc.args(options).arg("-o").arg(&other).arg("xtask/src/commands/test/swift/beside/other.rs"),
        )?;
        let mut link = run::command(swift::symbols::tool("rust-lld")?);
        link.args(["-flavor", "darwin", "-arch", "arm64", "-platform_version", "macos", "12.0", "12.0"]);
        link.args(["-dylib", "-undefined", "dynamic_lookup", "-all_load"]).args([&ours, &other]);
        run::run(link.arg("-o").arg(folder.join("both.dylib")))?;
    }
    Ok(Done::Ran)
}
