//! The Swift package: what uniffi generates of the library, and the `XCFramework` for Apple's platforms.

use std::fs;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result, failed};
use crate::need::Need;
use crate::{mobile, paths, run};

/// The workspace's version, which this crate inherits: all packages share it.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// What uniffi generates, and where it is committed.
const GENERATED: &[(&str, &str)] = &[
    ("EnrollKitCore.swift", "Sources/EnrollKitCore/EnrollKitCore.swift"),
    ("EnrollKitCoreFFI.h", "Sources/EnrollKitCoreFFI/include/EnrollKitCoreFFI.h"),
];

/// Slices of the `XCFramework`, and what goes into each. What Rust supports without a standard library of one's own making.
const SLICES: &[(&str, &[&str])] = &[
    ("ios", &["aarch64-apple-ios"]),
    ("ios-simulator", &["aarch64-apple-ios-sim", "x86_64-apple-ios"]),
    ("macos", &["aarch64-apple-darwin", "x86_64-apple-darwin"]),
];

pub(crate) fn folder() -> PathBuf {
    paths::root().join("bindings-mobile/swift")
}

/// Builds the library, and puts the static one into a folder of its own: beside the shared one, a linker would take that.
/// What is generated of it must be up to date.
pub(crate) fn library() -> Result {
    mobile::build()?;
    let target = paths::target_dir()?;
    let to = target.join("swift/lib");
    fs::create_dir_all(&to).map_err(failed(format!("can't make {}", to.display())))?;
    let from = target.join("mobile/libenrollkit_mobile.a");
    // The same file keeps its time, so that nothing is linked anew.
    if fs::read(&from).ok() != fs::read(to.join("libenrollkit_mobile.a")).ok() {
        fs::copy(&from, to.join("libenrollkit_mobile.a"))
            .map_err(failed(format!("can't copy {}", from.display())))?;
    }
    check_generated()
}

/// The committed files must be what the library's own description gives; `ENROLLKIT_BLESS=1` writes them.
fn check_generated() -> Result {
    let fresh = paths::target_dir()?.join("mobile-generated/swift");
    mobile::generate("swift", &fresh)?;
    for (name, committed) in GENERATED {
        let (fresh, committed) = (fresh.join(name), folder().join(committed));
        let text = fs::read_to_string(&fresh).map_err(failed(format!("can't read {}", fresh.display())))?;
        if fs::read_to_string(&committed).is_ok_and(|committed| committed == text) {
            continue;
        }
        if std::env::var_os("ENROLLKIT_BLESS").is_none() {
            return Err(Error::Failed(format!(
                "{} is not what the library says; to write it: ENROLLKIT_BLESS=1 cargo xtask test swift",
                committed.display()
            )));
        }
        fs::write(&committed, text).map_err(failed(format!("can't write {}", committed.display())))?;
    }
    Ok(())
}

/// A phone and a Mac, from which the simulator differs in nothing that the library can see.
pub(crate) const CHECKED: &[Need] =
    &[Need::RustTarget("aarch64-apple-ios"), Need::RustTarget("aarch64-apple-darwin")];

/// The library must compile for them. Linking needs a Mac.
pub(crate) fn check_targets() -> Result {
    mobile::check(CHECKED)
}

pub(crate) const NEEDS: &[Need] = &[
    Need::Xcode,
    // Named after the build of this machine, and described by it.
    Need::SwiftLibrary,
    Need::RustTarget("aarch64-apple-ios"),
    Need::RustTarget("aarch64-apple-ios-sim"),
    Need::RustTarget("x86_64-apple-ios"),
    Need::RustTarget("aarch64-apple-darwin"),
    Need::RustTarget("x86_64-apple-darwin"),
];

/// What is missing; `None` when nothing is.
pub(crate) fn missing() -> Option<String> {
    let why = "an XCFramework is made on a Mac with Xcode; on Linux the package builds from source: see bindings-mobile/swift/README.md";
    (!cfg!(target_os = "macos")).then(|| why.to_owned())
}

/// The package with its `XCFramework`, into `dist/`.
pub(crate) fn package() -> Result {
    let target = paths::target_dir()?;
    let scratch = target.join("swift/xcframework");
    if scratch.exists() {
        fs::remove_dir_all(&scratch).map_err(failed(format!("can't remove {}", scratch.display())))?;
    }
    let headers = headers(&scratch)?;
    let framework = scratch.join("EnrollKitCoreFFI.xcframework");
    let mut create = run::command("xcodebuild");
    create.arg("-create-xcframework");
    for (slice, targets) in SLICES {
        let mut lipo = run::command("lipo");
        lipo.arg("-create");
        for one in *targets {
            let mut build = run::cargo(&[
                "build",
                "--quiet",
                "--locked",
                "-p",
                "enrollkit-mobile",
                "--profile",
                "mobile",
            ]);
            // As in Package.swift.
            build.env("IPHONEOS_DEPLOYMENT_TARGET", "15.0").env("MACOSX_DEPLOYMENT_TARGET", "12.0");
            run::run(build.args(["--target", one]))?;
            lipo.arg(target.join(one).join("mobile/libenrollkit_mobile.a"));
        }
        let folder = scratch.join(slice);
        fs::create_dir_all(&folder).map_err(failed(format!("can't make {}", folder.display())))?;
        let library = folder.join("libenrollkit_mobile.a");
        run::run(lipo.arg("-output").arg(&library))?;
        create.arg("-library").arg(library).arg("-headers").arg(&headers);
    }
    run::run(create.arg("-output").arg(&framework))?;

    let to = paths::root().join(format!("dist/enrollkit-swift-{VERSION}"));
    if to.exists() {
        fs::remove_dir_all(&to).map_err(failed(format!("can't remove {}", to.display())))?;
    }
    let sources = to.join("Sources");
    fs::create_dir_all(&sources).map_err(failed(format!("can't make {}", sources.display())))?;
    for name in ["Package.swift", "README.md", "IOS.md", "Sources", "Bench", "Tests"] {
        run::run(run::command("cp").arg("-R").arg(folder().join(name)).arg(&to))?;
    }
    run::run(run::command("cp").arg("-R").arg(&framework).arg(&to))?;
    say!("{}", to.display());
    Ok(())
}

/// The map is in a folder of its own: two packages with `Headers/module.modulemap` can't be in one app.
fn headers(scratch: &Path) -> Result<PathBuf> {
    let headers = scratch.join("headers");
    let own = headers.join("EnrollKitCoreFFI");
    fs::create_dir_all(&own).map_err(failed(format!("can't make {}", own.display())))?;
    let header = folder().join("Sources/EnrollKitCoreFFI/include/EnrollKitCoreFFI.h");
    fs::copy(&header, own.join("EnrollKitCoreFFI.h"))
        .map_err(failed(format!("can't copy {}", header.display())))?;
    let map = "module EnrollKitCoreFFI {\n    header \"EnrollKitCoreFFI.h\"\n    export *\n}\n";
    fs::write(own.join("module.modulemap"), map)
        .map_err(failed("can't write module.modulemap".to_owned()))?;
    Ok(headers)
}
