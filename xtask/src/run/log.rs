//! Where what is said on standard output goes: there; or, where steps run beside each other, into the log of the step.

use std::cell::RefCell;
use std::fmt;
use std::fs::File;
use std::io::{self, Write};
use std::path::Path;
use std::process::Command;

use super::error::{Result, failed};

thread_local! {
    static LOG: RefCell<Option<File>> = const { RefCell::new(None) };
}

/// Like `println!`.
macro_rules! say {
    ($($text:tt)*) => { $crate::run::log::say(format_args!($($text)*)) };
}

pub(crate) fn say(text: fmt::Arguments<'_>) {
    LOG.with_borrow_mut(|log| match log {
        // A log that can't be written is no reason to stop what it is about.
        Some(log) => drop(writeln!(log, "{text}")),
        None => println!("{text}"),
    });
}

/// What this thread says and runs meanwhile goes into a file; at the end, the file goes to standard output in one piece.
pub(crate) fn kept<T>(file: &Path, work: impl FnOnce() -> T) -> Result<T> {
    let unable = || failed(format!("can't write {}", file.display()));
    let log = File::create(file).map_err(unable())?;
    LOG.set(Some(log));
    let result = work();
    LOG.set(None);
    let mut said = File::open(file).map_err(unable())?;
    io::copy(&mut said, &mut io::stdout().lock()).map_err(unable())?;
    Ok(result)
}

/// The end of a log, each line set in; nothing where there is none.
pub(crate) fn last_lines(file: &Path, count: usize) -> String {
    let said = std::fs::read(file).unwrap_or_default();
    let said = String::from_utf8_lossy(&said);
    let lines: Vec<&str> = said.lines().filter(|line| !line.trim().is_empty()).collect();
    let last = &lines[lines.len().saturating_sub(count)..];
    last.iter().flat_map(|line| ["\n    | ", line]).collect()
}

/// Lets a program write where this thread does.
pub(crate) fn redirect(command: &mut Command) -> Result {
    LOG.with_borrow(|log| {
        let Some(log) = log else { return Ok(()) };
        let again = || log.try_clone().map_err(failed("can't open a log twice"));
        command.stdout(again()?).stderr(again()?);
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run;

    #[test]
    fn what_is_said_and_run_meanwhile_is_in_the_file() {
        let file = std::env::temp_dir().join(format!("enrollkit-xtask-log-{}", std::process::id()));
        let kept = kept(&file, || {
            say!("{} line", "one");
            run::run(&mut run::cargo(&["--no-such-option"]))
        });
        let said = std::fs::read_to_string(&file).expect("the log");
        let last = last_lines(&file, 1);
        std::fs::remove_file(&file).expect("the log");
        assert!(kept.expect("a log").is_err());
        assert!(said.starts_with("one line\n") && said.contains("--no-such-option"), "{said}");
        assert_eq!(last, format!("\n    | {}", said.trim_end().lines().last().expect("a line")));
    }
}
