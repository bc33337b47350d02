//! `cargo xtask demo`: the whole lifecycle of a user over real HTTP, as a table.
//!
//! Every row is one run of `examples/quickstart`, as a person would type it, against the sandbox.

pub(crate) mod web;

use std::path::PathBuf;
use std::process::Stdio;

use serde_json::{Value, json};

use crate::bring;
use crate::run::error::{Error, Result, failed};
use crate::run::{self, paths};
use crate::sandbox::{Control, Sandbox};
use crate::steps::{Extent, Given, Need};

/// The user whose life this is.
const USER: &str = "user-42";

/// What the sandbox's documentation calls its key; it opens nothing else.
const KEY: &str = "not-a-secret-sandbox-key-0000000000000001";

/// A key of the right form that is not the sandbox's.
const WRONG_KEY: &str = "not-a-secret-either-0000000000000003";

/// The first two columns; what stands under a row begins after a small indent, so that it fits a terminal.
const WIDTHS: [usize; 2] = [32, 36];

/// How the quickstart ends.
const DONE: i32 = 0;
const REFUSED: i32 = 1;
const NOT_SENT: i32 = 2;

pub(crate) const NEEDS: &[Need] = &[Need::Sandbox];

struct Demo {
    sandbox: Sandbox,
    control: Control,
    quickstart: PathBuf,
}

pub(crate) fn main(args: &[String]) -> Result {
    match args {
        [] => {}
        [web, rest @ ..] if web == "web" => return web::main(rest),
        [other, ..] => return Err(Error::Usage(format!("`demo` takes `web` or nothing, not `{other}`"))),
    }
    eprintln!("==> build the sandbox and the quickstart (a few minutes the first time)");
    let needs = bring::needs(Extent::Usual);
    lifecycle(&needs.bring(NEEDS)?)
}

/// The whole table.
pub(crate) fn lifecycle(given: &Given<'_>) -> Result {
    let log = run::target_dir()?.join("demo-sandbox.log");
    let sandbox = Sandbox::start(given, &log, &[])?;
    let control = Control::new(&sandbox.url, &sandbox.control_token)?;
    let quickstart = given.file(Need::Sandbox)?.with_file_name(paths::program("enrollkit-quickstart"));
    let demo = Demo { sandbox, control, quickstart };
    say!("The sandbox stands in for both services at {}; nothing leaves this machine.", demo.sandbox.url);
    say!("Its own log of what follows: {}", log.display());
    let result = demo.lifecycle();
    drop(demo);
    result?;
    say!("\nEverything that was started is stopped. To send one yourself, without credentials:");
    say!("  cargo run -p enrollkit-quickstart -- re-enroll user-42 --dry-run \\");
    say!("      --partner-id 085 --environment sandbox --operator ops@bank.example");
    Ok(())
}

impl Demo {
    fn lifecycle(&self) -> Result {
        self.control.put("/control/users", &json!({"user_id": USER, "environment": "test"}))?;

        section("A user's life");
        self.step(&["look-up", USER], DONE)?;
        self.step(&["re-enroll", USER], DONE)?;
        self.step(&["deactivate", USER], DONE)?;
        self.step(&["look-up", USER], DONE)?;
        self.step(&["reactivate", USER], DONE)?;
        self.step(&["flag-fraud", USER], DONE)?;
        self.step(&["clear-fraud", USER], DONE)?;

        section("What goes wrong, and what it then says");
        note("signed with a key that is not this environment's:");
        self.step_with_key(&["deactivate", USER], REFUSED, WRONG_KEY)?;
        note("the answer is lost on its way back:");
        self.fault(&json!({"fault": "drop_after", "path_contains": "/enrollee"}))?;
        self.step(&["deactivate", USER], DONE)?;
        note("the request is lost on its way there:");
        self.fault(&json!({"fault": "drop_before", "path_contains": "/enrollee"}))?;
        self.step(&["reactivate", USER], REFUSED)?;
        note("a captive portal answers in the service's place:");
        self.fault(&json!({"fault": "html", "path_contains": "/enrollee"}))?;
        self.step(&["flag-fraud", USER], REFUSED)?;

        section("Signing a user up with Unifyia");
        self.step(&["branding", "Acme Bank"], DONE)?;
        self.step(&["sign-up", "refused-user.json"], NOT_SENT)?;
        self.step(&["sign-up", "user.json"], DONE)?;

        section("Deleted is for ever");
        note("without repeating the user id:");
        self.step(&["delete-permanently", USER], NOT_SENT)?;
        self.step(&["delete-permanently", USER, "--confirm", USER], DONE)?;
        self.step(&["re-enroll", USER], REFUSED)?;
        self.step(&["look-up", USER], DONE)
    }

