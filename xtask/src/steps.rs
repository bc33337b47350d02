//! A command of several steps: each says what it does and why, all of them run, and the end says how they went.
//!
//! Everything here goes to standard error, so that standard output is that of the programs which are run.

use std::process::Command;
use std::time::{Duration, Instant};

use crate::error::{Error, Result};
use crate::run;

/// How a step that didn't fail went.
pub(crate) enum Done {
    Ran,
    /// With the reason.
    Skipped(String),
}

#[derive(Default)]
pub(crate) struct Steps {
    ends: Vec<End>,
}

struct End {
    name: &'static str,
    took: Duration,
    result: Result<Done>,
}

impl Steps {
    /// Runs a program as a step; gives whether it succeeded.
    pub(crate) fn run(&mut self, name: &'static str, why: &str, command: &mut Command) -> bool {
        self.step(name, why, || run::run(command).map(|()| Done::Ran))
    }

    /// A step of our own; gives whether it succeeded. A failure doesn't end the run: one run shows all that is wrong.
    pub(crate) fn step(
        &mut self,
        name: &'static str,
        why: &str,
        work: impl FnOnce() -> Result<Done>,
    ) -> bool {
        eprintln!("==> {name}: {why}");
        let start = Instant::now();
        let result = work();
        if let Err(Error::Failed(text) | Error::Usage(text)) = &result {
            eprintln!("{name} FAILED: {text}");
        }
        self.ends.push(End { name, took: start.elapsed(), result });
        self.ends.last().is_some_and(|end| end.result.is_ok())
    }

    /// The times, what was skipped, and what failed with the command that repeats it.
    pub(crate) fn finish(self) -> Result {
        eprintln!("==> times");
        for End { name, took, result } in &self.ends {
            let seconds = took.as_secs_f64();
            match result {
                Ok(Done::Ran) => eprintln!("{seconds:>7.1} s  {name}"),
                Ok(Done::Skipped(reason)) => eprintln!("{seconds:>7.1} s  {name}: SKIPPED, {reason}"),
                Err(_) => eprintln!("{seconds:>7.1} s  {name}: FAILED"),
            }
        }
        let failures: Vec<String> = self
            .ends
            .into_iter()
            .filter_map(|End { name, result, .. }| match result {
                Err(Error::Failed(text) | Error::Usage(text)) => Some(format!("\n  {name}: {text}")),
                Ok(_) => None,
            })
            .collect();
        if failures.is_empty() {
            return Ok(());
        }
        Err(Error::Failed(format!("{} failed:{}", failures.len(), failures.concat())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_lets_the_others_run_and_fails_the_whole() {
        let mut steps = Steps::default();
        assert!(!steps.step("first", "to fail", || Err("broken".to_owned().into())));
        assert!(steps.step("second", "to run", || Ok(Done::Ran)));
        let Err(Error::Failed(text)) = steps.finish() else { panic!("a failure was forgotten") };
        assert_eq!(text, "1 failed:\n  first: broken");
    }

    #[test]
    fn what_was_skipped_is_no_failure() {
        let mut steps = Steps::default();
        assert!(steps.step("only", "to be skipped", || Ok(Done::Skipped("not here".into()))));
        assert!(steps.finish().is_ok());
    }
}
