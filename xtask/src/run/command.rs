//! Running other programs, and showing how to run them again by hand.

use std::ffi::OsStr;
use std::process::{Command, Stdio};

use super::error::{Error, Result, failed};
use super::{log, paths};

/// A program, started in the workspace's folder. Without standard input: nothing here may stop to ask.
pub(crate) fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(paths::root()).stdin(Stdio::null());
    command
}

/// Runs with the output going where ours goes. The error says how to repeat it.
pub(crate) fn run(command: &mut Command) -> Result {
    log::redirect(command)?;
    let status = command.status().map_err(failed(format!("can't start `{}`", show(command))))?;
    if status.success() {
        return Ok(());
    }
    Err(Error::Failed(format!("{status}; to repeat it: {}", show(command))))
}

/// Runs and gives the standard output; the error holds what the program said.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let output = command.output().map_err(failed(format!("can't start `{}`", show(command))))?;
    if output.status.success() {
        return String::from_utf8(output.stdout).map_err(failed(format!("output of `{}`", show(command))));
    }
    Err(Error::Failed(format!(
        "{}; to repeat it: {}\n{}",
        output.status,
        show(command),
        String::from_utf8_lossy(&output.stderr).trim_end()
    )))
}

/// Whether it can be started and succeeds; its output is of no interest.
pub(crate) fn works(command: &mut Command) -> bool {
    command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

/// The command as one would type it in the workspace's folder.
pub(crate) fn show(command: &Command) -> String {
    let mut words: Vec<String> = Vec::new();
    for (name, value) in command.get_envs() {
        // What is only removed from the environment matters to us, and seldom to whoever repeats the command.
        if let Some(value) = value {
            words.push(format!("{}={}", name.to_string_lossy(), quoted(value)));
        }
    }
    words.push(quoted(command.get_program()));
    words.extend(command.get_args().map(quoted));
    words.join(" ")
}

fn quoted(word: &OsStr) -> String {
    let word = word.to_string_lossy();
    let plain = |c: char| c.is_alphanumeric() || "-_./=+:,@%".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        return word.into_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::cargo;

    #[test]
    fn a_command_is_shown_as_one_would_type_it() {
        let mut command = cargo(&["doc", "--no-deps"]);
        command.env("RUSTDOCFLAGS", "-D warnings").args(["it's", ""]);
        assert_eq!(show(&command), r"RUSTDOCFLAGS='-D warnings' cargo doc --no-deps 'it'\''s' ''");
    }

    #[test]
    fn a_failure_says_how_to_repeat_it() {
        let mut command = cargo(&["--no-such-option", "-q"]);
        let Err(Error::Failed(text)) = run(command.stderr(Stdio::null())) else { panic!("it ran") };
        assert!(text.ends_with("to repeat it: cargo --no-such-option -q"), "{text}");
    }
}
