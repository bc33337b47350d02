//! Makes all that the static library defines its own, so that a program can link it beside another Rust library.
//!
//! Every one of those brings the standard library, and with it `rust_eh_personality` and other names that two of them can't both
//! define. Here each name gets an ending, in all members of the archive at once, but for those that the C header declares. This
//! is what localising would do, and it needs no linker: the same for Linux and for Apple's formats, on any machine. A dot begins
//! the ending, so that crash reports and profilers still read Rust's names.
//!
//! The tools are LLVM's, of the compiler's own version, from rustup: a system's binutils read only its own format.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::run::error::{Error, Result, failed};
use crate::run::{self, paths};
use crate::tools::toolchain;

const ENDING: &str = ".enrollkit";

/// How the names begin that the header declares.
const OURS: [&str; 2] = ["ffi_enrollkit_mobile_", "uniffi_enrollkit_mobile_"];

/// Renames in the archive itself. What only a compiler or a debugger reads goes first: it is most of the file, and from Apple's
/// format `llvm-nm` would read the bitcode's names instead of the object's.
pub(crate) fn make_own(archive: &Path, header: &Path) -> Result {
    let header = fs::read_to_string(header).map_err(failed(format!("can't read {}", header.display())))?;
    let mut strip = run::command(tool("llvm-objcopy")?);
    for section in ["__LLVM,__bitcode", "__LLVM,__cmdline", ".llvmbc", ".llvmcmd"] {
        strip.arg(format!("--remove-section={section}"));
    }
    run::run(strip.arg("--strip-debug").arg(archive))?;

    let declared = declared(&header);
    let defined = defined(archive)?;
    let renamed = renamed(&defined, &declared).map_err(Error::Failed)?;
    let map = archive.with_extension("renamed");
    let lines: String = renamed.iter().map(|name| [name, " ", name, ENDING, "\n"].concat()).collect();
    fs::write(&map, lines).map_err(failed(format!("can't write {}", map.display())))?;
    let mut rename = run::command(tool("llvm-objcopy")?);
    run::run(rename.arg(format!("--redefine-syms={}", map.display())).arg(archive))?;
    fs::remove_file(&map).map_err(failed(format!("can't remove {}", map.display())))
}

/// What must get another name; an error when something that is declared is not there.
fn renamed<'a>(
    defined: &'a BTreeSet<String>,
    declared: &BTreeSet<&str>,
) -> std::result::Result<Vec<&'a str>, String> {
    // Apple's names begin with an underscore more.
    let plain = |name: &'a str| name.strip_prefix('_').unwrap_or(name);
    let kept = |name: &str| declared.contains(name);
    let there: BTreeSet<&str> =
        defined.iter().flat_map(|name| [name.as_str(), plain(name)]).filter(|name| kept(name)).collect();
    if let Some(missing) = declared.difference(&there).next() {
        return Err(format!("the library does not define {missing}, which its header declares"));
    }
    Ok(defined.iter().map(String::as_str).filter(|name| !kept(name) && !kept(plain(name))).collect())
}

/// The functions that a C header declares of the library.
fn declared(header: &str) -> BTreeSet<&str> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let before_brackets = header.split('(').filter_map(|text| text.rsplit(|c| !is_part(c)).next());
    before_brackets.filter(|name| OURS.iter().any(|start| name.starts_with(start))).collect()
}

/// What the members of an archive define for each other and for others.
fn defined(archive: &Path) -> Result<BTreeSet<String>> {
    let mut nm = run::command(tool("llvm-nm")?);
    nm.args(["--defined-only", "--extern-only", "--format=just-symbols", "--quiet"]).arg(archive);
    // A member's name comes with a colon behind it.
    let is_symbol = |line: &&str| !line.is_empty() && !line.ends_with(':');
    Ok(run::output(&mut nm)?.lines().filter(is_symbol).map(str::to_owned).collect())
}

/// A tool of the compiler's own; those of `llvm-tools` are installed if need be.
pub(crate) fn tool(name: &str) -> Result<PathBuf> {
    let sysroot = run::output(run::command("rustc").args(["--print", "sysroot"]))?;
    let version = run::output(run::command("rustc").arg("-vV"))?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    let host = host.ok_or_else(|| Error::Failed("rustc names no host".into()))?;
    let folder = Path::new(sysroot.trim()).join("lib/rustlib").join(host).join("bin");
    let file = folder.join(paths::program(name));
    if !file.is_file() {
        toolchain::ensure_component("llvm-tools")?;
    }
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "uint64_t uniffi_enrollkit_mobile_fn_clone(uint64_t handle, RustCallStatus *_Nonnull out);\n\
                          RustBuffer ffi_enrollkit_mobile_rustbuffer_alloc(uint64_t size\n);\ntypedef void (*Other)(int);\n";

    fn set(names: &[&str]) -> BTreeSet<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn what_the_header_declares_keeps_its_name_in_both_formats() {
        let ours = ["ffi_enrollkit_mobile_rustbuffer_alloc", "uniffi_enrollkit_mobile_fn_clone"];
        let declared = declared(HEADER);
        assert_eq!(declared, BTreeSet::from(ours));
        for underscore in ["", "_"] {
            let name = |name: &str| format!("{underscore}{name}");
            let defined = set(&[&name(ours[0]), &name(ours[1]), &name("rust_eh_personality")]);
            assert_eq!(renamed(&defined, &declared), Ok(vec![name("rust_eh_personality").as_str()]));
        }
    }

    #[test]
    fn a_header_of_another_library_is_an_error() {
        let defined = set(&["ffi_enrollkit_mobile_rustbuffer_alloc", "rust_eh_personality"]);
        let refused = renamed(&defined, &declared(HEADER)).expect_err("one is missing");
        assert!(refused.contains("uniffi_enrollkit_mobile_fn_clone"), "{refused}");
    }
}