    fn fault(&self, fault: &Value) -> Result {
        self.control.post("/control/faults", fault)
    }

    fn step(&self, args: &[&str], expected: i32) -> Result {
        self.step_with_key(args, expected, KEY)
    }

    /// One run of the quickstart, one row. A run that ends otherwise than it should ends the demo.
    fn step_with_key(&self, args: &[&str], expected: i32, key: &str) -> Result {
        let mut command = run::command(&self.quickstart);
        command
            .args(args)
            .args(["--json", "--timeout-seconds", "10"])
            .current_dir(paths::root().join("examples/quickstart"));
        // Of the caller's environment only what a program needs to run: no key of theirs, no proxy, reaches the sandbox.
        command.env_clear().envs(std::env::vars_os().filter(|(name, _)| {
            ["PATH", "HOME", "SystemRoot", "TMPDIR", "LD_LIBRARY_PATH"].iter().any(|kept| name == kept)
        }));
        command
            .env("ENROLLKIT_PARTNER_ID", &self.sandbox.partner_id)
            .env("ENROLLKIT_ENVIRONMENT", "sandbox")
            .env("ENROLLKIT_OPERATOR", "ops@bank.example")
            .env("ENROLLKIT_BASE_URL", &self.sandbox.url)
            .env("ENROLLKIT_API_KEY", key)
            .stdin(Stdio::null());
        let output = command.output().map_err(failed(format!("can't start `{}`", run::show(&command))))?;
        let report: Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
        if output.status.code() != Some(expected) || report["intent"].as_str().is_none() {
            let said = String::from_utf8_lossy(&output.stderr);
            return Err(Error::Failed(format!(
                "`{}` ended with {}, expected {expected}; it said: {report} {said}",
                args.join(" "),
                output.status
            )));
        }
        self.row(&report);
        Ok(())
    }

    fn row(&self, report: &Value) {
        let text = |key: &str| report[key].as_str();
        let request = text("request").unwrap_or("(nothing is sent)").replace(&self.sandbox.url, "");
        let outcome = text("outcome").unwrap_or_default();
        say!("{}", line(text("intent").unwrap_or_default(), &request, outcome));
        let lines = report["lines"].as_array().into_iter().flatten().filter_map(Value::as_str);
        for below in
            lines.map(str::to_owned).chain(text("look-up").map(|found| format!("looked up: {found}")))
        {
            say!("      · {below}");
        }
    }
}

fn note(text: &str) {
    say!("  ({text})");
}

fn section(title: &str) {
    say!("\n{title}\n{}", line("INTENT", "REQUEST", "OUTCOME"));
}

fn line(intent: &str, request: &str, outcome: &str) -> String {
    let [first, second] = WIDTHS;
    // Something longer than its column only pushes the rest along.
    format!("  {intent:<first$} {request:<second$} {outcome}")
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_key_is_the_sandbox_s_own() {
        let source = include_str!("../../../../examples/sandbox/src/config.rs");
        assert!(source.contains(super::KEY));
        assert!(!source.contains(super::WRONG_KEY));
    }
}
