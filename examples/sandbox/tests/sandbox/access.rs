//! Host, Origin, control token, sizes.

use enrollkit_sandbox::{Config, StartError, start};
use serde_json::{Value, json};

use crate::support::{ENROLLEE, client, enrollee, send, with_user};

#[test]
fn control_needs_its_token() {
    let client = with_user();
    let url = client.sandbox.url();
    let wrong = format!("Bearer {}x", client.sandbox.control_token());
    let bare = client.sandbox.control_token();
    for headers in [vec![], vec![("Authorization", wrong.as_str())], vec![("Authorization", bare)]] {
        for (method, path) in
            [("GET", "/control/users"), ("POST", "/control/reset"), ("GET", "/control/nothing")]
        {
            let answer = send(url, method, path, &headers, b"{}").unwrap();
            assert_eq!(answer.status, 401, "{method} {path}");
            assert!(answer.json()["error"].is_string());
        }
    }
    assert_eq!(client.control("GET", "/control/users", &Value::Null).status, 200);
    assert_eq!(client.control("GET", "/control/nothing", &Value::Null).status, 404);
    let health = send(url, "GET", "/health", &[], b"").unwrap();
    assert_eq!((health.status, health.json()), (200, json!({ "status": "ok" })));
    let other = with_user();
    assert_ne!(other.sandbox.control_token(), bare, "random per start");
}

#[test]
fn foreign_hosts_are_refused() {
    let names = ["10.0.2.2", "sandbox", "ID_Gateway"].map(str::to_owned);
    let client = client(Config { allow_hosts: names.to_vec(), ..Config::default() });
    let url = client.sandbox.url();
    let port = url.rsplit_once(':').unwrap().1;
    let status = |host: &str| send(url, "GET", "/health", &[("Host", host)], b"").unwrap().status;
    for name in ["127.0.0.1", "localhost", "LOCALHOST", "[::1]", "10.0.2.2", "Sandbox", "id_gateway"] {
        assert_eq!(status(&format!("{name}:{port}")), 200, "{name}");
        assert_eq!(status(&format!("{name}:1")), 421, "{name}");
    }
    for host in [
        &format!("evil.example:{port}"),
        "127.0.0.1",
        "localhost",
        "",
        &format!("localhost:{port}.evil.example"),
    ] {
        assert_eq!(status(host), 421, "{host}");
    }
    let twice = [("Host", &url[7..]), ("Host", "evil.example")];
    assert_eq!(send(url, "GET", "/health", &twice, b"").unwrap().status, 421);
    let absolute = format!("http://evil.example:{port}/health");
    assert_eq!(send(url, "GET", &absolute, &[], b"").unwrap().status, 421);
}

#[test]
fn pages_must_be_named() {
    let page = "http://localhost:5173";
    let client = client(Config {
        allow_origins: vec![page.to_owned()],
        users: vec!["user-42".to_owned()],
        ..Config::default()
    });
    let url = client.sandbox.url();
    let preflight = |path: &str, origin: &str| {
        let headers = [("Origin", origin), ("Access-Control-Request-Method", "POST")];
        send(url, "OPTIONS", path, &headers, b"").unwrap()
    };
    let named = preflight(ENROLLEE, page);
    assert_eq!((named.status, named.header("access-control-allow-origin")), (204, Some(page)));
    assert_eq!(named.header("access-control-allow-methods"), Some("POST, GET"));
    let allowed = named.header("access-control-allow-headers").unwrap();
    assert!(allowed.contains("Content-Type") && allowed.contains("Authorization"), "{allowed}");
    for (path, origin) in [(ENROLLEE, "http://evil.example"), (ENROLLEE, "null"), ("/control/users", page)] {
        let answer = preflight(path, origin);
        assert_eq!(
            (answer.status, answer.header("access-control-allow-origin")),
            (403, None),
            "{path} {origin}"
        );
    }
    let body = enrollee("user-42", "active", false).to_string();
    let foreign = send(url, "POST", ENROLLEE, &[("Origin", "http://evil.example")], body.as_bytes()).unwrap();
    assert_eq!(foreign.status, 403);
    let answer = send(url, "POST", ENROLLEE, &[("Origin", page)], body.as_bytes()).unwrap();
    assert_eq!((answer.status, answer.header("access-control-allow-origin")), (200, Some(page)));
    assert_eq!(answer.header("vary"), Some("Origin"));
}

#[test]
fn bodies_are_limited() {
    let client = with_user();
    let url = client.sandbox.url();
    let large = vec![b' '; 8 * 1024 * 1024 + 1];
    assert_eq!(send(url, "POST", ENROLLEE, &[], &large).unwrap().status, 413);
    assert_eq!(send(url, "POST", ENROLLEE, &[], &large[1..]).unwrap().status, 400, "8 MiB is read");
    let deep = "[".repeat(1_000_000);
    assert_eq!(send(url, "POST", ENROLLEE, &[], deep.as_bytes()).unwrap().status, 400);
    let path = "/organizations/Acme/users/signup";
    assert_eq!(send(url, "POST", path, &[], deep.as_bytes()).unwrap().status, 400);
}

#[test]
fn unknown_routes_and_methods_answer_json() {
    let client = with_user();
    assert_eq!(client.post("/api/v2/partner/nothing", &json!({})).status, 404);
    assert!(client.post("/", &json!({})).json()["message"].is_string());
    let wrong = send(client.sandbox.url(), "GET", ENROLLEE, &[], b"").unwrap();
    assert_eq!(wrong.status, 405);
    assert!(wrong.json()["error"].is_string());
}

#[test]
fn senseless_configurations_do_not_start() {
    let assert_refuses = |config: Config| assert!(matches!(start(config), Err(StartError::Config(_))));
    assert_refuses(Config { bind: "0.0.0.0".parse().unwrap(), ..Config::default() });
    assert_refuses(Config { partner_id: "acme".to_owned(), ..Config::default() });
    assert_refuses(Config { sandbox_key: "key\n".to_owned(), ..Config::default() });
    assert_refuses(Config { allow_origins: vec!["*".to_owned()], ..Config::default() });
    assert_refuses(Config { allow_origins: vec!["http://localhost:5173/".to_owned()], ..Config::default() });
    for url in ["http://evil.example/cb", "https://127.0.0.1/cb", "http://127.0.0.1@evil.example/", "/cb"] {
        assert_refuses(Config { callback_url: Some(url.to_owned()), ..Config::default() });
        assert_refuses(Config { webhook_url: Some(url.to_owned()), ..Config::default() });
    }
    // Beside other containers, say, whose names may have underscores.
    let url = Some("http://back_end:8787/webhooks/smile-id".to_owned());
    drop(client(Config { webhook_url: url, allow_remote: true, ..Config::default() }));
    let taken = with_user();
    let port = taken.sandbox.url().rsplit_once(':').unwrap().1.parse().unwrap();
    assert!(matches!(start(Config { port, ..Config::default() }), Err(StartError::Bind(..))));
}
