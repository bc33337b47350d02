//! The Swift package: what uniffi generates of the library, and the package with the library: an `XCFramework` for Apple's
//! platforms, a static one for Linux.

mod generated;
pub(crate) mod symbols;

use std::fs;
use std::path::{Path, PathBuf};

use crate::languages::mobile;
use crate::run::error::{Result, failed};
use crate::run::{self, VERSION, paths};
use crate::steps::{Extent, Given, Need};

/// Slices of the `XCFramework`, and what goes into each. What Rust supports without a standard library of one's own making.
const SLICES: &[(&str, &[&str])] = &[
    ("ios", &["aarch64-apple-ios"]),
    ("ios-simulator", &["aarch64-apple-ios-sim", "x86_64-apple-ios"]),
    ("macos", &["aarch64-apple-darwin", "x86_64-apple-darwin"]),
];

pub(crate) fn folder() -> PathBuf {
    paths::root().join("bindings-mobile/swift")
}

/// The library's file, which a linker is asked for by the name within.
pub(crate) const LIBRARY: &str = "libenrollkit_mobile.a";

/// Where the static library is that Swift links.
pub(crate) fn lib() -> Result<PathBuf> {
    Ok(run::target_dir()?.join("swift/lib"))
}

/// Builds the library, and puts it where Swift links it, its symbols its own. What is generated of it must be up to date.
pub(crate) fn library(extent: Extent) -> Result {
    mobile::build()?;
    generated::check(extent)?;
    let to = lib()?;
    fs::create_dir_all(&to).map_err(failed(format!("can't make {}", to.display())))?;
    let (fresh, current) = (to.join("fresh.a"), to.join(LIBRARY));
    copy(&run::target_dir()?.join("mobile").join(LIBRARY), &fresh)?;
    symbols::make_own(&fresh, &generated::header())?;
    // The same file keeps its time, so that nothing is linked anew.
    if fs::read(&fresh).ok() == fs::read(&current).ok() {
        return fs::remove_file(&fresh).map_err(failed(format!("can't remove {}", fresh.display())));
    }
    remove_linked(&run::target_dir()?.join("swift"))?;
    fs::rename(&fresh, &current).map_err(failed(format!("can't make {}", current.display())))
}

