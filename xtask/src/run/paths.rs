//! Where things are.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use super::error::{Error, Result};

/// The folder of the workspace, whatever folder the command was typed in.
pub(crate) fn root() -> &'static Path {
    static ROOT: OnceLock<PathBuf> = OnceLock::new();
    ROOT.get_or_init(|| {
        // `cargo run` sets it; the value compiled in serves a binary that is started by hand.
        let xtask =
            std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
        let xtask = PathBuf::from(xtask);
        xtask.parent().map_or(xtask.clone(), Path::to_path_buf)
    })
}

/// Where tools are installed: outside the clone, so that a second clone or `cargo clean` costs nothing.
pub(crate) fn tools() -> Result<PathBuf> {
    cache(|name| std::env::var_os(name))
        .map(|cache| cache.join("enrollkit").join("tools"))
        .ok_or_else(|| Error::Failed("no cache folder: neither XDG_CACHE_HOME nor HOME is set".into()))
}

fn cache(variable: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    // The XDG rules say that a relative path is to be ignored.
    let absolute = |name: &str| variable(name).map(PathBuf::from).filter(|path| path.is_absolute());
    absolute("XDG_CACHE_HOME")
        .or_else(|| absolute("HOME").map(|home| home.join(".cache")))
        .or_else(|| absolute("LOCALAPPDATA"))
}

/// The name of a program's file on this system.
pub(crate) fn program(name: &str) -> String {
    format!("{name}{}", std::env::consts::EXE_SUFFIX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_is_the_workspace() {
        assert!(root().join("xtask/Cargo.toml").is_file());
    }

    #[cfg(unix)]
    #[test]
    fn the_cache_follows_the_xdg_rules() {
        let of = |pairs: &'static [(&str, &str)]| {
            cache(|name| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| value.into()))
        };
        assert_eq!(of(&[("XDG_CACHE_HOME", "/c"), ("HOME", "/h")]), Some("/c".into()));
        assert_eq!(of(&[("XDG_CACHE_HOME", "c"), ("HOME", "/h")]), Some("/h/.cache".into()));
        assert_eq!(of(&[]), None);
    }
}
