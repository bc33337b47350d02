//! The Android package: the Kotlin classes, a library for each kind of phone, and what an AAR has beside them.

use std::fs;
use std::path::{Path, PathBuf};

use crate::languages::{kotlin, mobile};
use crate::run::error::{Error, Result, failed};
use crate::run::{self, VERSION, paths};
use crate::steps::{Given, Need};
use crate::tools::{java, toolchain};

const TARGETS: &[Need] = &[
    Need::RustTarget("aarch64-linux-android"),
    Need::RustTarget("armv7-linux-androideabi"),
    Need::RustTarget("x86_64-linux-android"),
];

pub(crate) const NEEDS: &[Need] = &[Need::Java, Need::Ndk, TARGETS[0], TARGETS[1], TARGETS[2]];

/// Rust's name and Android's.
const ABIS: &[(&str, &str)] = &[
    ("aarch64-linux-android", "arm64-v8a"),
    ("armv7-linux-androideabi", "armeabi-v7a"),
    ("x86_64-linux-android", "x86_64"),
];

/// What the linker must know: phones with pages of 16 KB refuse other libraries, and an NDK before r28 does not know it itself.
const PAGES: &str = "'-Clink-arg=-Wl,-z,max-page-size=16384'";

/// The oldest Android that the libraries are linked for.
const API: &str = "21";

/// A phone of 64 bits and one of 32, from which the emulator differs in nothing that the library can see.
pub(crate) const CHECKED: &[Need] = &[TARGETS[0], TARGETS[1]];

/// Compiles the library for phones, in full for every kind, without linking it: that takes no NDK.
pub(crate) fn check(given: &Given<'_>) -> Result {
    mobile::check("enrollkit-jni", given, CHECKED, TARGETS)
}

/// What is missing, and how to get it; `None` when nothing is.
pub(crate) fn missing() -> Option<String> {
    if std::env::var_os("ANDROID_NDK_HOME").is_none() {
        let get = "install the NDK, r28 or newer (Android Studio's SDK manager, or `sdkmanager --install 'ndk;28.2.13676358'`)";
        return Some(format!("ANDROID_NDK_HOME names no NDK, which links for Android: {get}, and set it"));
    }
    if !run::works(run::command("cargo").args(["ndk", "--version"])) {
        return Some("no `cargo ndk`, which finds the NDK's linkers: `cargo install cargo-ndk`".to_owned());
    }
    None
}

/// Lays `dist/android` out: `jniLibs`, and the parts of an AAR.
pub(crate) fn package() -> Result {
    let out = paths::root().join("dist/android");
    if out.exists() {
        fs::remove_dir_all(&out).map_err(failed(format!("can't remove {}", out.display())))?;
    }
    let libraries = out.join("jniLibs");
    let mut build = run::cargo(&["ndk", "--platform", API, "-o"]);
    build.arg(&libraries);
    for (_, abi) in ABIS {
        build.args(["-t", abi]);
    }
    build.args(["build", "--locked", "-p", "enrollkit-jni", "--profile", "mobile", "--config"]);
    let flags = toolchain::remap();
    let flags = format!("{}, {PAGES}]", flags.trim_end_matches(']'));
    run::run(build.arg(format!("build.rustflags={flags}")))?;
    for (_, abi) in ABIS {
        let file = libraries.join(abi).join("libenrollkit_jni.so");
        let bytes = fs::read(&file).map_err(failed(format!("no {}", file.display())))?;
        if !abi.starts_with("armeabi") && !has_large_pages(&bytes) {
            return Err(Error::Failed(format!("{} is not aligned to pages of 16 KB", file.display())));
        }
    }
    lay_out(&out)?;
    say!("{}", out.display());
    Ok(())
}

/// The parts that are the same for every phone.
fn lay_out(out: &Path) -> Result {
    run::run(java::mvn(&kotlin::folder()).args([
        "-DskipTests",
        "-Dmaven.resources.skip=true",
        "clean",
        "package",
    ]))?;
    let jar = kotlin::folder().join("target").join(format!("enrollkit-{VERSION}.jar"));
    copy(&jar, &out.join("classes.jar"))?;
    for name in ["AndroidManifest.xml", "consumer-rules.pro"] {
        copy(&kotlin::folder().join("android").join(name), &out.join(name))?;
    }
    Ok(())
}

fn copy(from: &Path, to: &PathBuf) -> Result {
    fs::copy(from, to).map(drop).map_err(failed(format!("can't copy {}", from.display())))
}

/// Whether every loaded segment of a 64-bit ELF file is aligned to 16 KB or more.
fn has_large_pages(elf: &[u8]) -> bool {
    const LOAD: u64 = 1;
    let number = |at: u64, length: usize| -> Option<u64> {
        let at = usize::try_from(at).ok()?;
        let bytes = elf.get(at..at.checked_add(length)?)?;
        Some(bytes.iter().rev().fold(0, |sum, byte| (sum << 8) | u64::from(*byte)))
    };
    let segments = || -> Option<Vec<u64>> {
        let (start, size, count) = (number(0x20, 8)?, number(0x36, 2)?, number(0x38, 2)?);
        let mut aligned = Vec::new();
        for place in 0..count {
            let header = start.checked_add(place.checked_mul(size)?)?;
            if number(header, 4)? == LOAD {
                aligned.push(number(header.checked_add(0x30)?, 8)?);
            }
        }
        Some(aligned)
    };
    elf.starts_with(b"\x7fELF\x02\x01")
        && segments().is_some_and(|all| !all.is_empty() && all.iter().all(|align| *align >= 16384))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn elf(alignments: &[u64]) -> Vec<u8> {
        let mut file = b"\x7fELF\x02\x01".to_vec();
        file.resize(0x40, 0);
        file[0x20] = 0x40;
        file[0x36] = 0x38;
        file[0x38] = u8::try_from(alignments.len()).expect("few");
        for align in alignments {
            let mut header = vec![0; 0x38];
            header[0] = 1;
            header[0x30..].copy_from_slice(&align.to_le_bytes());
            file.extend(header);
        }
        file
    }

    #[test]
    fn pages_of_16_kb_are_seen() {
        assert!(has_large_pages(&elf(&[16384, 65536])));
        assert!(!has_large_pages(&elf(&[16384, 4096])));
        assert!(!has_large_pages(&elf(&[])));
        for file in [&b""[..], b"\x7fELF\x01\x01", &elf(&[16384])[..0x70]] {
            assert!(!has_large_pages(file));
        }
    }
}
