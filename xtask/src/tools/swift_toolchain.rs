//! A Swift toolchain to test with: the one on the path, else Debian's packages in a folder of the cache.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::run::error::{Error, Result, failed};
use crate::run::{self, paths};

/// Where the machine's own parts stand in the unpacked system.
const REPOSITORY: &str = "/enrollkit/repository";
const BUILD: &str = "/enrollkit/build";
const TARGET: &str = "/enrollkit/target";

/// A Swift toolchain.
pub(crate) enum Toolchain {
    /// `swift` on the path.
    Installed,
    /// Debian's packages in a folder: a small system of their own, entered with bubblewrap.
    Unpacked(PathBuf),
}

/// The toolchain on the path, else the one in the cache, which is put there if need be. An error says what is missing.
pub(crate) fn find() -> Result<Toolchain> {
    let missing =
        |text: String| Error::Missing(format!("no Swift 6 on the path: install it from swift.org{text}"));
    if run::output(run::command("swift").arg("--version")).is_ok_and(|text| is_new_enough(&text)) {
        return Ok(Toolchain::Installed);
    }
    if !cfg!(target_os = "linux") || !run::works(run::command("dpkg-deb").arg("--version")) {
        return Err(missing(String::new()));
    }
    let debian = |error: Error| missing(format!(". Debian's can't be had: {}", error.text()));
    ensure_bubblewrap().map_err(debian)?;
    let cache = paths::tools()?.with_file_name("");
    if let Some(root) = unpacked(&cache) {
        return Ok(Toolchain::Unpacked(root));
    }
    let scratch = cache.join(format!("swift-unpacking-{}", std::process::id()));
    let unpacked_root = unpack(&cache, &scratch);
    let removed = fs::remove_dir_all(&scratch);
    let root = unpacked_root.map_err(debian)?;
    removed.map_err(failed(format!("can't remove {}", scratch.display())))?;
    Ok(Toolchain::Unpacked(root))
}

/// `Swift version 6.0.3 (swift-6.0.3-RELEASE)`, on a Mac after `Apple`.
fn is_new_enough(version: &str) -> bool {
    let rest = version.split("Swift version ").nth(1);
    rest.and_then(|rest| rest.split('.').next()?.parse::<u32>().ok()).is_some_and(|major| major >= 6)
}

/// The newest that is complete: a folder gets this name when all is in it.
fn unpacked(cache: &Path) -> Option<PathBuf> {
    let mut roots: Vec<PathBuf> = fs::read_dir(cache)
        .into_iter()
        .flatten()
        .flatten()
        .filter(|entry| entry.file_name().to_string_lossy().starts_with("swift-"))
        .filter(|entry| !entry.file_name().to_string_lossy().starts_with("swift-unpacking-"))
        .map(|entry| entry.path())
        .filter(|root| root.join("usr/libexec/swift/bin/swift-build").exists())
        .collect();
    roots.sort();
    roots.pop()
}

