//! The Python tests: of the wheel that would be published, with every Python that is here.

use std::process::Command;

use crate::commands::costs;
use crate::run;
use crate::run::error::Result;
use crate::steps::{Done, Extent, Given, Need, Step};
use crate::tools::python;

/// What the tests and checks need, pinned.
const ALL: Need = Need::Venv("requirements/all.txt");
/// What the tests need that run with every Python.
const CORE: &str = "requirements/core.txt";

/// The installed package, against its own stubs.
const STUBTEST: &[&str] =
    &["enrollkit", "--allowlist", "stubtest-allowlist.txt", "--ignore-unused-allowlist"];

pub(super) const STEPS: &[Step] = &[
    Step::new("Python style", "ruff", &[ALL], style),
    Step::new("Python types", "mypy and pyright, strict; the stubs are what the library has", &[ALL], types),
    Step::new("pytest", "all tests, with the default Python", &[ALL, Need::Sandbox], |given| {
        let mut pytest = given.venv(ALL)?.python(&["-m", "pytest"]);
        if given.extent() == Extent::Full {
            pytest.env("ENROLLKIT_FULL", "1");
        }
        run::run(given.tell(&mut pytest)).map(|()| Done::Ran)
    }),
    costs::WHEEL_STEP,
    costs::PYTHON_STEP,
    Step::new("sdist", "what pip builds from source is the same package", &[ALL], |given| {
        let out = run::target_dir()?.join("python/from-sdist");
        let mut pip = given.venv(ALL)?.python(&["-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir"]);
        run::run(pip.arg(&out).arg(&given.packed()?.sdist)).map(|()| Done::Ran)
    })
    .full(),
];

/// The longest of them.
pub(super) const OTHERS: &[Step] = &[Step::new(
    "other Pythons",
    "the same wheel with the oldest other Python that is here; --full: with every other",
    &[Need::Wheel, Need::Sandbox],
    other_pythons,
)];

fn style(given: &Given<'_>) -> Result<Done> {
    for args in [&["check"][..], &["format", "--check"]] {
        run::run(given.venv(ALL)?.program("ruff").args(args).args(["--no-cache", "."]))?;
    }
    Ok(Done::Ran)
}

fn types(given: &Given<'_>) -> Result<Done> {
    let all = given.venv(ALL)?;
    let cache = run::target_dir()?.join("python/mypy");
    let cached = |command: &mut Command| {
        command.env("MYPY_CACHE_DIR", &cache);
        run::run(command)
    };
    cached(&mut all.program("mypy"))?;
    cached(all.program("stubtest").env("MYPYPATH", "python").args(STUBTEST))?;
    let mut pyright = all.program("pyright");
    pyright.env("PYRIGHT_PYTHON_IGNORE_WARNINGS", "1");
    // It would look at the packages of the Python on the path.
    pyright.arg("--pythonpath").arg(all.python(&[]).get_program());
    run::run(&mut pyright).map(|()| Done::Ran)
}

fn other_pythons(given: &Given<'_>) -> Result<Done> {
    let default = given.python()?;
    // The oldest come first.
    let mut others: Vec<_> = python::all().into_iter().filter(|one| one.minor != default.minor).collect();
    if given.extent() == Extent::Usual {
        others.truncate(1);
    }
    if others.is_empty() {
        return Ok(Done::Skipped(format!("there is only {}", default.version())));
    }
    for other in others {
        eprintln!("    Python {}", other.version());
        let venv = python::venv(&other, CORE)?;
        venv.install(&given.packed()?.wheel)?;
        let mut pytest = venv.python(&["-m", "pytest", "-m", "not slow"]);
        run::run(given.tell(&mut pytest))?;
    }
    Ok(Done::Ran)
}
