//! What uniffi generates of the library is committed, and must be up to date.
//!
//! Its generator takes minutes to compile, and says the same while what it reads is the same. So what it read and wrote is listed
//! beside it by digests: while they hold, it is not asked. A change of any of these files, or `--full`, asks it.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use crate::languages::mobile;
use crate::run::error::{Error, Result, failed};
use crate::run::{self, paths};
use crate::steps::Extent;

/// What it writes, and where that is committed.
const GENERATED: &[(&str, &str)] = &[
    ("EnrollKitCore.swift", "bindings-mobile/swift/Sources/EnrollKitCore/generated/EnrollKitCore.swift"),
    (
        "EnrollKitCoreFFI.h",
        "bindings-mobile/swift/Sources/EnrollKitCoreFFI/include/generated/EnrollKitCoreFFI.h",
    ),
];

/// What it reads: the library's description is made from the library's own files, and from nothing that they use.
const READ: &[&str] = &[
    "bindings-mobile/Cargo.toml",
    "bindings-mobile/src",
    "bindings-mobile/bindgen/Cargo.toml",
    "bindings-mobile/bindgen/uniffi.toml",
    "bindings-mobile/bindgen/src",
];

/// The generator and what it writes with: their versions, in `Cargo.lock`.
const LOCKED: &[&str] = &["uniffi", "askama", "heck", "textwrap"];

const DIGESTS: &str = "bindings-mobile/bindgen/generated/digests.txt";

const HEAD: &str = "# Generated. Do not edit. What uniffi's generator read and wrote, by digests: see xtask/src/languages/swift/generated.rs.\n";

/// The header that declares what the library exports.
pub(super) fn header() -> PathBuf {
    paths::root().join(GENERATED[1].1)
}

/// The committed files must be what the library's own description gives; `ENROLLKIT_BLESS=1` writes them.
pub(super) fn check(extent: Extent) -> Result {
    if extent == Extent::Usual && is(&paths::root().join(DIGESTS), &digests()?) {
        return Ok(());
    }
    let fresh = run::target_dir()?.join("mobile-generated/swift");
    mobile::generate(&fresh)?;
    for (name, committed) in GENERATED {
        let fresh = fresh.join(name);
        let text = fs::read_to_string(&fresh).map_err(failed(format!("can't read {}", fresh.display())))?;
        check_file(committed, &text)?;
    }
    check_file(DIGESTS, &digests()?)
}

fn check_file(committed: &str, text: &str) -> Result {
    let file = paths::root().join(committed);
    if is(&file, text) {
        return Ok(());
    }
    if std::env::var_os("ENROLLKIT_BLESS").is_none() {
        return Err(Error::Failed(format!(
            "{committed} is not what the library says; to write it: ENROLLKIT_BLESS=1 cargo xtask test swift"
        )));
    }
    let folder_made = file.parent().map_or(Ok(()), fs::create_dir_all);
    folder_made.and_then(|()| fs::write(&file, text)).map_err(failed(format!("can't write {committed}")))
}

fn is(file: &Path, text: &str) -> bool {
    // A checkout may have turned the line ends.
    fs::read_to_string(file).is_ok_and(|there| there.replace("\r\n", "\n") == text)
}

/// One line for each file that the generator reads or writes.
fn digests() -> Result<String> {
    let mut text = HEAD.to_owned();
    let mut add = |name: &str, content: &str| {
        // Writing into a text can't fail.
        let _ = writeln!(text, "{:016x} {name}", digest(content));
    };
    let written = GENERATED.iter().map(|(_, committed)| *committed);
    for name in READ.iter().copied().chain(written) {
        for file in files(&paths::root().join(name))? {
            let shown = file.strip_prefix(paths::root()).unwrap_or(&file).display().to_string();
            let content = fs::read_to_string(&file).map_err(failed(format!("can't read {shown}")))?;
            add(&shown.replace('\\', "/"), &content);
        }
    }
    let lock =
        fs::read_to_string(paths::root().join("Cargo.lock")).map_err(failed("can't read Cargo.lock"))?;
    add("Cargo.lock", &locked(&lock));
    Ok(text)
}

/// A file, or the files of a folder, in an order of their own.
fn files(path: &Path) -> Result<Vec<PathBuf>> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let entries = fs::read_dir(path).map_err(failed(format!("can't read {}", path.display())))?;
    let mut entries: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    entries.sort();
    let files = entries.iter().map(|entry| files(entry)).collect::<Result<Vec<_>>>()?;
    Ok(files.concat())
}

/// Of a lock file, the packages that decide what is generated.
fn locked(lock: &str) -> String {
    let lock = lock.replace("\r\n", "\n");
    let decides = |package: &&str| {
        LOCKED.iter().any(|name| package.trim_start().starts_with(&format!("name = \"{name}")))
    };
    lock.split("[[package]]").filter(decides).collect()
}

/// FNV-1a of 64 bits, of text whose line ends may have been turned: it tells changes, and is no defence.
fn digest(text: &str) -> u64 {
    text.bytes()
        .filter(|byte| *byte != b'\r')
        .fold(0xcbf2_9ce4_8422_2325, |digest, byte| (digest ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_that_decides_what_is_generated_is_listed() {
        let digests = digests().expect("digests");
        for name in [
            "bindings-mobile/src/lib.rs",
            "bindings-mobile/bindgen/src/swift.rs",
            DIGESTS_OF_HEADER,
            "Cargo.lock",
        ] {
            assert!(digests.lines().any(|line| line.ends_with(&format!(" {name}"))), "{name}: {digests}");
        }
        assert_eq!(digests, super::digests().expect("digests"));
    }

    const DIGESTS_OF_HEADER: &str = GENERATED[1].1;

    #[test]
    fn a_change_shows_and_a_turned_line_end_does_not() {
        assert_eq!(digest(""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(digest("foobar"), 0x8594_4171_f739_67e8);
        assert_eq!(digest("a\r\nb"), digest("a\nb"));
        assert_ne!(digest("a\nb"), digest("a\nc"));
    }

    #[test]
    fn of_the_lock_file_only_the_generator_counts() {
        let lock = |uniffi: &str, other: &str| {
            format!(
                "version = 4\n\n[[package]]\nname = \"uniffi_bindgen\"\nversion = \"{uniffi}\"\n\n[[package]]\nname = \"libc\"\n\
                 version = \"{other}\"\n"
            )
        };
        assert_eq!(locked(&lock("1", "1")), locked(&lock("1", "2")));
        assert_ne!(locked(&lock("1", "1")), locked(&lock("2", "1")));
    }
}
