//! The command line as a person types it: what is printed, what is sent, how it ends.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::process::{Command, Output};

use enrollkit_sandbox::{Config, DEFAULT_SANDBOX_KEY, Sandbox};

fn sandbox() -> Sandbox {
    let config =
        Config { users: vec!["user-42".into()], log: Box::new(std::io::sink()), ..Config::default() };
    enrollkit_sandbox::start(config).unwrap()
}

/// The quickstart with nothing of this process's environment that it reads.
fn quickstart(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_enrollkit-quickstart"));
    for name in ["PARTNER_ID", "ENVIRONMENT", "OPERATOR", "BASE_URL", "API_KEY", "TOKEN"] {
        command.env_remove(format!("ENROLLKIT_{name}"));
    }
    for name in ["http_proxy", "https_proxy", "all_proxy", "no_proxy"] {
        command.env_remove(name).env_remove(name.to_uppercase());
    }
    command.args(args);
    command
}

fn with_key(args: &[&str]) -> Command {
    let mut command = quickstart(args);
    command.args(["--partner-id", "085", "--environment", "sandbox", "--operator", "ops@bank.example"]);
    command.env("ENROLLKIT_API_KEY", DEFAULT_SANDBOX_KEY);
    command
}

fn at(sandbox: &Sandbox, args: &[&str]) -> Command {
    let mut command = with_key(args);
    command.args(["--base-url", sandbox.url()]);
    command
}

fn run(command: &mut Command) -> (i32, String, String) {
    let Output { status, stdout, stderr } = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (status.code().unwrap(), text(stdout), text(stderr))
}

#[test]
fn a_dry_run_needs_no_key_and_shows_the_request_without_a_signature() {
    let args =
        ["--dry-run", "--partner-id", "085", "--environment", "sandbox", "--operator", "ops@bank.example"];
    let (code, out, _) = run(quickstart(&["re-enroll", "user-42"]).args(args));
    assert_eq!(code, 0);
    assert!(out.starts_with("POST https://portal.smileidentity.com/api/v2/partner/enrollee\n"), "{out}");
    assert!(out.contains(r#""signature":"<signature>""#), "{out}");
}

#[test]
fn an_action_goes_out_and_says_what_came_of_it() {
    let sandbox = sandbox();
    let (code, out, _) = run(&mut at(&sandbox, &["deactivate", "user-42"]));
    assert_eq!((code, out.contains("outcome  done: ")), (0, true), "{out}");
    let (code, out, _) = run(&mut at(&sandbox, &["look-up", "user-42"]));
    assert_eq!((code, out.contains("inactive")), (0, true), "{out}");
}

#[test]
fn a_refusal_ends_with_1_and_names_the_usual_causes() {
    let (code, out, _) =
        run(at(&sandbox(), &["deactivate", "user-42"]).env("ENROLLKIT_API_KEY", "another-key"));
    assert_eq!(code, 1);
    assert!(out.contains("unauthorized") && out.contains("usual cause: the API key belongs to"), "{out}");
}

#[test]
fn all_that_is_wrong_is_said_at_once_and_nothing_is_sent() {
    let args =
        ["re-enroll", " ", "--partner-id", "8a", "--environment", "production", "--operator", "nobody"];
    let (code, out, _) = run(&mut quickstart(&args));
    assert_eq!(code, 2);
    for path in ["user_id", "partner_id", "operator"] {
        assert!(out.contains(&format!("\n         {path} ")), "{path} is missing in {out}");
    }
    assert!(!out.contains("\nrequest"), "{out}");
}

#[test]
fn there_is_no_default_environment() {
    let args =
        ["deactivate", "user-42", "--partner-id", "085", "--operator", "ops@bank.example", "--dry-run"];
    let (code, out, _) = run(&mut quickstart(&args));
    assert_eq!((code, out.contains("environment is required")), (2, true), "{out}");
}

#[test]
fn deleting_wants_the_user_id_once_more() {
    let sandbox = sandbox();
    for confirm in [&[][..], &["--confirm", "USER-42"]] {
        let (code, out, _) = run(at(&sandbox, &["delete-permanently", "user-42"]).args(confirm));
        assert_eq!((code, out.contains("confirm ")), (2, true), "{out}");
    }
    let (code, out, _) = run(&mut at(&sandbox, &["delete-permanently", "user-42", "--confirm", "user-42"]));
    assert_eq!(code, 0, "{out}");
    let (code, out, _) = run(&mut at(&sandbox, &["re-enroll", "user-42"]));
    assert_eq!((code, out.contains("user_deleted")), (1, true), "{out}");
}

/// The address of somebody who hears a request out, answers each with the same, and hangs up.
fn answering(answer: &'static [u8]) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let _ = stream.read(&mut [0; 4096]).and_then(|_| stream.write_all(answer));
        }
    });
    url
}

