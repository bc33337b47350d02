//! The sandbox as a child: built, started on a free port, and gone when the value is dropped.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use crate::run::error::{Error, Result, failed};
use crate::run::process::Guard;
use crate::run::{self, paths};
use crate::steps::{Given, Need};

/// It opens one socket and a database in memory; a machine that needs longer has another problem.
const READY_WITHIN: Duration = Duration::from_secs(20);

pub(crate) struct Sandbox {
    /// Without a slash at the end.
    pub(crate) url: String,
    /// Opens the control routes.
    pub(crate) control_token: String,
    /// The partner that the sandbox knows.
    pub(crate) partner_id: String,
    /// Ends the child when this is dropped.
    guard: Guard,
}

/// Builds it, and the quickstart that talks to it: with the same crates for every command, so that none is compiled twice.
pub(crate) fn build() -> Result<PathBuf> {
    run::run(&mut run::cargo(&[
        "build",
        "--locked",
        "-p",
        "enrollkit-sandbox",
        "-p",
        "enrollkit-quickstart",
    ]))?;
    Ok(run::target_dir()?.join("debug").join(paths::program("enrollkit-sandbox")))
}

impl Sandbox {
    /// Starts it with further flags; it writes its log to a file.
    pub(crate) fn start(given: &Given<'_>, log: &Path, flags: &[&str]) -> Result<Self> {
        let log = File::create(log).map_err(failed(format!("can't write {}", log.display())))?;
        let mut command = run::command(given.file(Need::Sandbox)?);
        command.stderr(log);
        command.args(["--port", "0", "--stop-with-stdin", "--ready-json"]).args(flags);
        Self::start_with(&mut command, READY_WITHIN)
    }

    /// Starts `command`, which must print its ready line within `limit`.
    fn start_with(command: &mut Command, limit: Duration) -> Result<Self> {
        let (guard, line) = ready_line("the sandbox", command, limit)?;
        Self::ready(&line, guard)
    }

    /// Whether it has ended by itself.
    pub(crate) fn has_ended(&self) -> bool {
        self.guard.has_ended()
    }

    fn ready(line: &str, guard: Guard) -> Result<Self> {
        let ready: serde_json::Value =
            serde_json::from_str(line).map_err(failed("the sandbox's first line is not JSON"))?;
        let text = |name: &str| {
            // The line isn't repeated here: it holds the token.
            let missing = || Error::Failed(format!("the sandbox's first line has no text `{name}`"));
            ready[name].as_str().map(str::to_owned).ok_or_else(missing)
        };
        let (url, control_token, partner_id) = (text("url")?, text("control_token")?, text("partner_id")?);
        Ok(Self { url, control_token, partner_id, guard })
    }
}

/// Starts a server, and gives the line that it prints when it is ready, which must come within `limit`.
pub(crate) fn ready_line(what: &str, command: &mut Command, limit: Duration) -> Result<(Guard, String)> {
    // Its standard input stays open as long as we live: should we be killed, it stops, too.
    let guard = Guard::start(command.stdin(Stdio::piped()).stdout(Stdio::piped()))?;
    let stdout = guard.take_stdout().ok_or_else(|| Error::Failed(format!("no pipe from {what}")))?;
    let (sender, receiver) = channel();
    // A thread, because a read from a pipe has no time limit.
    std::thread::spawn(move || {
        let mut stdout = BufReader::new(stdout);
        let mut line = String::new();
        let result = stdout.read_line(&mut line).map(|_| line);
        let _ = sender.send(result);
        // Read on: a full pipe would stop the server at some later line.
        let _ = std::io::copy(&mut stdout, &mut std::io::sink());
    });
    match receiver.recv_timeout(limit) {
        Ok(Ok(line)) if line.is_empty() => {
            Err(Error::Failed(format!("{what} ended before it was ready; what it said is above")))
        }
        Ok(Ok(line)) => Ok((guard, line)),
        Ok(Err(error)) => Err(failed(format!("can't read from {what}"))(error)),
        Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
            Err(Error::Failed(format!("{what} was not ready after {} s", limit.as_secs_f32())))
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn within(limit: Duration, script: &str) -> Result<Sandbox> {
        Sandbox::start_with(run::command("sh").args(["-c", script]), limit)
    }

    /// Where the limit isn't the subject: longer than any machine needs for it.
    fn start(script: &str) -> Result<Sandbox> {
        within(READY_WITHIN, script)
    }

    fn error(script: &str) -> String {
        match start(script) {
            Err(Error::Failed(text)) => text,
            Err(other) => panic!("{other:?}"),
            Ok(_) => panic!("it started"),
        }
    }

    #[test]
    fn the_ready_line_is_read_and_the_child_ends_with_the_value() {
        let line = r#"{"url":"http://127.0.0.1:4711","control_token":"t","partner_id":"085","pid":1}"#;
        // More output than a pipe holds, then an end that only a closed standard input brings.
        let sandbox = start(&format!("echo '{line}'; head -c 200000 /dev/zero; read end")).expect("ready");
        assert_eq!(
            (sandbox.url.as_str(), sandbox.control_token.as_str(), sandbox.partner_id.as_str()),
            ("http://127.0.0.1:4711", "t", "085")
        );
        let pid = sandbox.guard.pid().to_string();
        drop(sandbox);
        assert!(!run::works(run::command("kill").args(["-0", &pid])));
    }

    #[test]
    fn a_sandbox_that_never_gets_ready_is_an_error_after_the_limit() {
        let result = within(Duration::from_millis(100), "exec sleep 60");
        let Err(Error::Failed(text)) = result else { panic!("it got ready") };
        assert_eq!(text, "the sandbox was not ready after 0.1 s");
    }

    #[test]
    fn a_sandbox_that_ends_at_once_is_an_error_at_once() {
        assert!(error("exit 3").starts_with("the sandbox ended before it was ready"));
    }

    #[test]
    fn a_strange_first_line_is_an_error_that_does_not_repeat_it() {
        assert!(error("echo 'listening with token abc'; read end").contains("not JSON"));
        let text = error(r#"echo '{"url":"u","control_token":"abc"}'; read end"#);
        assert_eq!(text, "the sandbox's first line has no text `partner_id`");
    }
}
