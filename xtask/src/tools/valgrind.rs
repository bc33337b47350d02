//! Valgrind, which counts instructions.

use std::process::Command;

use crate::run;
use crate::run::error::{Error, Result, failed};

/// What is missing, and how to get it; `None` when nothing is.
pub(crate) fn missing() -> Option<String> {
    let works = run::works(run::command("valgrind").arg("--version"));
    (!works).then(|| {
        "no `valgrind`: install it from your package manager (`apt-get install valgrind`)".to_owned()
    })
}

/// How many instructions a program takes from its start to its end.
pub(crate) fn instructions(program: &Command) -> Result<u64> {
    let mut valgrind = run::command("valgrind");
    valgrind.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]);
    valgrind.arg(program.get_program()).args(program.get_args());
    valgrind.envs(program.get_envs().filter_map(|(name, value)| Some((name, value?))));
    if let Some(folder) = program.get_current_dir() {
        valgrind.current_dir(folder);
    }
    let output = valgrind.output().map_err(failed("valgrind"))?;
    let said = String::from_utf8_lossy(&output.stderr);
    let collected = said.lines().find_map(|line| line.split_once("Collected : ")?.1.trim().parse().ok());
    match collected {
        Some(count) if output.status.success() => Ok(count),
        _ => Err(Error::Failed(format!(
            "{}; to repeat it: {}\n{}",
            output.status,
            run::show(&valgrind),
            said.trim_end()
        ))),
    }
}
