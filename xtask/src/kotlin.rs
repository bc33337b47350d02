//! The Kotlin package: the native library, what uniffi generates of it, and the jar that a registry would get.

use std::fs;
use std::path::PathBuf;

use crate::error::{Error, Result, failed};
use crate::{java, mobile, paths, run};

/// The workspace's version, which this crate inherits: all packages share it.
pub(crate) const VERSION: &str = env!("CARGO_PKG_VERSION");

/// In the package's folder: where the generator's file is, and nothing else is.
const GENERATED: &str = "src/generated/kotlin/org/enrollkit/ffi/enrollkit_mobile.kt";

pub(crate) fn folder() -> PathBuf {
    paths::root().join("bindings-mobile/kotlin")
}

/// The library's file on this system, and the folder in which JNA looks for it in a jar.
fn native() -> Result<(String, String)> {
    use std::env::consts::{ARCH, DLL_PREFIX, DLL_SUFFIX, OS};
    let os = match OS {
        "macos" => "darwin",
        "windows" => "win32",
        other => other,
    };
    let arch = match ARCH {
        "x86_64" => "x86-64",
        "aarch64" => "aarch64",
        other => return Err(Error::Failed(format!("no name is known for a library of {other}"))),
    };
    Ok((format!("{DLL_PREFIX}enrollkit_mobile{DLL_SUFFIX}"), format!("{os}-{arch}")))
}

/// Builds the library of this machine's platform, and puts it where the jar's build finds it. Those of other platforms are
/// left where they are: a release gathers them there. What is generated of it must be up to date.
pub(crate) fn library() -> Result<PathBuf> {
    mobile::build()?;
    let (name, platform) = native()?;
    let to = folder().join("native").join(platform);
    fs::create_dir_all(&to).map_err(failed(format!("can't make {}", to.display())))?;
    let (from, file) = (paths::target_dir()?.join("mobile").join(&name), to.join(name));
    fs::copy(&from, &file).map_err(failed(format!("can't copy {}", from.display())))?;
    check_generated()?;
    Ok(file)
}

/// The committed file must be what the library's own description gives; `ENROLLKIT_BLESS=1` writes it.
fn check_generated() -> Result {
    let fresh = paths::target_dir()?.join("mobile-generated/kotlin");
    mobile::generate("kotlin", &fresh)?;
    let fresh = fresh.join("org/enrollkit/ffi/enrollkit_mobile.kt");
    let text = fs::read_to_string(&fresh).map_err(failed(format!("can't read {}", fresh.display())))?;
    let committed = folder().join(GENERATED);
    if fs::read_to_string(&committed).is_ok_and(|committed| committed == text) {
        return Ok(());
    }
    if std::env::var_os("ENROLLKIT_BLESS").is_some() {
        return fs::write(&committed, text).map_err(failed(format!("can't write {}", committed.display())));
    }
    Err(Error::Failed(format!(
        "{} is not what the library says; to write it: ENROLLKIT_BLESS=1 cargo xtask package kotlin",
        committed.display()
    )))
}

/// The pom has a version of its own, since Maven can't ask cargo.
fn check_version() -> Result {
    let file = folder().join("pom.xml");
    let pom = fs::read_to_string(&file).map_err(failed(format!("can't read {}", file.display())))?;
    let own = format!(
        "<artifactId>enrollkit</artifactId>\n  <!-- The workspace's; `cargo xtask package kotlin` checks that. -->\n  <version>{VERSION}</version>"
    );
    if pom.contains(&own) {
        return Ok(());
    }
    Err(Error::Failed(format!("{} doesn't have the workspace's version, {VERSION}", file.display())))
}

/// Builds the jar and the tests beside it; puts the jar with its pom into `dist/`, and where Maven finds it; gives the jar.
pub(crate) fn pack() -> Result<PathBuf> {
    check_version()?;
    run::run(java::mvn(&folder()).args(["-DskipTests", "package"]))?;
    let jar = copy_to_dist()?;
    let size = fs::metadata(&jar).map_err(failed(format!("no {}", jar.display())))?.len();
    say!("{} ({} KB)", jar.display(), size.div_ceil(1000));
    let mut install = java::mvn(&folder());
    // As `mvn install` would, of the files that a registry would get.
    install.arg("org.apache.maven.plugins:maven-install-plugin:3.1.4:install-file");
    install.arg(format!("-Dfile={}", jar.display()));
    install.arg(format!("-DpomFile={}", jar.with_extension("pom").display()));
    run::run(&mut install)?;
    Ok(jar)
}

/// Puts the jar that Maven built, and its pom, into `dist/`.
fn copy_to_dist() -> Result<PathBuf> {
    let dist = paths::root().join("dist");
    fs::create_dir_all(&dist).map_err(failed(format!("can't make {}", dist.display())))?;
    let name = format!("enrollkit-{VERSION}");
    let jar = dist.join(format!("{name}.jar"));
    let pairs = [
        (folder().join("target").join(format!("{name}.jar")), jar.clone()),
        (folder().join("pom.xml"), dist.join(format!("{name}.pom"))),
    ];
    for (from, to) in pairs {
        fs::copy(&from, to).map_err(failed(format!("can't copy {}", from.display())))?;
    }
    Ok(jar)
}
