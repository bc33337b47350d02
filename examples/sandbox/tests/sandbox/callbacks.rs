//! Callbacks and webhooks, received by a server of a few lines.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use enrollkit_sandbox::{Config, DEFAULT_SANDBOX_KEY};
use serde_json::{Value, json};

use crate::support::{client, eventually, sign};

struct Received {
    path: String,
    headers: Vec<(String, String)>,
    body: Value,
}

impl Received {
    fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }
}

/// Answers with these statuses in turn, then with 200 for ever.
fn receiver(statuses: &'static [u16]) -> (String, Receiver<Received>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (sender, received) = channel();
    std::thread::spawn(move || {
        for at in 0.. {
            let (mut stream, _) = listener.accept().unwrap();
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            let mut lines = Vec::new();
            loop {
                let mut line = String::new();
                reader.read_line(&mut line).unwrap();
                if line.trim_end().is_empty() {
                    break;
                }
                lines.push(line.trim_end().to_owned());
            }
            let path = lines[0].split(' ').nth(1).unwrap().to_owned();
            let headers: Vec<_> = lines[1..]
                .iter()
                .map(|line| line.split_once(": ").unwrap())
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect();
            let length =
                headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-length")).unwrap();
            let mut body = vec![0; length.1.parse().unwrap()];
            reader.read_exact(&mut body).unwrap();
            let status = statuses.get(at).copied().unwrap_or(200);
            write!(
                stream,
                "HTTP/1.1 {status} X\r\nContent-Length: 0\r\nLocation: http://127.0.0.1:1/\r\n\r\n"
            )
            .unwrap();
            let body = serde_json::from_slice(&body).unwrap();
            if sender.send(Received { path, headers, body }).is_err() {
                return;
            }
        }
    });
    (url, received)
}

fn next(received: &Receiver<Received>) -> Received {
    received.recv_timeout(Duration::from_secs(10)).expect("a delivery")
}

#[test]
fn webhooks_are_signed_in_their_headers() {
    let (url, received) = receiver(&[]);
    let client = client(Config { webhook_url: Some(format!("{url}/hook?x=1")), ..Config::default() });
    client.job(&json!({ "user_id": "user-42", "environment": "test", "job_id": "job-1" }));
    let hook = next(&received);
    assert_eq!(hook.path, "/hook?x=1");
    let timestamp = hook.header("Response-Timestamp").unwrap();
    assert_eq!(hook.header("Response-Signature"), Some(sign(DEFAULT_SANDBOX_KEY, timestamp, "085").as_str()));
    assert_eq!((hook.header("Job-ID"), hook.header("User-ID")), (Some("job-1"), Some("user-42")));
    assert!(hook.header("Api-Version").is_some());
    assert_eq!(hook.body["partner_params"], json!({ "job_id": "job-1", "user_id": "user-42" }));
    assert_eq!((&hook.body["status"], &hook.body["reason"]), (&json!("clear"), &Value::Null));
    assert_eq!(hook.body["product"], "smart_selfie_registration");
    for name in ["signature", "timestamp", "job_id", "result_code", "ResultCode"] {
        assert!(hook.body.get(name).is_none(), "{name}");
    }

    assert_eq!(client.control("POST", "/control/replay", &json!({ "job_id": "job-1" })).status, 202);
    let again = next(&received);
    assert_eq!(again.body, hook.body);
    assert_ne!(again.header("Response-Timestamp"), hook.header("Response-Timestamp"));
    assert_eq!(client.control("POST", "/control/replay", &json!({ "job_id": "job-2" })).status, 404);
}

#[test]
fn callbacks_are_signed_in_their_body() {
    let (url, received) = receiver(&[]);
    let client = client(Config { callback_url: Some(url), ..Config::default() });
    let order = json!({ "user_id": "u", "environment": "test", "job_id": "job-1", "provisional": true });
    assert_eq!(client.job(&order)["result_code"], "0846");
    let (first, last) = (next(&received), next(&received));
    for callback in [&first, &last] {
        let timestamp = callback.body["timestamp"].as_str().unwrap();
        assert_eq!(callback.body["signature"], sign(DEFAULT_SANDBOX_KEY, timestamp, "085"));
        let params = json!({ "job_id": "job-1", "user_id": "u", "job_type": 4 });
        assert_eq!(callback.body["PartnerParams"], params);
        assert_eq!(callback.body["SmileJobID"], "0000000001");
        assert!(callback.header("Response-Signature").is_none());
    }
    assert_eq!(
        (&first.body["IsFinalResult"], &last.body["IsFinalResult"]),
        (&json!("false"), &json!("true"))
    );
    assert_eq!((&last.body["ResultCode"], &last.body["ResultText"]), (&json!("0840"), &json!("Enroll User")));
}

