//! How what a step or a command needs is brought.

use crate::languages::{android, kotlin, npm, probe, swift, wheel};
use crate::run::error::{Error, Result};
use crate::sandbox;
use crate::steps::{Extent, Given, Need, Needs, Thing};
use crate::tools::{chromium, java, node, programs, python, swift_toolchain, toolchain, valgrind};

/// What a command can ask for.
pub(crate) fn needs(extent: Extent) -> Needs {
    Needs::new(extent, bring)
}

/// Brings one; all that it needs is there.
fn bring(need: Need, given: &Given<'_>) -> Result<Thing> {
    let there = |missing: Option<String>| missing.map_or(Ok(Thing::Ready), |text| Err(Error::Missing(text)));
    let ready = |result: Result| result.map(|()| Thing::Ready);
    match need {
        Need::CargoDeny => programs::cargo_deny().map(Thing::File),
        Need::Chromium => chromium::ensure().map(Thing::File),
        Need::Java => there(java::missing()),
        Need::Node => there(node::missing()),
        Need::Python => python::default().map(Thing::Python),
        Need::Swift => swift_toolchain::find().map(Thing::Swift),
        Need::Typos => programs::typos().map(Thing::File),
        Need::Valgrind => there(valgrind::missing()),
        Need::Ndk => there(android::missing()),
        Need::Xcode => there(swift::missing()),
        Need::RustComponent(name) => ready(toolchain::ensure_component(name)),
        Need::RustTarget(name) => ready(toolchain::ensure_target(name)),
        Need::RustToolchain(name) => ready(toolchain::ensure_toolchain(name)),
        Need::NpmPackages(folder) => ready(node::ensure_packages(folder)),
        Need::PythonPackages(list) => python::venv(given.python()?, list).map(Thing::Venv),
        Need::Sandbox => sandbox::build().map(Thing::File),
        Need::Probe => probe::build().map(Thing::File),
        Need::NpmPackage => npm::pack().map(Thing::File),
        Need::NpmProject(folder) => ready(npm::put_into(folder, given.file(Need::NpmPackage)?)),
        Need::Page => ready(npm::build_page()),
        Need::Wheel => {
            let tools = given.venv(Need::PythonPackages(python::WHEEL_TOOLS))?;
            wheel::pack(given.python()?, tools).map(Thing::Packed)
        }
        Need::Venv(list) => {
            let venv = given.venv(Need::PythonPackages(list))?;
            venv.install(&given.packed()?.wheel)?;
            Ok(Thing::Venv(venv.clone()))
        }
        Need::KotlinLibrary => {
            let tools = need.needs().first().map(|tools| given.venv(*tools)).transpose()?;
            kotlin::library(tools).map(Thing::File)
        }
        Need::Jar => kotlin::pack().map(Thing::File),
        Need::SwiftLibrary => ready(swift::library(given.extent())),
    }
}
