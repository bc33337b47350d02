//! The program: ready line, clean stop, exit codes.

use std::io::{BufRead, BufReader, Read};
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use crate::support::{eventually, send};

fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_enrollkit-sandbox"));
    command.env_remove("ENROLLKIT_SANDBOX_KEY").env_remove("ENROLLKIT_PRODUCTION_KEY");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn ready(child: &mut Child) -> Value {
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    serde_json::from_str(&line).unwrap()
}

fn exit_code(child: &mut Child) -> Option<i32> {
    eventually("the end of the process", || child.try_wait().unwrap()).code()
}

#[test]
fn it_is_ready_and_stops_with_its_parent() {
    let mut child =
        command().args(["--ready-json", "--stop-with-stdin", "--partner-id", "007"]).spawn().unwrap();
    let ready = ready(&mut child);
    assert_eq!((&ready["partner_id"], &ready["pid"]), (&Value::from("007"), &Value::from(child.id())));
    assert!(ready["control_token"].as_str().unwrap().len() >= 32);
    let health = send(ready["url"].as_str().unwrap(), "GET", "/health", &[], b"").unwrap();
    assert_eq!(health.status, 200);
    drop(child.stdin.take());
    assert_eq!(exit_code(&mut child), Some(0));
}

#[cfg(unix)]
#[test]
fn signals_stop_it_cleanly() {
    for signal in ["-INT", "-TERM"] {
        let mut child = command().arg("--ready-json").spawn().unwrap();
        ready(&mut child);
        let sent = Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap();
        assert!(sent.success());
        assert_eq!(exit_code(&mut child), Some(0), "{signal}");
    }
}

#[test]
fn trouble_is_one_line_and_a_code() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    for (arguments, code) in [
        (&["--port", port.as_str()][..], 1),
        (&["--state", "/nowhere/at/all/state.db"], 1),
        (&["--sandbox-key-file", "/nowhere/at/all"], 1),
        (&["--bind", "0.0.0.0"], 2),
        (&["--webhook-url", "https://evil.example/"], 2),
        (&["--no-such-flag"], 2),
    ] {
        let mut child = command().args(arguments).spawn().unwrap();
        let mut said = String::new();
        child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        assert_eq!(exit_code(&mut child), Some(code), "{arguments:?}");
        assert!(code == 2 || said.lines().count() == 1, "{said}");
        assert!(!said.contains("panicked"), "{said}");
    }
}
