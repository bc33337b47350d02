//! The Python examples: their own checks and tests, with the wheel that would be published.

use crate::error::Result;
use crate::python::{self, Packed, Python, Venv};
use crate::steps::{Done, Steps};
use crate::{paths, run, sandbox};

struct Example {
    name: &'static str,
    shows: &'static str,
    /// What is installed, a path from `bindings-python`.
    requirements: &'static str,
    /// What is checked and tested, each in its folder, with what else mypy finds there.
    folders: &'static [(&'static str, &'static str)],
    /// Python 3's minor version that its own dependencies want.
    oldest: u32,
}

const EXAMPLES: &[Example] = &[
    Example {
        name: "examples/bulk",
        shows: "a script and a bulk run over HTTP, which is killed again and again",
        requirements: "../examples/bulk/requirements-check.txt",
        folders: &[("examples/python", "."), ("examples/bulk", ".:tests")],
        oldest: 10,
    },
    Example {
        name: "examples/python-web",
        shows: "FastAPI, Flask and Django under their real servers: webhooks and a relay",
        requirements: "../examples/python-web/requirements-check.txt",
        folders: &[("examples/python-web", ".:tests")],
        oldest: 11,
    },
];

pub(super) fn steps(steps: &mut Steps, python: &Python, packed: &Packed) {
    for example in EXAMPLES {
        steps.step(example.name, example.shows, || {
            if python.minor < example.oldest {
                return Ok(Done::Skipped(format!(
                    "its dependencies want Python 3.{}, this is {}",
                    example.oldest,
                    python.version()
                )));
            }
            run(example, python, packed).map(|()| Done::Ran)
        });
    }
}

fn run(example: &Example, python: &Python, packed: &Packed) -> Result {
    let name = example.name.replace('/', "-");
    let venv = python::venv(&name, python, example.requirements)?;
    venv.install(&packed.wheel)?;
    sandbox::build(&["--quiet", "-p", "enrollkit-sandbox"])?;
    for (folder, mypy_path) in example.folders {
        check(&venv, folder, mypy_path)?;
        let mut pytest = venv.python(&["-m", "pytest", "-q", "-p", "no:cacheprovider"]);
        pytest.current_dir(paths::root().join(folder)).env("ENROLLKIT_SANDBOX", sandbox::program()?);
        run::run(&mut pytest)?;
    }
    Ok(())
}

fn check(venv: &Venv, folder: &str, mypy_path: &str) -> Result {
    // The script has no settings of its own.
    let settings = if folder == "examples/python" { "examples/bulk" } else { folder };
    let settings = paths::root().join(settings).join("pyproject.toml");
    let at = |mut command: std::process::Command| {
        run::run(command.current_dir(paths::root().join(folder)).env("MYPYPATH", mypy_path))
    };
    for args in [&["check"][..], &["format", "--check"][..]] {
        let mut ruff = venv.program("ruff");
        ruff.args(args).arg("--no-cache").arg("--config").arg(&settings).arg(".");
        at(ruff)?;
    }
    let mut mypy = venv.python(&["-m", "mypy", "--strict", "."]);
    mypy.env("MYPY_CACHE_DIR", paths::target_dir()?.join("python/mypy"));
    at(mypy)
}
