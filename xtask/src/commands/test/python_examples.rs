//! The Python examples: their own checks and tests, with the wheel that would be published. A further one is a row here.

use std::process::Command;

use crate::run::error::Result;
use crate::run::{self, paths};
use crate::steps::{Done, Given, Need, Step};
use crate::tools::python::Venv;

/// What is installed for each, named from `bindings-python`.
const BULK: Need = Need::Venv("../examples/bulk/requirements-check.txt");
const WEB: Need = Need::Venv("../examples/python-web/requirements-check.txt");

pub(super) const STEPS: &[Step] = &[
    Step::new(
        "examples/bulk",
        "a script and a bulk run over HTTP, which is killed again and again",
        &[BULK, Need::Sandbox],
        |given| example(given, BULK, &[("examples/python", "."), ("examples/bulk", ".:tests")]),
    ),
    Step::new(
        "examples/python-web",
        "FastAPI, Flask and Django under their real servers: webhooks and a relay",
        &[WEB, Need::Sandbox],
        |given| example(given, WEB, &[("examples/python-web", ".:tests")]),
    ),
];

/// Checks and tests in each folder, with what else mypy finds there.
fn example(given: &Given<'_>, venv: Need, folders: &[(&str, &str)]) -> Result<Done> {
    let venv = given.venv(venv)?;
    for (folder, mypy_path) in folders {
        check(venv, folder, mypy_path)?;
        let mut pytest = venv.python(&["-m", "pytest", "-q", "-p", "no:cacheprovider"]);
        run::run(given.tell(&mut pytest).current_dir(paths::root().join(folder)))?;
    }
    Ok(Done::Ran)
}

fn check(venv: &Venv, folder: &str, mypy_path: &str) -> Result {
    // The script has no settings of its own.
    let settings = if folder == "examples/python" { "examples/bulk" } else { folder };
    let settings = paths::root().join(settings).join("pyproject.toml");
    let at = |mut command: Command| {
        run::run(command.current_dir(paths::root().join(folder)).env("MYPYPATH", mypy_path))
    };
    for args in [&["check"][..], &["format", "--check"][..]] {
        let mut ruff = venv.program("ruff");
        ruff.args(args).arg("--no-cache").arg("--config").arg(&settings).arg(".");
        at(ruff)?;
    }
    let mut mypy = venv.python(&["-m", "mypy", "--strict", "."]);
    // Of its own: another mypy may be running.
    mypy.env("MYPY_CACHE_DIR", run::target_dir()?.join("python/mypy").join(folder));
    at(mypy)
}
