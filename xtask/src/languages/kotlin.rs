//! The Kotlin package: the native library, and the jar that a registry would get.

use std::fs;
use std::path::{Path, PathBuf};

use crate::run::error::{Error, Result, failed};
use crate::run::{self, VERSION, paths};
use crate::tools::python::{self, Venv};
use crate::tools::{java, toolchain};

/// The oldest glibc that the library runs with, as the wheel: every Linux since 2014.
const GLIBC: u32 = 17;

pub(crate) fn folder() -> PathBuf {
    paths::root().join("bindings-mobile/kotlin")
}

/// The library's file on this system, and the folder in which the jar has it.
pub(crate) fn native() -> (String, String) {
    use std::env::consts::{ARCH, DLL_PREFIX, DLL_SUFFIX, OS};
    (format!("{DLL_PREFIX}enrollkit_jni{DLL_SUFFIX}"), format!("{OS}-{ARCH}"))
}

/// Builds the library of this machine's platform, and puts it where the jar's build finds it. Those of other platforms are
/// left where they are: a release gathers them there.
pub(crate) fn library(tools: Option<&Venv>) -> Result<PathBuf> {
    let arguments = ["--quiet", "--locked", "-p", "enrollkit-jni", "--profile", "jvm", "--config"];
    let flags = format!("build.rustflags={}", toolchain::remap());
    let target = run::target_dir()?;
    let built = if let Some(tools) = tools {
        let host = format!("{}-unknown-linux-gnu", std::env::consts::ARCH);
        let mut build = run::cargo(&["zigbuild"]);
        build.args(arguments).arg(flags).arg("--target").arg(format!("{host}.2.{GLIBC}"));
        run::run(python::prepend_path(&mut build, tools))?;
        target.join(host)
    } else {
        let mut build = run::cargo(&["build"]);
        run::run(build.args(arguments).arg(flags))?;
        target
    };
    let (name, platform) = native();
    let to = folder().join("native").join(platform);
    fs::create_dir_all(&to).map_err(failed(format!("can't make {}", to.display())))?;
    let (from, file) = (built.join("jvm").join(&name), to.join(name));
    fs::copy(&from, &file).map_err(failed(format!("can't copy {}", from.display())))?;
    check_glibc(&file)?;
    Ok(file)
}

/// A newer symbol than the promise has would keep the library from loading on older systems.
fn check_glibc(library: &Path) -> Result {
    let bytes = fs::read(library).map_err(failed(format!("can't read {}", library.display())))?;
    match newest_glibc(&bytes).filter(|newest| *newest > GLIBC) {
        Some(newest) => Err(Error::Failed(format!(
            "{} asks for glibc 2.{newest}; the README promises 2.{GLIBC}",
            library.display()
        ))),
        None => Ok(()),
    }
}

/// The newest version of glibc 2 whose symbols a library names.
fn newest_glibc(library: &[u8]) -> Option<u32> {
    const NAME: &[u8] = b"GLIBC_2.";
    let named = library.windows(NAME.len()).enumerate().filter(|(_, window)| *window == NAME);
    let version = |(at, _): (usize, &[u8])| -> Option<u32> {
        let rest = library.get(at.checked_add(NAME.len())?..)?;
        let digits: String =
            rest.iter().take_while(|byte| byte.is_ascii_digit()).map(|byte| char::from(*byte)).collect();
        digits.parse().ok()
    };
    named.filter_map(version).max()
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

#[cfg(test)]
mod tests {
    #[test]
    fn the_newest_glibc_is_found() {
        assert_eq!(super::newest_glibc(b"..GLIBC_2.2.5\0GLIBC_2.14\0GLIBC_2.3.4"), Some(14));
        assert_eq!(super::newest_glibc(b"GLIBC_2.33"), Some(33));
        assert_eq!(super::newest_glibc(b"GLIBC_PRIVATE GLIBC_2."), None);
    }
}
