//! `cargo xtask bench`: what calls cost beside what else people use, as ratios of one run, in every language or in those named. What
//! is measured beside is installed from its registry.

use crate::bring;
use crate::languages::kotlin;
use crate::run;
use crate::run::error::{Error, Result};
use crate::steps::{Extent, Given, Need};
use crate::tools::{java, node};

struct Bench {
    language: &'static str,
    needs: &'static [Need],
    /// What only a part of it needs: without, that part is left out.
    wants: &'static [Need],
    run: fn(&Given<'_>) -> Result,
}

const NPM: &str = "bindings-wasm/npm/bench";
const PYTHON: Need = Need::Venv("bench/requirements.txt");

/// Kotlin's is a program among the tests' sources. In a JVM of its own: Maven's has its code compiled otherwise.
const KOTLIN: [&str; 5] = [
    "test-compile",
    "org.codehaus.mojo:exec-maven-plugin:3.5.0:exec",
    "-Dexec.classpathScope=test",
    "-Dexec.executable=java",
    "-Dexec.args=-cp %classpath org.enrollkit.bench.BenchKt",
];

/// One row for each language.
const BENCHES: &[Bench] = &[
    Bench { language: "rust", needs: &[], wants: &[], run: |_| run::run(&mut core()) },
    Bench {
        language: "js",
        needs: &[Need::NpmPackage, Need::NpmPackages(NPM)],
        wants: &[Need::Chromium],
        run: |given| {
            let mut bench = node::node();
            run::run(given.tell(&mut bench).arg(format!("{NPM}/bench.mjs")))
        },
    },
    Bench {
        language: "python",
        needs: &[PYTHON],
        wants: &[],
        run: |given| run::run(given.venv(PYTHON)?.python(&["bench/bench.py"]).arg(&given.packed()?.wheel)),
    },
    Bench {
        language: "kotlin",
        needs: &[Need::Jar],
        wants: &[],
        run: |_| run::run(java::mvn(&kotlin::folder()).args(KOTLIN)),
    },
    Bench {
        language: "swift",
        needs: &[Need::Swift, Need::SwiftLibrary],
        wants: &[],
        run: |given| {
            let mut bench = given.swift()?.swift("run", "bindings-mobile/swift", false)?;
            run::run(bench.args(["-c", "release", "enrollkit-bench"]))
        },
    },
];

pub(crate) fn main(args: &[String]) -> Result {
    let unknown = args.iter().find(|arg| !BENCHES.iter().any(|bench| bench.language == **arg));
    if let Some(unknown) = unknown {
        return Err(Error::Usage(format!("no benchmark of `{unknown}`; there are: {}", known())));
    }
    let needs = bring::needs(Extent::Usual);
    let chosen =
        BENCHES.iter().filter(|bench| args.is_empty() || args.iter().any(|arg| arg == bench.language));
    let mut failed = Vec::new();
    // One after the other: beside each other they would measure each other.
    for bench in chosen {
        println!("\n== {}", bench.language);
        let ran = needs.bring(bench.needs).and_then(|given| given.with_wanted(bench.wants, false));
        if let Err(error) = ran.and_then(|given| (bench.run)(&given)) {
            failed.push(format!("{}: {}", bench.language, error.text()));
        }
    }
    if failed.is_empty() { Ok(()) } else { Err(Error::Failed(failed.join("\n"))) }
}

fn core() -> std::process::Command {
    run::cargo(&["bench", "--quiet", "--locked", "-p", "enrollkit-benches", "--bench", "cost"])
}

fn known() -> String {
    BENCHES.iter().map(|bench| bench.language).collect::<Vec<_>>().join(", ")
}
