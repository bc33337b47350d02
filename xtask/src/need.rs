//! What a step or a command can need: a closed list. Each row says what it needs in its turn, and how it is brought.
//!
//! A step names its needs beside itself ([`crate::steps::Step`]); they are brought before it, each once in a run, whatever ran
//! earlier. To add one: a variant, its name, what is below it, how it is brought.

use std::fmt;
use std::path::PathBuf;

use crate::error::{Error, Result};
use crate::needs::Given;
use crate::python::{self, Packed, Python, Venv};
use crate::swift_toolchain::{self, Toolchain};
use crate::{android, chromium, demo_web, java, kotlin, node, npm, probe, sandbox, swift, toolchain, tools};

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

/// What there is when a need has been brought.
pub(crate) enum Thing {
    /// Others find it by themselves.
    Ready,
    File(PathBuf),
    Python(Python),
    Venv(Venv),
    Packed(Packed),
    Swift(Toolchain),
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
            Self::Probe => vec![Self::RustTarget(npm::WASM)],
            Self::NpmPackage => vec![Self::RustTarget(npm::WASM), Self::NpmPackages(npm::FOLDER)],
            Self::NpmProject(folder) => vec![Self::NpmPackages(folder), Self::NpmPackage],
            Self::Page => vec![Self::NpmProject("examples/web")],
            Self::Wheel => vec![Self::PythonPackages(python::BUILD)],
            Self::Venv(list) => vec![Self::PythonPackages(list), Self::Wheel],
            Self::KotlinLibrary if cfg!(target_os = "linux") => vec![Self::PythonPackages(kotlin::BUILD)],
            Self::Jar => vec![Self::Java, Self::KotlinLibrary],
            Self::CargoDeny
            | Self::Chromium
            | Self::Java
            | Self::Ndk
            | Self::Node
            | Self::Python
            | Self::Swift
            | Self::Typos
            | Self::Xcode
            | Self::RustComponent(_)
            | Self::RustTarget(_)
            | Self::RustToolchain(_)
            | Self::Sandbox
            | Self::KotlinLibrary
            | Self::SwiftLibrary => Vec::new(),
        }
    }

    /// Brings it; all that it needs is there.
    pub(crate) fn bring(self, given: &Given<'_>) -> Result<Thing> {
        let there =
            |missing: Option<String>| missing.map_or(Ok(Thing::Ready), |text| Err(Error::Missing(text)));
        let ready = |result: Result| result.map(|()| Thing::Ready);
        match self {
            Self::CargoDeny => tools::cargo_deny().map(Thing::File),
            Self::Chromium => chromium::ensure().map(Thing::File),
            Self::Java => there(java::missing()),
            Self::Node => there(node::missing()),
            Self::Python => python::default().map(Thing::Python),
            Self::Swift => swift_toolchain::find().map(Thing::Swift),
            Self::Typos => tools::typos().map(Thing::File),
            Self::Ndk => there(android::missing()),
            Self::Xcode => there(swift::missing()),
            Self::RustComponent(name) => ready(toolchain::ensure_component(name)),
            Self::RustTarget(name) => ready(toolchain::ensure_target(name)),
            Self::RustToolchain(name) => ready(toolchain::ensure_toolchain(name)),
            Self::NpmPackages(folder) => ready(node::ensure_packages(folder)),
            Self::PythonPackages(list) => python::venv(given.python()?, list).map(Thing::Venv),
            Self::Sandbox => sandbox::build().map(Thing::File),
            Self::Probe => probe::build().map(Thing::File),
            Self::NpmPackage => npm::pack().map(Thing::File),
            Self::NpmProject(folder) => ready(npm::put_into(folder, given.file(Self::NpmPackage)?)),
            Self::Page => ready(demo_web::build_page()),
            Self::Wheel => {
                let tools = given.venv(Self::PythonPackages(python::BUILD))?;
                python::pack(given.python()?, tools).map(Thing::Packed)
            }
            Self::Venv(list) => {
                let venv = given.venv(Self::PythonPackages(list))?;
                venv.install(&given.packed()?.wheel)?;
                Ok(Thing::Venv(venv.clone()))
            }
            Self::KotlinLibrary => {
                let tools = self.needs().first().map(|tools| given.venv(*tools)).transpose()?;
                kotlin::library(tools).map(Thing::File)
            }
            Self::Jar => kotlin::pack().map(Thing::File),
            Self::SwiftLibrary => ready(swift::library()),
        }
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
