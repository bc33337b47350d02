//! Java and Maven: whether they are there, and how Maven is called.

use std::path::Path;
use std::process::Command;

use crate::run;

/// What is missing, and how to get it; `None` when nothing is.
pub(crate) fn missing() -> Option<String> {
    let get = "install a JDK, 17 or newer, and Maven: from your package manager (`apt-get install maven` brings both)";
    for (program, argument) in [("javac", "-version"), ("mvn", "--version")] {
        if !run::works(run::command(program).arg(argument)) {
            return Some(format!("no `{program}` that runs: {get}"));
        }
    }
    None
}

/// Maven on the project of a folder, saying only what goes wrong.
pub(crate) fn mvn(folder: &Path) -> Command {
    let mut mvn = run::command(if cfg!(windows) { "mvn.cmd" } else { "mvn" });
    mvn.args(["-q", "-B", "-ntp"]);
    // Kotlin's compiler is kept warm for the next project, and ends soon after the last one: by default it would stay for half an hour.
    mvn.arg("-Dkotlin.compiler.daemon.shutdownDelayMs=60000");
    // It ends before what the second compiler makes of it pays: a compilation takes half the time without.
    let options = std::env::var("MAVEN_OPTS").unwrap_or_default();
    mvn.env("MAVEN_OPTS", format!("{options} -XX:TieredStopAtLevel=1").trim());
    mvn.arg("-f").arg(folder.join("pom.xml"));
    mvn
}
