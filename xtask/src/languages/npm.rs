//! The npm package: WebAssembly, glue, facade, and the file that `npm publish` would send.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::run::error::{Error, Result, failed};
use crate::run::{self, VERSION, paths};
use crate::tools::node;
use crate::tools::toolchain::{self, WASM};

/// A library that the package holds: its crate, how it is built, the folder of what is made of it, and the name of its WebAssembly
/// there.
pub(crate) struct Library {
    pub(crate) krate: &'static str,
    profile: &'static str,
    flags: &'static [&'static str],
    folder: &'static str,
    name: &'static str,
}

impl Library {
    /// How cargo builds it.
    pub(crate) fn build_args(&self) -> Vec<String> {
        let flags: Vec<String> =
            toolchain::remapped().into_iter().chain(self.flags.iter().map(ToString::to_string)).collect();
        let flags = format!("target.{WASM}.rustflags={}", toolchain::toml_array(&flags));
        ["--profile", self.profile, "--target", WASM, "--config", &flags].map(String::from).to_vec()
    }

    /// What of the facade is written from what cargo has built.
    pub(crate) fn write_glue(&self, target: &Path, package: &Path) -> Result {
        let file = format!("{}.wasm", self.krate.replace('-', "_"));
        let library = target.join(WASM).join(self.profile).join(file);
        // Here they still have their names.
        let bytes = fs::read(&library).map_err(failed(format!("there is no {}", library.display())))?;
        check_symbols(self.name, &bytes)?;
        let mut glue = run::cargo(&["run", "--quiet", "--locked", "-p", "enrollkit-wasm-builder", "--"]);
        run::run(glue.arg(library).arg(package.join("generated").join(self.folder)).arg(self.name))
    }
}

/// What servers run, and what pages download.
pub(crate) const LIBRARIES: [Library; 2] = [
    Library { krate: "enrollkit-wasm", profile: "npm", flags: &[], folder: "server", name: "enrollkit" },
    Library { krate: "enrollkit-page", profile: "page", flags: &EVERYWHERE, folder: "page", name: "page" },
];

/// What of WebAssembly is used: nothing that could not be said in plain JavaScript, for engines that have none, so no table of
/// JavaScript's values and no pair of results. The builder reads it from the file, and the standard library's own part says more.
const EVERYWHERE: [&str; 2] = [
    "-Clink-arg=--no-check-features",
    "-Clink-arg=--features=bulk-memory,bulk-memory-opt,call-indirect-overlong,mutable-globals,nontrapping-fptoint,sign-ext",
];

/// What symbols of signing have in their names: SHA-256's crate, and the core's files for keys, signatures, clients and verifiers.
const SIGNING: [&str; 7] = ["4sha2", "9signature", "6signer", "6client", "8verifier", "6secret", "7Secrets"];

/// Nothing of a page's library may be of signing; a server's has all of it, so that a name which has changed is noticed.
fn check_symbols(name: &str, library: &[u8]) -> Result {
    let found = SIGNING.map(|symbol| library.windows(symbol.len()).any(|window| window == symbol.as_bytes()));
    match (name, found) {
        ("page", found) if found.contains(&true) => {
            Err(Error::Failed(format!("a page's library has symbols of {SIGNING:?}: {found:?}")))
        }
        ("enrollkit", found) if found.contains(&false) => {
            Err(Error::Failed(format!("a server's library has not all symbols of {SIGNING:?}: {found:?}")))
        }
        _ => Ok(()),
    }
}

pub(crate) fn folder() -> PathBuf {
    paths::root().join(node::PACKAGE)
}

/// Builds `bindings-wasm/npm/dist` and packs it into `dist/`; gives the packed file.
pub(crate) fn pack() -> Result<PathBuf> {
    let target = run::target_dir()?;

    for library in LIBRARIES {
        let mut build = run::cargo(&["build", "--quiet", "-p", library.krate, "--locked"]);
        run::run(build.args(library.build_args()))?;
        library.write_glue(&target, &folder())?;
    }

    run::run(node::node().arg(folder().join("build/build.js")))?;

    let staged = target.join("npm/package");
    run::run(node::node().arg(folder().join("build/stage.js")).arg(VERSION).arg(&staged))?;
    let dist = paths::root().join("dist");
    fs::create_dir_all(&dist).map_err(failed(format!("can't make {}", dist.display())))?;
    let mut pack = node::npm();
    pack.args(["pack", "--silent", "--ignore-scripts", "--pack-destination"]).arg(&dist);
    run::output(pack.current_dir(&staged))?;
    let file = dist.join(format!("enrollkit-{VERSION}.tgz"));
    let size = fs::metadata(&file).map_err(failed(format!("npm pack left no {}", file.display())))?.len();
    say!("{} ({} KB)", file.display(), size.div_ceil(1000));
    Ok(file)
}

/// Puts the packed file into the `node_modules` of an example, in the place of what its lock file says: the folder next door,
/// which works without this command as well. All else there stays what the lock file lists.
pub(crate) fn put_into(example: &str, packed: &Path) -> Result {
    let folder = paths::root().join(example);
    // Removed before: npm takes the same version for the same file.
    let installed = folder.join("node_modules/enrollkit");
    let removed =
        if installed.is_symlink() { fs::remove_file(&installed) } else { fs::remove_dir_all(&installed) };
    match removed {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            return Err(failed(format!("can't remove {}", installed.display()))(error));
        }
        _ => {}
    }
    let mut install = node::npm();
    install.args(["install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]);
    run::run(install.arg(packed).current_dir(&folder))
}

/// Builds the page of `examples/web`.
pub(crate) fn build_page() -> Result {
    run::run(node::npm().args(["--prefix", "examples/web", "--silent", "run", "build"]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_with_a_symbol_of_signing_is_refused() {
        let all = SIGNING.concat();
        assert!(check_symbols("page", b"_ZN9enrollkit5relay").is_ok());
        assert!(check_symbols("page", b"_ZN9enrollkit8smile_id9signature4sign").is_err());
        assert!(check_symbols("enrollkit", all.as_bytes()).is_ok());
        assert!(check_symbols("enrollkit", b"_ZN9enrollkit8smile_id9signature4sign").is_err());
    }
}
