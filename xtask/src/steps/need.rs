//! What a step or a command can need: a closed list. Each says what it needs in its turn.
//!
//! A step names its needs beside itself ([`super::Step`]); they are brought before it, each once in a run, whatever ran
//! earlier. To add one: a variant, its name, what is below it; how it is brought
//! stands in `bring.rs`.

use std::fmt;

use crate::tools::node;
use crate::tools::python::{KOTLIN_TOOLS, WHEEL_TOOLS};
use crate::tools::toolchain::WASM;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Need {
    // Programs: on the machine, or installed where that is ours to do.
    CargoDeny,
    Chromium,
    Java,
    Node,
    Python,
    Swift,
    Typos,
    Valgrind,
    /// Android's linkers.
    Ndk,
    Xcode,
    /// A part of the Rust toolchain.
    RustComponent(&'static str),
    /// A standard library to compile for.
    RustTarget(&'static str),
    RustToolchain(&'static str),

    // Other people's packages, as declared and locked.
    /// What the lock file of a folder lists, in its `node_modules`.
    NpmPackages(&'static str),
    /// A virtual environment with what a list, named from `bindings-python`, has.
    PythonPackages(&'static str),

    // What is built here.
    /// The sandbox's program, and the quickstart's.
    Sandbox,
    /// The core as WebAssembly.
    Probe,
    /// The file that `npm publish` would send.
    NpmPackage,
    /// `NpmPackages`, with the packed file in the place of the folder next door.
    NpmProject(&'static str),
    /// The built page of `examples/web`.
    Page,
    /// The wheel and the sdist.
    Wheel,
    /// `PythonPackages`, and the wheel.
    Venv(&'static str),
    /// The native library where the jar's build finds it.
    KotlinLibrary,
    /// The jar, in `dist` and in Maven's local repository.
    Jar,
    /// The static library where Swift links it; what is generated of it is up to date.
    SwiftLibrary,
}

impl fmt::Display for Need {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::CargoDeny => f.write_str("cargo-deny"),
            Self::Chromium => f.write_str("Chromium"),
            Self::Java => f.write_str("JDK and Maven"),
            Self::Node => f.write_str("Node.js"),
            Self::Python => f.write_str("Python"),
            Self::Swift => f.write_str("Swift toolchain"),
            Self::Ndk => f.write_str("Android NDK"),
            Self::Xcode => f.write_str("Xcode"),
            Self::Typos => f.write_str("typos"),
            Self::Valgrind => f.write_str("valgrind"),
            Self::RustComponent(name) => write!(f, "Rust's {name}"),
            Self::RustTarget(name) => write!(f, "Rust target {name}"),
            Self::RustToolchain(name) => write!(f, "Rust {name}"),
            Self::NpmPackages(folder) => write!(f, "npm packages of {folder}"),
            Self::PythonPackages(list) => write!(f, "Python packages of {}", list.trim_start_matches("../")),
            Self::Sandbox => f.write_str("sandbox and quickstart"),
            Self::Probe => f.write_str("probe"),
            Self::NpmPackage => f.write_str("npm package"),
            Self::NpmProject(folder) => write!(f, "npm package in {folder}"),
            Self::Page => f.write_str("page of examples/web"),
            Self::Wheel => f.write_str("wheel"),
            Self::Venv(list) => write!(f, "wheel beside {}", list.trim_start_matches("../")),
            Self::KotlinLibrary => f.write_str("library for Kotlin"),
            Self::Jar => f.write_str("jar"),
            Self::SwiftLibrary => f.write_str("library for Swift"),
        }
    }
}

impl Need {
    /// What it needs in its turn.
    pub(crate) fn needs(self) -> Vec<Self> {
        match self {
            Self::NpmPackages(_) => vec![Self::Node],
            Self::PythonPackages(_) => vec![Self::Python],
            Self::Probe => vec![Self::RustTarget(WASM)],
            Self::NpmPackage => vec![Self::RustTarget(WASM), Self::NpmPackages(node::PACKAGE)],
            Self::NpmProject(folder) => vec![Self::NpmPackages(folder), Self::NpmPackage],
            Self::Page => vec![Self::NpmProject("examples/web")],
            Self::Wheel => vec![Self::PythonPackages(WHEEL_TOOLS)],
            Self::Venv(list) => vec![Self::PythonPackages(list), Self::Wheel],
            Self::KotlinLibrary if cfg!(target_os = "linux") => vec![Self::PythonPackages(KOTLIN_TOOLS)],
            Self::Jar => vec![Self::Java, Self::KotlinLibrary],
            Self::CargoDeny
            | Self::Chromium
            | Self::Java
            | Self::Ndk
            | Self::Node
            | Self::Python
            | Self::Swift
            | Self::Typos
            | Self::Valgrind
            | Self::Xcode
            | Self::RustComponent(_)
            | Self::RustTarget(_)
            | Self::RustToolchain(_)
            | Self::Sandbox
            | Self::KotlinLibrary
            | Self::SwiftLibrary => Vec::new(),
        }
    }

    /// Whether it comes from elsewhere as it is: bringing it waits more than it works.
    pub(super) fn is_fetched(self) -> bool {
        matches!(
            self,
            Self::Chromium
                | Self::Swift
                | Self::RustComponent(_)
                | Self::RustTarget(_)
                | Self::RustToolchain(_)
                | Self::NpmPackages(_)
                | Self::PythonPackages(_)
        )
    }

    /// The variable by which the programs that are run are told where it is.
    pub(crate) fn variable(self) -> Option<&'static str> {
        match self {
            Self::Chromium => Some("CHROMIUM"),
            Self::NpmPackage => Some("ENROLLKIT_TARBALL"),
            Self::Probe => Some("ENROLLKIT_PROBE_WASM"),
            Self::Sandbox => Some("ENROLLKIT_SANDBOX"),
            _ => None,
        }
    }
}
