//! The Kotlin tests: of the module as it is, then of the packed jar in projects of other people's kind.

use super::Extent;
use crate::error::Result;
use crate::steps::{Done, Steps};
use crate::{android, java, kotlin, node, paths, run, sandbox};

pub(super) fn steps(steps: &mut Steps, extent: Extent) {
    if let Some(missing) = java::missing() {
        steps.step("Kotlin", "the jar and its tests", || node::skipped(missing));
        return;
    }
    let built = steps.step("mobile library", "what the tests load is what would be published", || {
        kotlin::library().map(|_| Done::Ran)
    });
    // Without it there is nothing to test, or worse: an older one.
    if !built {
        return;
    }
    steps.step("generated Kotlin", "the committed file is what the library says of itself", || {
        kotlin::check_generated().map(|()| Done::Ran)
    });
    steps.step(
        "Android targets",
        "the library compiles for every kind of phone; linking it needs an NDK",
        || android::check().map(|()| Done::Ran),
    );
    let sandbox = steps.step("sandbox", "the service that scenarios and examples talk to", || {
        sandbox::build(&["--quiet", "-p", "enrollkit-sandbox"]).map(|()| Done::Ran)
    });
    if !sandbox {
        return;
    }
    let tested = steps.step(
        "mvn package",
        "vectors, scenarios, hostile input, the README, a Java caller; then the jar",
        || {
            let mut package = java::mvn(&kotlin::folder());
            package.arg("package").arg(format!("-Dslow={}", extent == Extent::Full));
            run_with_sandbox(package)?;
            kotlin::copy_to_dist().map(|_| Done::Ran)
        },
    );
    if !tested {
        return;
    }
    steps.step("install", "the jar goes where Maven finds it, for the two projects below", || {
        let name = paths::root().join("dist").join(format!("enrollkit-{}", kotlin::VERSION));
        let mut install = java::mvn(&kotlin::folder());
        // As `mvn install` would, of the files that a registry would get.
        install.arg("org.apache.maven.plugins:maven-install-plugin:3.1.4:install-file");
        install
            .arg(format!("-Dfile={}.jar", name.display()))
            .arg(format!("-DpomFile={}.pom", name.display()));
        run::run(&mut install).map(|()| Done::Ran)
    });
    steps.step(
        "examples/kotlin",
        "a fresh Kotlin project on the jar: an enrollment through a back end, over HTTP",
        || {
            let folder = paths::root().join("examples/kotlin");
            run_with_sandbox({
                let mut package = java::mvn(&folder);
                package.arg("package");
                package
            })?;
            Ok(Done::Ran)
        },
    );
    steps.step("acceptance/java", "a fresh Java project on the jar", || {
        let folder = kotlin::folder().join("acceptance/java");
        run::run(java::mvn(&folder).arg("test")).map(|()| Done::Ran)
    });
}

fn run_with_sandbox(mut command: std::process::Command) -> Result {
    run::run(command.env("ENROLLKIT_SANDBOX", sandbox::program()?))
}
