//! The Kotlin tests: of the module as it is, then of the packed jar in projects of other people's kind. A further project is a
//! folder in `bindings-mobile/kotlin/acceptance`.

use std::fs;

use crate::error::{Error, Result, failed};
use crate::need::Need;
use crate::needs::Given;
use crate::steps::{Done, Extent, Step};
use crate::{android, java, kotlin, paths, run};

pub(super) const STEPS: &[Step] = &[
    Step::new(
        "Android targets",
        "the library compiles for every kind of phone; linking it needs an NDK",
        android::TARGETS,
        |_| android::check().map(|()| Done::Ran),
    ),
    Step::new(
        "Kotlin tests",
        "vectors, scenarios, hostile input, the README, a Java caller",
        &[Need::Jar, Need::Sandbox],
        |given| {
            // Compiled with the jar.
            let mut test = java::mvn(&kotlin::folder());
            test.arg("surefire:test").arg(format!("-Dslow={}", given.extent() == Extent::Full));
            run::run(given.tell(&mut test)).map(|()| Done::Ran)
        },
    ),
    Step::new(
        "examples/kotlin",
        "a fresh Kotlin project on the jar: an enrollment through a back end, over HTTP",
        &[Need::Jar, Need::Sandbox],
        |given| project(given, "examples/kotlin", "package"),
    ),
    Step::new(
        "Kotlin acceptance",
        "the jar in a fresh project for each folder of bindings-mobile/kotlin/acceptance",
        &[Need::Jar, Need::Sandbox],
        acceptance,
    ),
];

/// Every folder that has a project; a failure of one hides no other.
fn acceptance(given: &Given<'_>) -> Result<Done> {
    let mut failures = Vec::new();
    for folder in projects()? {
        eprintln!("    {folder}");
        if let Err(error) = project(given, &folder, "test") {
            failures.push(error.text().to_owned());
        }
    }
    if failures.is_empty() { Ok(Done::Ran) } else { Err(Error::Failed(failures.join("\n  "))) }
}

fn projects() -> Result<Vec<String>> {
    const FOLDER: &str = "bindings-mobile/kotlin/acceptance";
    let entries = fs::read_dir(paths::root().join(FOLDER)).map_err(failed(format!("can't read {FOLDER}")))?;
    let folders = entries.flatten().filter(|entry| entry.path().join("pom.xml").is_file());
    let mut folders: Vec<String> =
        folders.map(|entry| format!("{FOLDER}/{}", entry.file_name().to_string_lossy())).collect();
    folders.sort();
    Ok(folders)
}

/// Maven's phase, on the project of a folder.
fn project(given: &Given<'_>, folder: &str, phase: &str) -> Result<Done> {
    let mut mvn = java::mvn(&paths::root().join(folder));
    run::run(given.tell(mvn.arg(phase))).map(|()| Done::Ran)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_projects_are_found() {
        let projects = super::projects().expect("the folder");
        assert!(projects.contains(&"bindings-mobile/kotlin/acceptance/java".to_owned()), "{projects:?}");
    }
}