fn ensure_bubblewrap() -> Result {
    let works = || run::works(run::command("bwrap").args(["--ro-bind", "/", "/", "true"]));
    if works() {
        return Ok(());
    }
    let root = run::output(run::command("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    if !root {
        return Err(Error::Failed(
            "no working `bwrap`, and no root to install it: apt-get install bubblewrap".into(),
        ));
    }
    eprintln!("    installing bubblewrap, which runs Swift in a folder of its own");
    for args in [&["update", "-qq"][..], &["install", "-y", "-qq", "--no-install-recommends", "bubblewrap"]] {
        run::output(run::command("apt-get").args(args).env("DEBIAN_FRONTEND", "noninteractive"))?;
    }
    if works() { Ok(()) } else { Err(Error::Failed("`bwrap` can't make a sandbox on this machine".into())) }
}

/// The machine's own mirror of Debian and the key that it is signed with.
fn mirror() -> Result<(String, String)> {
    let folder = fs::read_dir("/etc/apt/sources.list.d").into_iter().flatten().flatten();
    let mut files: Vec<PathBuf> = folder.map(|entry| entry.path()).collect();
    files.sort();
    files.push("/etc/apt/sources.list".into());
    let text = files.iter().filter_map(|file| fs::read_to_string(file).ok()).collect::<Vec<_>>().join("\n\n");
    mirror_in(&text).ok_or_else(|| Error::Failed("this machine has no apt source of Debian's".into()))
}

fn mirror_in(text: &str) -> Option<(String, String)> {
    const KEYS: &str = "/usr/share/keyrings/debian-archive-keyring.gpg";
    // The archive of releases, not the one of security updates; both forms of a source.
    let uris = text.lines().filter(|line| !line.trim_start().starts_with('#')).flat_map(|line| {
        let is_source = line.starts_with("URIs:") || line.starts_with("deb ");
        line.split_whitespace().filter(move |word| is_source && word.contains("://"))
    });
    let uri = uris.map(|uri| uri.trim_end_matches('/')).find(|uri| uri.ends_with("/debian"))?;
    let keys = text.lines().filter_map(|line| line.strip_prefix("Signed-By:")).map(str::trim);
    let keys = keys.into_iter().find(|keys| keys.starts_with('/') && keys.contains("debian"));
    Some((uri.to_owned(), keys.unwrap_or(KEYS).to_owned()))
}

/// Downloads and unpacks Debian's packages: nothing of the machine's own apt or dpkg is touched.
fn unpack(cache: &Path, scratch: &Path) -> Result<PathBuf> {
    let (uri, keys) = mirror()?;
    let new_folder = |folder: &str| {
        let folder = scratch.join(folder);
        fs::create_dir_all(&folder).map_err(failed(format!("can't make {}", folder.display())))?;
        Ok::<_, Error>(folder)
    };
    new_folder("lists/partial")?;
    let archives = new_folder("cache/archives/partial")?.with_file_name("");
    let root = new_folder("root")?;
    let write = |name: &str, text: &str| {
        fs::write(scratch.join(name), text)
            .map_err(failed(format!("can't write {}", scratch.join(name).display())))
    };
    write("status", "")?;
    write("sources.list", &format!("deb [signed-by={keys}] {uri} trixie main\n"))?;
    let apt = |args: &[&str]| {
        let mut apt = run::command("apt-get");
        let state =
            [("Dir::State::lists", "lists"), ("Dir::State::status", "status"), ("Dir::Cache", "cache")];
        for (option, name) in state.into_iter().chain([("Dir::Etc::sourcelist", "sources.list")]) {
            apt.arg("-o").arg(format!("{option}={}", scratch.join(name).display()));
        }
        let off = [
            "Dir::Etc::sourceparts=-",
            "Dir::Etc::preferencesparts=-",
            "Debug::NoLocking=1",
            "APT::Sandbox::User=root",
        ];
        apt.args(off.iter().flat_map(|option| ["-o", option])).args(["-qq"]).args(args);
        run::output(apt.env("DEBIAN_FRONTEND", "noninteractive")).map(drop)
    };
    eprintln!("    downloading Swift for the tests from Debian trixie, once: 551 MB, 2.5 GB unpacked");
    apt(&["update"])?;
    let packages = ["swiftlang", "libc6-dev", "libstdc++-14-dev", "bash", "coreutils"];
    apt(&[&["install", "-d", "-y", "--no-install-recommends"][..], &packages].concat())?;

    let entries = fs::read_dir(&archives).map_err(failed(format!("can't read {}", archives.display())))?;
    let mut debs: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    debs.retain(|path| path.extension().is_some_and(|extension| extension == "deb"));
    let version = debs.iter().find_map(|deb| version_of(&deb.file_name()?.to_string_lossy()));
    let version = version.ok_or_else(|| Error::Failed("Debian's answer holds no swiftlang".into()))?;
    for (place, deb) in debs.iter().enumerate() {
        if place % 20 == 0 {
            eprintln!("    unpacking Swift {version}: {place} of {} packages", debs.len());
        }
        run::run(run::command("dpkg-deb").arg("-x").arg(deb).arg(&root))?;
    }
    // All of it is there under this name, or nothing is.
    let to = cache.join(format!("swift-{version}"));
    if let Err(error) = fs::rename(&root, &to) {
        // Another run was faster.
        return unpacked(cache).ok_or_else(|| Error::Failed(format!("can't make {}: {error}", to.display())));
    }
    eprintln!("    Swift {version} is in {}", to.display());
    Ok(to)
}

/// `swiftlang_6.0.3-2_amd64.deb` holds `6.0.3-2`.
fn version_of(deb: &str) -> Option<String> {
    let version = deb.strip_prefix("swiftlang_")?.split('_').next()?;
    Some(version.replace("%3a", ":").rsplit(':').next()?.to_owned())
}

impl Toolchain {
    /// `swift build`, `swift test` or `swift run` of a package of this repository, against the library and the sandbox that
    /// were built.
    pub(crate) fn swift(&self, tool: &str, package: &str, full: bool) -> Result<Command> {
        let target = run::target_dir()?;
        let scratch = target.join("swift");
        fs::create_dir_all(scratch.join("home"))
            .map_err(failed(format!("can't make {}", scratch.display())))?;
        let name = package.replace('/', "-");
        let full = if full { "1" } else { "0" };
        let sandbox = Path::new("debug").join(paths::program("enrollkit-sandbox"));
        let mut command = match self {
            Self::Installed => {
                let mut swift = run::command("swift");
                swift.env("ENROLLKIT_SANDBOX", target.join(sandbox)).env("ENROLLKIT_FULL", full);
                swift.env("ENROLLKIT_ROOT", paths::root());
                swift.arg(tool).arg("--package-path").arg(paths::root().join(package));
                swift.arg("--scratch-path").arg(scratch.join(name));
                swift.arg("-Xlinker").arg(format!("-L{}", scratch.join("lib").display()));
                swift
            }
            Self::Unpacked(root) => {
                let mut bwrap = system(root);
                bwrap
                    .arg("--ro-bind")
                    .arg(paths::root())
                    .args([REPOSITORY, "--bind"])
                    .arg(&scratch)
                    .args([BUILD, "--ro-bind"])
                    .arg(&target)
                    .arg(TARGET);
                for (variable, value) in [
                    ("HOME", format!("{BUILD}/home")),
                    ("ENROLLKIT_SANDBOX", format!("{TARGET}/{}", sandbox.display())),
                    ("ENROLLKIT_ROOT", REPOSITORY.to_owned()),
                    ("ENROLLKIT_FULL", full.to_owned()),
                ] {
                    bwrap.args(["--setenv", variable, &value]);
                }
                bwrap.arg("--chdir").arg(format!("{REPOSITORY}/{package}")).arg(format!("swift-{tool}"));
                bwrap.arg("--scratch-path").arg(format!("{BUILD}/{name}"));
                bwrap.arg("-Xlinker").arg(format!("-L{BUILD}/lib"));
                bwrap
            }
        };
        command.arg("--quiet");
        Ok(command)
    }

    /// A line for a shell that has `swift` on its path, as a user of the package types it in a folder of their own. It sees the
    /// repository, and writes into that folder and what is beside it.
    pub(crate) fn shell(&self, folder: &Path, line: &str) -> Command {
        let mut command = match self {
            Self::Installed => run::command("sh"),
            Self::Unpacked(root) => {
                let mut bwrap = system(root);
                let around = folder.parent().unwrap_or(folder);
                bwrap.arg("--ro-bind").args([paths::root(), paths::root()]);
                bwrap.arg("--bind").args([around, around]).arg("--chdir").arg(folder);
                bwrap.args(["--setenv", "HOME", "/tmp", "bash"]);
                bwrap
            }
        };
        command.current_dir(folder).args(["-c", line]);
        command
    }
}

/// A sandbox of the unpacked system.
fn system(root: &Path) -> Command {
    let mut bwrap = run::command("bwrap");
    bwrap.args(["--die-with-parent", "--bind"]).arg(root).arg("/");
    // Without /proc, every Swift tool dies.
    bwrap.args(["--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp"]);
    let swift = "/usr/libexec/swift";
    bwrap.args(["--setenv", "PATH", &format!("{swift}/bin:/usr/bin:/bin")]);
    let libraries = format!("{swift}/lib/swift/linux:{swift}/lib/swift/host");
    bwrap.args(["--setenv", "LD_LIBRARY_PATH", &libraries]);
    bwrap
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_machines_own_mirror_is_used() {
        let deb822 = "Types: deb\n# https://old.example/debian\nURIs: http://mirror.example/debian/\nSuites: bookworm\n\
                      Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg\n\nURIs: http://mirror.example/debian-security\n";
        let one_line = "deb http://security.example/debian-security bookworm main\ndeb [arch=amd64] https://deb.example/debian x main\n";
        let keys = "/usr/share/keyrings/debian-archive-keyring.gpg".to_owned();
        assert_eq!(mirror_in(deb822), Some(("http://mirror.example/debian".to_owned(), keys.clone())));
        assert_eq!(mirror_in(one_line), Some(("https://deb.example/debian".to_owned(), keys)));
        assert_eq!(mirror_in("deb http://archive.example/ubuntu noble main"), None);
    }

    #[test]
    fn an_old_swift_is_none() {
        assert!(is_new_enough("Swift version 6.0.3 (swift-6.0.3-RELEASE)"));
        assert!(is_new_enough("swift-driver version: 1.1 Apple Swift version 6.10 (x)"));
        assert!(!is_new_enough("Swift version 5.10.1"));
        assert!(!is_new_enough("OpenStack swift"));
    }

    #[test]
    fn the_version_is_in_the_packages_name() {
        assert_eq!(version_of("swiftlang_6.0.3-2_amd64.deb").as_deref(), Some("6.0.3-2"));
        assert_eq!(version_of("swiftlang_1%3a6.0.3-2_amd64.deb").as_deref(), Some("6.0.3-2"));
        assert_eq!(version_of("libc6_2.41_amd64.deb"), None);
    }
}