/// Removes what Swift has linked with the library before, in `folder/PACKAGE/PLATFORM/CONFIGURATION`: only the linker is told of the
/// library, so that Swift does not see that it is another.
pub(crate) fn remove_linked(folder: &Path) -> Result {
    let entries =
        |folder: &Path| fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let platforms = entries(folder).flat_map(|package| entries(&package));
    // One of them is a link to a configuration of another.
    let platforms = platforms.filter(|platform| !platform.is_symlink());
    let files = platforms.flat_map(|platform| {
        ["debug", "release"].into_iter().flat_map(move |configuration| entries(&platform.join(configuration)))
    });
    let is_linked = |file: &PathBuf| match file.extension() {
        Some(extension) => extension == "xctest",
        None => file.is_file(),
    };
    for file in files.filter(is_linked) {
        let removed = if file.is_dir() { fs::remove_dir_all(&file) } else { fs::remove_file(&file) };
        removed.map_err(failed(format!("can't remove {}", file.display())))?;
    }
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Result {
    fs::copy(from, to).map(drop).map_err(failed(format!("can't copy {}", from.display())))
}

/// A phone, from which the simulator differs in nothing that the library can see.
pub(crate) const CHECKED: &[Need] = &[Need::RustTarget("aarch64-apple-ios")];

/// The library must compile for it, in full for a Mac, too. Linking needs a Mac.
pub(crate) fn check_targets(given: &Given<'_>) -> Result {
    let all = [CHECKED[0], Need::RustTarget("aarch64-apple-darwin")];
    mobile::check("enrollkit-mobile", given, CHECKED, &all)
}

/// Of the package: both hold the library, described and named after the build of this machine.
pub(crate) const NEEDS: &[Need] = if cfg!(target_os = "macos") {
    &[
        Need::Xcode,
        Need::SwiftLibrary,
        Need::RustTarget("aarch64-apple-ios"),
        Need::RustTarget("aarch64-apple-ios-sim"),
        Need::RustTarget("x86_64-apple-ios"),
        Need::RustTarget("aarch64-apple-darwin"),
        Need::RustTarget("x86_64-apple-darwin"),
    ]
} else {
    &[Need::SwiftLibrary]
};

/// What is missing; `None` when nothing is.
pub(crate) fn missing() -> Option<String> {
    let why = "an XCFramework is made on a Mac with Xcode";
    (!cfg!(target_os = "macos")).then(|| why.to_owned())
}

/// The package with its library, into `dist/`: on a Mac an `XCFramework`, elsewhere the static library of this platform.
pub(crate) fn package() -> Result {
    let library = if cfg!(target_os = "macos") { framework()? } else { lib()? };
    let to = paths::root().join(format!("dist/enrollkit-swift-{VERSION}"));
    if to.exists() {
        fs::remove_dir_all(&to).map_err(failed(format!("can't remove {}", to.display())))?;
    }
    let sources = to.join("Sources");
    fs::create_dir_all(&sources).map_err(failed(format!("can't make {}", sources.display())))?;
    for name in ["Package.swift", "README.md", "IOS.md", "Sources", "Bench", "Tests"] {
        run::run(run::command("cp").arg("-R").arg(folder().join(name)).arg(&to))?;
    }
    run::run(run::command("cp").arg("-R").arg(library).arg(&to))?;
    say!("{}", to.display());
    Ok(())
}

/// Makes the `XCFramework`.
fn framework() -> Result<PathBuf> {
    let target = run::target_dir()?;
    let scratch = target.join("swift/xcframework");
    if scratch.exists() {
        fs::remove_dir_all(&scratch).map_err(failed(format!("can't remove {}", scratch.display())))?;
    }
    let headers = headers(&scratch)?;
    let framework = scratch.join("EnrollKitCoreFFI.xcframework");
    let mut create = run::command("xcodebuild");
    create.arg("-create-xcframework");
    for (slice, targets) in SLICES {
        let folder = scratch.join(slice);
        fs::create_dir_all(&folder).map_err(failed(format!("can't make {}", folder.display())))?;
        let mut lipo = run::command("lipo");
        lipo.arg("-create");
        for one in *targets {
            let thin = folder.join(format!("{one}.a"));
            library_for(one, &thin)?;
            lipo.arg(thin);
        }
        let library = folder.join(LIBRARY);
        run::run(lipo.arg("-output").arg(&library))?;
        create.arg("-library").arg(library).arg("-headers").arg(&headers);
    }
    run::run(create.arg("-output").arg(&framework))?;
    Ok(framework)
}

/// The static library for one of Apple's targets, its symbols its own.
pub(crate) fn library_for(target: &str, to: &Path) -> Result {
    let mut build = run::cargo(&["build", "--quiet", "--locked", "-p", "enrollkit-mobile"]);
    build.args(["--profile", "mobile", "--target", target]);
    // As in Package.swift.
    build.env("IPHONEOS_DEPLOYMENT_TARGET", "15.0").env("MACOSX_DEPLOYMENT_TARGET", "12.0");
    run::run(&mut build)?;
    copy(&run::target_dir()?.join(target).join("mobile").join(LIBRARY), to)?;
    symbols::make_own(to, &generated::header())
}

/// The map is in a folder of its own: two packages with `Headers/module.modulemap` can't be in one app.
fn headers(scratch: &Path) -> Result<PathBuf> {
    let headers = scratch.join("headers");
    let own = headers.join("EnrollKitCoreFFI");
    fs::create_dir_all(&own).map_err(failed(format!("can't make {}", own.display())))?;
    copy(&generated::header(), &own.join("EnrollKitCoreFFI.h"))?;
    let map = "module EnrollKitCoreFFI {\n    header \"EnrollKitCoreFFI.h\"\n    export *\n}\n";
    fs::write(own.join("module.modulemap"), map)
        .map_err(failed("can't write module.modulemap".to_owned()))?;
    Ok(headers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_linked_with_another_library_goes() {
        let folder = std::env::temp_dir().join(format!("enrollkit-linked-{}", std::process::id()));
        let configuration = folder.join("package/platform/debug");
        let other = folder.join("home/.cache/urls");
        for made in [&configuration, &other] {
            fs::create_dir_all(made).unwrap();
        }
        for name in ["test.xctest", "program", "EnrollKit.o"] {
            fs::write(configuration.join(name), "").unwrap();
        }
        fs::write(other.join("program"), "").unwrap();
        remove_linked(&folder).unwrap();
        let left = |name| configuration.join(name).exists();
        assert_eq!(["test.xctest", "program", "EnrollKit.o"].map(left), [false, false, true]);
        assert!(other.join("program").exists());
        fs::remove_dir_all(&folder).unwrap();
    }
}
