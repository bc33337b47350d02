//! The Kotlin tests: of the module as it is, then of the packed jar in projects of other people's kind. A further project is a
//! row here.

use crate::error::Result;
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
    Step::new("acceptance/java", "a fresh Java project on the jar", &[Need::Jar, Need::Sandbox], |given| {
        project(given, "bindings-mobile/kotlin/acceptance/java", "test")
    }),
];

/// Maven's phase, on the project of a folder.
fn project(given: &Given<'_>, folder: &str, phase: &str) -> Result<Done> {
    let mut mvn = java::mvn(&paths::root().join(folder));
    run::run(given.tell(mvn.arg(phase))).map(|()| Done::Ran)
}
