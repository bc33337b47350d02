//! Who is let in.

use enrollkit_sandbox::{Config, DEFAULT_PRODUCTION_KEY, DEFAULT_SANDBOX_KEY};
use serde_json::{Value, json};

use crate::support::{Client, ENROLLEE, client, enrollee, send, sign, signed, stamp, with_user};

fn refused_as(client: &Client, body: &Value, status: u16, code: &str) {
    let answer = client.post(ENROLLEE, body);
    assert_eq!(answer.verdict(), (status, code.to_owned()), "{body}");
    assert!(answer.json()["error"].is_string());
    assert!(answer.header("date").is_some());
}

fn with(mut body: Value, field: &str, value: Value) -> Value {
    body.as_object_mut().unwrap().insert(field.to_owned(), value);
    body
}

#[test]
fn right_signatures_are_accepted() {
    let client = with_user();
    let answer = client.post(ENROLLEE, &enrollee("user-42", "active", false));
    assert_eq!(answer.status, 200);
    assert_eq!(answer.json()["status"], "OK");
    assert_eq!(answer.header("content-type"), Some("application/json"));
    for offset in [-290, 290] {
        let body = json!({ "active": true, "email": "ops@bank.example", "user_id": "user-42" });
        assert_eq!(client.post(ENROLLEE, &signed("production", &stamp(offset), body)).status, 200);
    }
}

#[test]
fn wrong_ones_are_not() {
    let client = with_user();
    let good = || enrollee("user-42", "active", false);
    let now = stamp(0);
    let right = sign(DEFAULT_SANDBOX_KEY, &now, "085");
    for wrong in [
        sign(DEFAULT_PRODUCTION_KEY, &now, "085"),
        sign("another key", &now, "085"),
        sign(DEFAULT_SANDBOX_KEY, &now, "85"),
        right.trim_end_matches('=').to_owned(),
        right.replace('=', "") + "==",
        format!("{right}\n"),
        "x".to_owned(),
    ] {
        let body = with(with(good(), "timestamp", json!(now)), "signature", json!(wrong));
        refused_as(&client, &body, 401, "2205");
    }
    refused_as(&client, &with(good(), "environment", json!("production")), 401, "2205");
    refused_as(&client, &with(good(), "partner_id", json!("85")), 401, "2205");
    for offset in [-310, 310] {
        let body = json!({ "active": true, "email": "ops@bank.example", "user_id": "user-42" });
        refused_as(&client, &signed("test", &stamp(offset), body), 401, "2205");
    }
    for form in [
        now.replace('Z', "+00:00"),
        now.replace('T', " "),
        now.replace('Z', "000Z"),
        now[..19].to_owned() + "Z",
    ] {
        let body = json!({ "active": true, "email": "ops@bank.example", "user_id": "user-42" });
        refused_as(&client, &signed("test", &form, body), 401, "2205");
    }
    let untouched = &client.control("GET", "/control/users", &Value::Null).json()["users"][0];
    assert_eq!(untouched["active"], true);
}

#[test]
fn types_and_missing_fields() {
    let client = with_user();
    let good = || enrollee("user-42", "active", false);
    refused_as(&client, &json!([]), 400, "2204");
    for field in ["email", "environment", "partner_id", "signature", "timestamp", "user_id", "active"] {
        let mut body = good();
        body.as_object_mut().unwrap().remove(field);
        refused_as(&client, &body, 400, "2213");
        refused_as(&client, &with(good(), field, json!(85)), 400, "2204");
    }
    refused_as(&client, &with(good(), "environment", json!("sandbox")), 400, "2204");
    refused_as(&client, &with(good(), "delete", json!(true)), 400, "2204");
    refused_as(&client, &enrollee("user-42", "delete", false), 400, "2204");
    refused_as(&client, &enrollee("user-42", "allow_new_enroll", false), 400, "2204");
    let answer = send(client.sandbox.url(), "POST", ENROLLEE, &[], b"{\"active\"").unwrap();
    assert_eq!(answer.verdict(), (400, "2204".to_owned()));
}

#[test]
fn the_clock_can_be_shifted() {
    let client = with_user();
    assert_eq!(client.control("POST", "/control/clock", &json!({ "offset_seconds": 3600 })).status, 200);
    refused_as(&client, &enrollee("user-42", "active", false), 401, "2205");
    let body = json!({ "active": true, "email": "ops@bank.example", "user_id": "user-42" });
    let answer = client.post(ENROLLEE, &signed("test", &stamp(3600), body));
    assert_eq!(answer.status, 200);
    // Day, month, year and hour of the `Date` header are the shifted ones.
    let hour = &stamp(3600)[11..13];
    assert_eq!(answer.header("date").unwrap().split(' ').nth(4).unwrap().split(':').next(), Some(hour));
}

#[test]
fn block_user_takes_the_signature_from_headers() {
    let client = with_user();
    let now = stamp(0);
    let block = |key: &str, body: &Value| {
        let signature = sign(key, &now, "085");
        let headers = [
            ("smileid-partner-id", "085"),
            ("smileid-request-signature", signature.as_str()),
            ("smileid-timestamp", now.as_str()),
        ];
        send(client.sandbox.url(), "POST", "/v2/block-user", &headers, body.to_string().as_bytes())
            .unwrap()
            .verdict()
    };
    let re_enroll = json!({ "user_id": "user-42", "allow_new_enroll": true });
    assert_eq!(block(DEFAULT_SANDBOX_KEY, &re_enroll), (200, "OK".to_owned()));
    assert_eq!(block("another key", &re_enroll), (401, "2205".to_owned()));
    assert_eq!(
        block(DEFAULT_SANDBOX_KEY, &json!({ "user_id": "user-42", "active": false })),
        (400, "2213".to_owned())
    );
    assert_eq!(
        block(DEFAULT_PRODUCTION_KEY, &json!({ "user_id": "user-42", "delete": true })),
        (200, "OK".to_owned())
    );
    assert_eq!(client.info("user-42")["enrolled_user"]["deleted"], false);
    assert_eq!(client.info("user-42")["enrolled_user"]["allow_new_enroll"], true);
    let unsigned = client.post("/v2/block-user", &re_enroll);
    assert_eq!(unsigned.verdict(), (400, "2213".to_owned()));
}

#[test]
fn another_partner_and_other_keys() {
    let client = client(Config {
        partner_id: "007".to_owned(),
        sandbox_key: "a key".to_owned(),
        users: vec!["user-42".to_owned()],
        ..Config::default()
    });
    let now = stamp(0);
    let body = with(enrollee("user-42", "active", false), "timestamp", json!(now));
    let body = with(body, "partner_id", json!("007"));
    let body = with(body, "signature", json!(sign("a key", &now, "007")));
    assert_eq!(client.post(ENROLLEE, &body).status, 200);
    assert_eq!(client.act("user-42", "active", false), (401, "2205".to_owned()));
}
