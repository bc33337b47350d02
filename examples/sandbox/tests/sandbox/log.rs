//! Nothing that should not be in the log is there.

use enrollkit_sandbox::{Config, start};
use serde_json::json;

use crate::support::{Captured, Client, ENROLLEE, enrollee, send};

#[test]
fn the_log_shows_no_secret_and_nobody() {
    let log = Captured::default();
    let config = Config {
        log: Box::new(log.clone()),
        sandbox_key: "canary-key-1".to_owned(),
        production_key: "canary-key-2".to_owned(),
        unifyia_token: Some("canary-token".to_owned()),
        users: vec!["canary-user".to_owned()],
        webhook_url: Some("http://127.0.0.1:1/canary-hook".to_owned()),
        ..Config::default()
    };
    let client = Client { sandbox: start(config).unwrap() };
    let url = client.sandbox.url();
    let mut body = enrollee("canary-user", "active", false);
    body["email"] = json!("canary@mail.example");
    let signature = body["signature"].as_str().unwrap().to_owned();
    client.post(ENROLLEE, &body);
    client.fault(&json!({ "fault": "echo" }));
    client.post(ENROLLEE, &body);
    let path = "/organizations/canary-org%0Aforged/users/signup?canary-query";
    let token = [("Authorization", "Bearer canary-token"), ("X-Canary", "canary-header")];
    send(url, "POST", path, &token, b"{\"name\":\"canary-name\"}").unwrap();
    send(url, "CANARY-METHOD", "/canary-path/canary%1b[31m", &token, b"canary-body").unwrap();
    client.control("PUT", "/control/users", &json!({ "user_id": "canary\n-forged", "environment": "test" }));
    client.job(&json!({ "user_id": "canary-new", "environment": "test", "job_id": "canary-job" }));
    client.control("GET", "/control/requests?user_id=canary-user", &json!(null));
    crate::support::eventually("an attempt", || log.text().contains("-> webhook").then_some(()));

    let text = log.text();
    assert!(!text.to_lowercase().contains("canary"), "{text}");
    assert!(!text.contains(&signature) && !text.contains(client.sandbox.control_token()), "{text}");
    assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "{text:?}");
    let lines: Vec<_> = text.lines().collect();
    let first = lines[0].split_once(' ').unwrap().1;
    assert_eq!(
        first,
        format!("POST {ENROLLEE} smile_id.deactivate user#df62bfee 401 2205 (the signature does not match)")
    );
    assert!(text.contains("/organizations/{organization}/users/signup unifyia.sign_up user#"), "{text}");
    assert!(text.contains("OTHER /{…}/{…} unknown - 404"), "{text}");
}
