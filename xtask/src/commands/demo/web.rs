//! `cargo xtask demo web`: the page of `examples/web`, the back end of `examples/node`, and the sandbox behind them.

use std::fs;
use std::io::{ErrorKind, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread::sleep;
use std::time::Duration;

use serde_json::{Value, json};

use crate::bring;
use crate::run;
use crate::run::error::{self, Error, Result, failed};
use crate::run::process::Guard;
use crate::sandbox::{self, Control, Sandbox};
use crate::steps::{Extent, Given, Need};
use crate::tools::node;

/// What the sandbox's documentation calls its key; it opens nothing else.
const KEY: &str = "not-a-secret-sandbox-key-0000000000000001";

/// Where the page is, unless something else is there.
const PORT: u16 = 8787;

/// It reads two files and opens a socket.
const READY_WITHIN: Duration = Duration::from_secs(20);

/// What `examples/node/accounts.json` has.
const ACCOUNTS: &[(&str, &str, &str)] = &[
    ("operator@bank.example", "demo-operator", "looks up, re-enrolls, deactivates, flags"),
    ("admin@bank.example", "demo-admin", "the same, for staff too, and deletes"),
];

pub(crate) const NEEDS: &[Need] = &[Need::NpmProject("examples/node"), Need::Page, Need::Sandbox];

pub(crate) fn main(args: &[String]) -> Result {
    let check = error::only_flag("demo web", "--check", args)?;
    eprintln!("==> build the npm package, the page and the sandbox (a few minutes the first time)");
    let needs = bring::needs(Extent::Usual);
    let given = needs.bring(NEEDS)?;
    if check { self::check(&given) } else { Demo::start(&given)?.show_and_wait() }
}

/// Starts all of it, asks each part for something, and stops it again.
pub(crate) fn check(given: &Given<'_>) -> Result {
    Demo::start(given)?.check()
}

struct Demo {
    back_end: Guard,
    url: String,
    log: PathBuf,
    audit: PathBuf,
    sandbox: Sandbox,
}

impl Demo {
    fn start(given: &Given<'_>) -> Result<Self> {
        let folder = run::target_dir()?.join("demo-web");
        // The sandbox forgets everything, too.
        match fs::remove_dir_all(&folder) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return Err(failed(format!("can't empty {}", folder.display()))(error));
            }
            _ => fs::create_dir_all(&folder).map_err(failed(format!("can't make {}", folder.display())))?,
        }
        let port = free_port()?;
        let webhooks = format!("http://127.0.0.1:{port}/webhooks/smile-id");
        let sandbox = Sandbox::start(given, &folder.join("sandbox.log"), &["--webhook-url", &webhooks])?;
        let data = folder.join("data");
        let mut command = node::node();
        command.args(["examples/node/server.js", "--ready-json", "--stop-with-stdin"]);
        settings(&mut command, &sandbox, &data, port);
        let log = folder.join("back-end.log");
        command.stderr(fs::File::create(&log).map_err(failed(format!("can't write {}", log.display())))?);
        let (back_end, line) = sandbox::ready_line("the back end", &mut command, READY_WITHIN)
            .map_err(|error| with_log(error, &log))?;
        let ready: Value =
            serde_json::from_str(&line).map_err(failed("the back end's first line is not JSON"))?;
        let url =
            ready["url"].as_str().ok_or_else(|| Error::Failed("the back end names no address".into()))?;
        let demo = Self { back_end, url: url.to_owned(), log, audit: data.join("audit.jsonl"), sandbox };
        demo.people()?;
        Ok(demo)
    }

    /// Somebody to look up. Their results come to the back end as webhooks.
    fn people(&self) -> Result {
        let control = Control::new(&self.sandbox.url, &self.sandbox.control_token)?;
        for job in [
            json!({"user_id": "user-42", "environment": "test", "id_check": true}),
            json!({"user_id": "user-43", "environment": "test", "provisional": true, "final_after_milliseconds": 600_000}),
            json!({"user_id": "staff-1", "environment": "test"}),
        ] {
            control.post("/control/jobs", &job)?;
        }
        Ok(())
    }

    fn check(&self) -> Result {
        for (path, expected) in [
            ("/", "<title>User desk"),
            ("/sign-up", "<title>Sign up"),
            ("/api/session", r#"{"session":null}"#),
            ("/api/organization", r#"{"organization":"Acme Bank"}"#),
        ] {
            let answer = get(&self.url, path).map_err(failed(format!("GET {}{path}", self.url)))?;
            if !answer.starts_with("HTTP/1.1 200 ") || !answer.contains(expected) {
                return Err(Error::Failed(format!("GET {}{path} gave something else:\n{answer}", self.url)));
            }
        }
        say!("The page, the back end and the sandbox work together; they are stopped again.");
        Ok(())
    }

    fn show_and_wait(&self) -> Result {
        say!("\nThe page:     {}", self.url);
        for (email, password, may) in ACCOUNTS {
            say!("  log in:     {email:<22} {password:<14} ({may})");
        }
        say!("  look up:    user-42, user-43 (its result is provisional), staff-1 (for the admin only)");
        say!("To sign up:   {}/sign-up", self.url);
        say!("Who did what: {}", self.audit.display());
        say!("\nTo see an answer get lost, say this before you press a button (the sandbox then drops one):");
        say!("  curl -sS -H 'Authorization: Bearer {}' \\", self.sandbox.control_token);
        say!(
            "      -d '{{\"fault\":\"drop_after\",\"path_contains\":\"/enrollee\"}}' {}/control/faults",
            self.sandbox.url
        );
        say!("\nNothing leaves this machine. Ctrl-C stops everything.");
        loop {
            sleep(Duration::from_millis(200));
            if self.back_end.has_ended() {
                return Err(Error::Failed(format!(
                    "the back end ended by itself; its log: {}",
                    self.log.display()
                )));
            }
            if self.sandbox.has_ended() {
                return Err(Error::Failed("the sandbox ended by itself".into()));
            }
        }
    }
}

fn settings(command: &mut Command, sandbox: &Sandbox, data: &Path, port: u16) {
    // Of the caller's environment only what a program needs to run: no key of theirs, no proxy.
    command.env_clear().envs(std::env::vars_os().filter(|(name, _)| {
        ["PATH", "HOME", "SystemRoot", "TMPDIR", "LD_LIBRARY_PATH"].iter().any(|kept| name == kept)
    }));
    command
        .env("ENROLLKIT_PARTNER_ID", &sandbox.partner_id)
        .env("ENROLLKIT_ENVIRONMENT", "sandbox")
        .env("ENROLLKIT_API_KEY", KEY)
        .env("ENROLLKIT_BASE_URL", &sandbox.url)
        .env("ENROLLKIT_UNIFYIA_URL", &sandbox.url)
        .env("ENROLLKIT_ORGANIZATION", "Acme Bank")
        .env("DATA_DIR", data)
        .env("PORT", port.to_string());
}

/// The usual port, or one that the system chooses. The sandbox has to be told before the back end takes it.
fn free_port() -> Result<u16> {
    let listener = TcpListener::bind(("127.0.0.1", PORT)).or_else(|_| TcpListener::bind(("127.0.0.1", 0)));
    let address = listener.and_then(|listener| listener.local_addr());
    address.map(|address| address.port()).map_err(failed("no port is free"))
}

fn with_log(error: Error, log: &Path) -> Error {
    match (error, fs::read_to_string(log)) {
        (Error::Failed(text), Ok(said)) => Error::Failed(format!("{text}\n{}", said.trim_end())),
        (error, _) => error,
    }
}

fn get(url: &str, path: &str) -> std::io::Result<String> {
    let host = url.trim_start_matches("http://");
    let mut stream = TcpStream::connect(host)?;
    stream.set_read_timeout(Some(READY_WITHIN))?;
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_is_the_sandbox_s_own() {
        assert!(include_str!("../../../../examples/sandbox/src/config.rs").contains(KEY));
    }

    #[test]
    fn the_log_ins_are_those_of_the_example() {
        let readme = include_str!("../../../../examples/node/README.md");
        let accounts = include_str!("../../../../examples/node/accounts.json");
        for (email, password, _) in ACCOUNTS {
            assert!(
                accounts.contains(email) && readme.contains(email) && readme.contains(password),
                "{email}"
            );
        }
    }
}
