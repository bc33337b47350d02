//! The Python tests: of the wheel that would be published, with every Python that is here.

use std::path::PathBuf;

use super::{Extent, python_examples};
use crate::error::{Error, Result};
use crate::steps::{Done, Steps};
use crate::{node, paths, python, run, sandbox};

/// The installed package, against its own stubs.
const STUBTEST: &[&str] =
    &["enrollkit", "--allowlist", "stubtest-allowlist.txt", "--ignore-unused-allowlist"];

pub(super) fn steps(steps: &mut Steps, extent: Extent) {
    let default = match python::default() {
        Ok(default) => default,
        Err(Error::Failed(reason) | Error::Usage(reason)) => {
            steps.step("Python", "the wheel and its tests", || node::skipped(reason));
            return;
        }
    };
    let mut packed = None;
    steps.step("wheel", "what the tests test is what would be published", || {
        packed = Some(python::package()?);
        Ok(Done::Ran)
    });
    // Without it there is nothing to test.
    let Some(packed) = packed else { return };
    let mut all = None;
    steps.step("Python packages", "what the tests and checks need, pinned", || {
        let venv = python::venv("all", &default, "requirements/all.txt")?;
        venv.install(&packed.wheel)?;
        all = Some(venv);
        Ok(Done::Ran)
    });
    let Some(all) = all else { return };
    steps.step("Python style", "ruff", || {
        run::run(all.program("ruff").args(["check", "--no-cache", "."]))?;
        run::run(all.program("ruff").args(["format", "--no-cache", "--check", "."])).map(|()| Done::Ran)
    });
    steps.step("Python types", "mypy and pyright, strict; the stubs are what the library has", || {
        let cache = paths::target_dir()?.join("python/mypy");
        let cached = |command: &mut std::process::Command| {
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
    });
    let sandbox = || -> Result<PathBuf> {
        sandbox::build(&["--quiet", "-p", "enrollkit-sandbox"])?;
        sandbox::program()
    };
    steps.step("pytest", "all tests, with the default Python", || {
        let mut pytest = all.python(&["-m", "pytest"]);
        pytest.env("ENROLLKIT_SANDBOX", sandbox()?);
        if extent == Extent::Full {
            pytest.env("ENROLLKIT_FULL", "1");
        }
        run::run(&mut pytest).map(|()| Done::Ran)
    });
    steps.step("other Pythons", "the same wheel with every other Python that is here", || {
        let others: Vec<_> = python::all().into_iter().filter(|one| one.minor != default.minor).collect();
        if others.is_empty() {
            return Ok(Done::Skipped(format!("there is only {}", default.version())));
        }
        let sandbox = sandbox()?;
        for other in others {
            eprintln!("    Python {}", other.version());
            let venv = python::venv("core", &other, "requirements/core.txt")?;
            venv.install(&packed.wheel)?;
            let mut pytest = venv.python(&["-m", "pytest", "-m", "not slow"]);
            run::run(pytest.env("ENROLLKIT_SANDBOX", &sandbox))?;
        }
        Ok(Done::Ran)
    });
    python_examples::steps(steps, &default, &packed);
    if extent == Extent::Full {
        steps.step("sdist", "what pip builds from source is the same package", || {
            let out = paths::target_dir()?.join("python/from-sdist");
            let mut pip = all.python(&["-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir"]);
            run::run(pip.arg(&out).arg(&packed.sdist)).map(|()| Done::Ran)
        });
    }
}