#[test]
fn a_lost_connection_is_an_unknown_outcome() {
    let (code, out, err) = run(&mut with_key(&["deactivate", "user-42", "--base-url", &answering(b"")]));
    assert_eq!(code, 3, "{out}");
    assert!(out.contains("it may have taken effect") && out.contains("it is unknown"), "{out}");
    assert!(err.contains("no answer: "), "{err}");
}

#[test]
fn what_never_left_is_said_and_may_be_tried_again() {
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let closed = format!("http://{closed}");
    let proxy = answering(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
    let no_proxy = ("NO_PROXY", "");
    for (base_url, variable) in [
        (&*closed, no_proxy),
        ("https://no-such-host.invalid", no_proxy),
        ("https://portal.bank.example", ("HTTPS_PROXY", &*proxy)),
        ("https://portal.bank.example", ("HTTPS_PROXY", &*closed)),
        // Nobody there answers a connection: the time limit ends it.
        ("https://192.0.2.1", no_proxy),
    ] {
        let mut command =
            with_key(&["deactivate", "user-42", "--timeout-seconds", "2", "--base-url", base_url]);
        let (code, out, err) = run(command.env(variable.0, variable.1));
        assert_eq!(code, 1, "{base_url}: {out}{err}");
        assert!(out.contains("outcome  nothing was sent: it may be tried again"), "{base_url}: {out}");
        assert!(err.starts_with("nothing was sent: ") && !out.contains("look-up"), "{base_url}: {out}{err}");
    }
    let (_, out, _) = run(&mut with_key(&["deactivate", "user-42", "--json", "--base-url", &closed]));
    let report = enrollkit::Json::parse(out.trim_end()).unwrap();
    let error = report.get("error").unwrap().to_text();
    assert_eq!(
        error,
        r#"{"code":"no_response","operation":"smile_id.deactivate","not_sent":true,"outcome_unknown":false}"#
    );
}

#[test]
fn http_to_another_machine_wants_a_flag() {
    let args = ["deactivate", "user-42", "--dry-run", "--base-url", "http://id_gateway:8085"];
    let (code, out, _) = run(&mut with_key(&args));
    assert_eq!((code, out.contains("base_url ") && out.contains("allow_http")), (2, true), "{out}");
    let (code, out, _) = run(with_key(&args).arg("--allow-http"));
    assert_eq!((code, out.starts_with("POST http://id_gateway:8085/")), (0, true), "{out}");
    let (code, out, _) = run(&mut quickstart(&[
        "branding",
        "bank",
        "--dry-run",
        "--base-url",
        "http://unifyia:8085",
        "--allow-http",
    ]));
    assert_eq!((code, out.starts_with("GET http://unifyia:8085/")), (0, true), "{out}");
}

#[test]
fn a_key_file_may_end_with_a_line_break_and_no_more() {
    let folder = std::env::temp_dir().join(format!("enrollkit-quickstart-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let sandbox = sandbox();
    for (name, content, expected) in [("unix", "\n", 0), ("windows", "\r\n", 0), ("two", "\n\n", 2)] {
        let file = folder.join(name);
        std::fs::write(&file, format!("{DEFAULT_SANDBOX_KEY}{content}")).unwrap();
        let mut command = at(&sandbox, &["look-up", "user-42"]);
        let (code, out, _) = run(command.arg("--api-key-file").arg(&file).env_remove("ENROLLKIT_API_KEY"));
        assert_eq!(code, expected, "{name}: {out}");
        assert!(!out.contains(DEFAULT_SANDBOX_KEY));
    }
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_form_is_checked_without_credentials() {
    let check =
        |args: &[&str]| run(quickstart(&["check"]).args(args).current_dir(env!("CARGO_MANIFEST_DIR")));
    assert_eq!(check(&["user.json"]).0, 0);
    assert_eq!(check(&["user.json", "--self-service"]).0, 0);
    let (code, out, _) = check(&["refused-user.json"]);
    assert_eq!((code, out.contains("did you mean `organisationName`?")), (2, true), "{out}");
    let (code, _, err) = check(&["no-such-file.json"]);
    assert_eq!((code, err.contains("no-such-file.json")), (2, true), "{err}");
}

#[test]
fn one_line_of_json_for_programs() {
    let (code, out, _) = run(&mut at(&sandbox(), &["look-up", "user-42", "--json"]));
    assert_eq!((code, out.lines().count()), (0, 1));
    let report = enrollkit::Json::parse(out.trim_end()).unwrap();
    let user = report.get("result").and_then(|result| result.get("enrolled_user")).unwrap();
    assert_eq!(user.get("deleted").and_then(enrollkit::Json::as_bool), Some(false));
}
