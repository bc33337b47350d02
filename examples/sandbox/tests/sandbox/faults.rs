//! Failures on order.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::{Client, ENROLLEE, INFO, enrollee, with_user};

fn deactivate(client: &Client) -> Option<crate::support::Answer> {
    client.try_post(ENROLLEE, &enrollee("user-42", "active", false))
}

fn inactive(client: &Client) -> bool {
    client.info("user-42")["enrolled_user"]["inactive"] == true
}

#[test]
fn statuses_and_codes() {
    let client = with_user();
    client.fault(&json!({ "fault": "status" }));
    assert_eq!(deactivate(&client).unwrap().status, 500);
    client.fault(&json!({ "fault": "status", "status": 402, "code": "2220" }));
    assert_eq!(deactivate(&client).unwrap().verdict(), (402, "2220".to_owned()));
    client.fault(&json!({ "fault": "code_in_200", "code": "2207" }));
    assert_eq!(deactivate(&client).unwrap().verdict(), (200, "2207".to_owned()));
    assert!(!inactive(&client));
    client.fault(&json!({ "fault": "status", "status": 500, "processed": true }));
    assert_eq!(deactivate(&client).unwrap().status, 500);
    assert!(inactive(&client));
}

#[test]
fn bodies_that_are_no_answer() {
    let client = with_user();
    client.fault(&json!({ "fault": "html" }));
    let html = deactivate(&client).unwrap();
    assert_eq!((html.status, html.header("content-type")), (200, Some("text/html; charset=utf-8")));
    client.fault(&json!({ "fault": "empty" }));
    let empty = deactivate(&client).unwrap();
    assert_eq!((empty.status, empty.body.len()), (200, 0));
    assert!(!inactive(&client));
    client.fault(&json!({ "fault": "truncate" }));
    let half = deactivate(&client).unwrap();
    assert_eq!(half.status, 200);
    assert!(half.body.starts_with(b"{") && serde_json::from_slice::<Value>(&half.body).is_err());
    assert!(inactive(&client));
    client.fault(&json!({ "fault": "huge", "bytes": 1_000_000 }));
    let huge = deactivate(&client).unwrap();
    assert_eq!((huge.status, huge.body.len()), (200, 1_000_000));
    assert!(huge.json().is_object());
}

#[test]
fn too_many_and_too_slow() {
    let client = with_user();
    client.fault(&json!({ "fault": "rate_limit", "retry_after": 7 }));
    let limited = deactivate(&client).unwrap();
    assert_eq!((limited.status, limited.header("retry-after")), (429, Some("7")));
    client.fault(&json!({ "fault": "slow", "milliseconds": 300 }));
    let began = Instant::now();
    assert_eq!(deactivate(&client).unwrap().status, 200);
    assert!(began.elapsed() >= Duration::from_millis(300));
}

#[test]
fn connections_that_close() {
    let client = with_user();
    client.fault(&json!({ "fault": "drop_before" }));
    assert!(deactivate(&client).is_none());
    assert!(!inactive(&client));
    client.fault(&json!({ "fault": "drop_after" }));
    assert!(deactivate(&client).is_none());
    assert!(inactive(&client));
    let dropped: Vec<_> = client.journal().into_iter().filter(|entry| entry["status"].is_null()).collect();
    assert_eq!((&dropped[0]["fault"], &dropped[0]["processed"]), (&json!("drop_before"), &json!(false)));
    assert_eq!((&dropped[1]["fault"], &dropped[1]["processed"]), (&json!("drop_after"), &json!(true)));
}

#[test]
fn redirects_count_their_followers() {
    let client = with_user();
    client.fault(&json!({ "fault": "redirect" }));
    let redirect = deactivate(&client).unwrap();
    assert_eq!(redirect.status, 307);
    let location = format!("{}/redirected", client.sandbox.url());
    assert_eq!(redirect.header("location"), Some(location.as_str()));
    let calls = || client.control("GET", "/control/faults", &Value::Null).json()["redirected_calls"].clone();
    assert_eq!(calls(), 0);
    assert_eq!(client.post("/redirected", &json!({})).status, 200);
    assert_eq!(calls(), 1);
    assert!(!inactive(&client));
}

#[test]
fn a_signature_comes_back() {
    let client = with_user();
    client.fault(&json!({ "fault": "echo" }));
    let body = enrollee("user-42", "active", false);
    let echo = client.post(ENROLLEE, &body);
    assert_eq!(echo.status, 400);
    assert!(echo.json()["error"].as_str().unwrap().contains(body["signature"].as_str().unwrap()));
}

#[test]
fn the_queue() {
    let client = with_user();
    client.fault(&json!({ "fault": "status", "status": 503, "times": 2, "path_contains": "/info" }));
    client.fault(&json!({ "fault": "status", "status": 502 }));
    let list = client.control("GET", "/control/faults", &Value::Null).json();
    assert_eq!(list["faults"].as_array().unwrap().len(), 2);
    assert_eq!(deactivate(&client).unwrap().status, 502, "the first one waits for another path");
    let info = || client.post(INFO, &json!({})).status;
    assert_eq!((info(), info(), info()), (503, 503, 400));
    client.fault(&json!({ "fault": "empty" }));
    assert_eq!(client.control("DELETE", "/control/faults", &Value::Null).json()["cleared"], 1);
    assert_eq!(deactivate(&client).unwrap().status, 200);
    for nonsense in [
        json!({ "fault": "gremlin" }),
        json!({ "fault": "slow", "bytes": 1 }),
        json!({ "fault": "status", "status": 99 }),
        json!({ "fault": "status", "code": "22\n05" }),
        json!({ "fault": "empty", "times": 0 }),
        json!({ "fault": "rate_limit", "retry_after": "a\r\nb" }),
        json!([]),
    ] {
        let answer = client.control("POST", "/control/faults", &nonsense);
        assert_eq!(answer.status, 400, "{nonsense}");
        assert!(answer.json()["error"].is_string());
    }
}