#[test]
fn a_message_is_spelled_as_ordered() {
    let (url, received) = receiver(&[]);
    let client =
        client(Config { callback_url: Some(url.clone()), webhook_url: Some(url), ..Config::default() });
    let order = json!({ "user_id": "u", "environment": "test", "job_id": "job-1", "id_check": true });
    client.job(&order);
    let both = [next(&received), next(&received)];
    let webhook = both.iter().find(|message| message.header("Job-ID").is_some()).unwrap();
    let callback = both.iter().find(|message| message.header("Job-ID").is_none()).unwrap();
    assert_eq!(
        (&webhook.body["product"], &callback.body["PartnerParams"]["job_type"]),
        (&json!("biometric_kyc"), &json!(1))
    );
    assert_eq!(webhook.body["id_fields"]["full_name"], "FICTIONAL PERSON");
    assert_eq!(
        (&callback.body["FullName"], &callback.body["Country"]),
        (&json!("FICTIONAL PERSON"), &json!("NG"))
    );

    for (spelling, names) in [
        ("result_object", ["ResultCode", "PartnerParams"]),
        ("v3", ["status", "partner_params"]),
        ("flat", ["result_code", "job_id"]),
    ] {
        let order = json!({ "job_id": "job-1", "spelling": spelling });
        assert_eq!(client.control("POST", "/control/replay", &order).status, 202);
        for message in [next(&received), next(&received)] {
            assert!(
                names.iter().all(|name| message.body.get(name).is_some()),
                "{spelling}: {}",
                message.body
            );
            // Where time and signature are goes with the way, not with the spelling.
            assert_ne!(
                message.header("Response-Signature").is_some(),
                message.body.get("signature").is_some()
            );
        }
    }
    let order = json!({ "user_id": "v", "environment": "test", "spelling": "other" });
    assert_eq!(client.control("POST", "/control/jobs", &order).status, 400);
}

#[test]
fn what_came_of_a_flagged_user_s_job_is_told_in_both_spellings() {
    let (url, received) = receiver(&[]);
    let client = client(Config { webhook_url: Some(url), users: vec!["u".to_owned()], ..Config::default() });
    assert_eq!(client.act("u", "is_fraudulent", true), (200, "OK".to_owned()));
    client.job(&json!({ "user_id": "u", "environment": "test", "job_id": "job-1" }));
    let body = next(&received).body;
    assert_eq!((&body["status"], &body["reason"]), (&json!("block"), &json!("account_locked_fraud")));
    let order = json!({ "job_id": "job-1", "spelling": "result_object" });
    client.control("POST", "/control/replay", &order);
    let body = next(&received).body;
    assert_eq!(
        (&body["ResultCode"], &body["Actions"]["Register_Selfie"]),
        (&json!("0841"), &json!("Rejected"))
    );
}

#[test]
fn a_message_may_come_before_a_look_up_shows_its_result() {
    let (url, received) = receiver(&[]);
    let client = client(Config { webhook_url: Some(url), ..Config::default() });
    client.job(&json!({
        "user_id": "u", "environment": "test", "provisional": true, "final_after_milliseconds": 0,
        "shown_after_milliseconds": 700, "spelling": "flat",
    }));
    let shown = || client.info("u")["history"][0]["result_code"].clone();
    assert_eq!(next(&received).body["result_code"], "0846");
    assert_eq!(shown(), Value::Null);
    assert_eq!(next(&received).body["result_code"], "0840");
    assert_ne!(shown(), "0840");
    eventually("the final result", || (shown() == "0840").then_some(()));
}

#[test]
fn failed_deliveries_are_repeated_three_times() {
    let (url, received) = receiver(&[500, 307]);
    let client = client(Config { webhook_url: Some(url), ..Config::default() });
    client.job(&json!({ "user_id": "u", "environment": "test" }));
    let (first, second, third) = (next(&received), next(&received), next(&received));
    assert_eq!(first.body, second.body);
    assert_eq!(first.header("Response-Signature"), third.header("Response-Signature"));
    let delivery = eventually("the delivery's record", || {
        let all = client.control("GET", "/control/deliveries", &Value::Null).json();
        all["deliveries"].get(0).cloned()
    });
    assert_eq!(
        (&delivery["attempts"], &delivery["status"], &delivery["delivered"]),
        (&json!(3), &json!(200), &json!(true))
    );

    let (url, received) = receiver(&[500, 500, 500, 500]);
    let unlucky = crate::support::client(Config { webhook_url: Some(url), ..Config::default() });
    unlucky.job(&json!({ "user_id": "u", "environment": "test" }));
    for _ in 0..4 {
        next(&received);
    }
    assert!(received.recv_timeout(Duration::from_millis(1500)).is_err(), "three retries, no more");
    unlucky.job(&json!({ "user_id": "u", "environment": "test" }));
    assert!(received.recv_timeout(Duration::from_millis(300)).is_err(), "a refused job sends nothing");
}
