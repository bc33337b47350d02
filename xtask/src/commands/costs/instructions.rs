//! How many instructions a call takes: two runs with different numbers of calls, so that nothing of a program's start is in it.

use std::process::Command;

use super::Costs;
use crate::run;
use crate::run::error::{Error, Result};
use crate::tools::python::Venv;
use crate::tools::valgrind;

/// Calls before those that are counted: memory has been had, and what is made once was made.
const BEFORE: u32 = 200;
const COUNTED: u32 = 1000;

/// The paths of `tests/benches/paths.rs`.
pub(super) fn rust() -> Result<Costs> {
    let build = ["build", "--quiet", "--locked", "--release", "-p", "enrollkit-benches", "--bin", "counted"];
    run::run(&mut run::cargo(&build))?;
    let program = run::target_dir()?.join("release").join(crate::run::paths::program("counted"));
    of_each("core", || run::command(&program))
}

/// Those of `bindings-python/bench/counted.py`.
pub(super) fn python(venv: &Venv) -> Result<Costs> {
    of_each("Python", || {
        let mut python = venv.python(&["-I", "bench/counted.py"]);
        // A set's order, and so what looking into it takes, would be another each time.
        python.env("PYTHONHASHSEED", "0");
        python
    })
}

/// The program lists its paths, and walks the one it is told as often as it is told.
fn of_each(language: &str, program: impl Fn() -> Command) -> Result<Costs> {
    let names = run::output(&mut program())?;
    let counts = names.lines().map(|name| {
        let total = |calls: u32| valgrind::instructions(program().args([name, &calls.to_string()]));
        let (start, all) = (total(BEFORE)?, total(BEFORE + COUNTED)?);
        Ok((format!("{language}: {name}, instructions"), all.saturating_sub(start) / u64::from(COUNTED)))
    });
    let counts: Costs = counts.collect::<Result<_>>()?;
    if counts.is_empty() || counts.values().any(|count| *count == 0) {
        return Err(Error::Failed(format!("nothing was counted: {counts:?}")));
    }
    Ok(counts)
}
