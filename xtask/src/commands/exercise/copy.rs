//! A scratch copy of the repository.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::edits::Edit;
use crate::run::error::{Result, failed};
use crate::run::{self, paths};

/// Everything that git would see, in a folder of the target folder. Files that are what they should be keep their times, so that a
/// second run compiles what the first has changed and nothing else.
pub(super) struct Copy {
    root: PathBuf,
    files: Vec<String>,
}

impl Copy {
    /// Of every file that there is now; nothing is copied yet.
    pub(super) fn of_repository() -> Result<Self> {
        let root = run::target_dir()?.join("exercise");
        let list = run::output(run::command("git").args(["ls-files", "-co", "--exclude-standard"]))?;
        // Git lists what was removed and not yet committed, too.
        let files = list.lines().filter(|file| paths::root().join(file).is_file()).map(str::to_owned);
        let copy = Self { root, files: files.collect() };
        fs::create_dir_all(&copy.root).map_err(failed(format!("can't make {}", copy.root.display())))?;
        // The generator asks git what there is.
        run::run(run::command("git").args(["init", "-q"]).current_dir(&copy.root))?;
        Ok(copy)
    }

    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// Makes the copy what the repository is with these edits and no others.
    pub(super) fn put<'a>(&self, edits: impl Iterator<Item = &'a Edit>) -> Result {
        let edits: Vec<&Edit> = edits.collect();
        let new =
            edits.iter().map(|edit| edit.file).filter(|file| !self.files.iter().any(|known| known == file));
        let new: BTreeSet<&str> = new.collect();
        for file in self.files.iter().map(String::as_str).chain(new.iter().copied()) {
            let edits = edits.iter().filter(|edit| edit.file == file);
            let edits: Vec<&Edit> = edits.copied().collect();
            let original = paths::root().join(file);
            if edits.is_empty() {
                self.write(file, &fs::read(&original).map_err(failed(format!("can't read {file}")))?)?;
                continue;
            }
            let mut text = fs::read_to_string(&original).unwrap_or_default();
            for edit in edits {
                text = edit.apply(&text)?;
            }
            self.write(file, text.as_bytes())?;
        }
        self.keep_only(&new)
    }

    /// Writes a file, unless that is what is there.
    pub(super) fn write(&self, file: &str, bytes: &[u8]) -> Result {
        let path = self.root.join(file);
        if fs::read(&path).is_ok_and(|present| present == bytes) {
            return Ok(());
        }
        let folder = path.parent().unwrap_or(&self.root);
        fs::create_dir_all(folder)
            .and_then(|()| fs::write(&path, bytes))
            .map_err(failed(format!("can't write {}", path.display())))
    }

    /// Removes what is in the repository no more, and what an edit has put there that is left out now.
    fn keep_only(&self, new: &BTreeSet<&str>) -> Result {
        let known: BTreeSet<&str> =
            self.files.iter().map(String::as_str).chain(new.iter().copied()).collect();
        let present = run::output(
            run::command("git").args(["ls-files", "-o", "--exclude-standard"]).current_dir(&self.root),
        )?;
        for file in present.lines().filter(|file| !known.contains(file)) {
            let path = self.root.join(file);
            fs::remove_file(&path).map_err(failed(format!("can't remove {}", path.display())))?;
        }
        Ok(())
    }

    /// Cargo in the copy, into a target folder of the copy's own: cargo takes what was built of one checkout for the other's, when
    /// both build into one.
    pub(super) fn cargo(&self, args: &[&str]) -> Command {
        let mut cargo = run::cargo(args);
        cargo.current_dir(&self.root).env("CARGO_TARGET_DIR", self.target());
        // Those of this command, which name its own folder.
        for name in ["CARGO_MANIFEST_DIR", "CARGO_MANIFEST_PATH", "CARGO_PKG_NAME"] {
            cargo.env_remove(name);
        }
        cargo
    }

    /// The target folder of the copy's own.
    pub(super) fn target(&self) -> PathBuf {
        self.root.join("target")
    }
}
