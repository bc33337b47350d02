//! A minimal HTTP client, a signer of its own, and short names for what every test does.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use enrollkit_sandbox::{Config, DEFAULT_PRODUCTION_KEY, DEFAULT_SANDBOX_KEY, Sandbox, start};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;

pub(crate) const ENROLLEE: &str = "/api/v2/partner/enrollee";
pub(crate) const INFO: &str = "/api/v2/partner/enrollee/info";

#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    /// Status and service code, which is what most tests look at.
    pub(crate) fn verdict(&self) -> (u16, String) {
        let code = self.json().get("code").and_then(Value::as_str).unwrap_or("OK").to_owned();
        (self.status, code)
    }
}

/// None: the connection was closed without an answer.
pub(crate) fn send(
    url: &str,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &[u8],
) -> Option<Answer> {
    let address = url.strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let mut head =
        format!("{method} {path} HTTP/1.1\r\nConnection: close\r\nContent-Length: {}\r\n", body.len());
    if !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("host")) {
        head += &["Host: ", address, "\r\n"].concat();
    }
    for (name, value) in headers {
        head += &[name, ": ", value, "\r\n"].concat();
    }
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(b"\r\n").unwrap();
    stream.write_all(body).unwrap();
    let mut raw = Vec::new();
    stream.read_to_end(&mut raw).unwrap();
    (!raw.is_empty()).then(|| parse(&raw))
}

/// Checks the framing: a body that is shorter than it says is a broken server, not a truncated answer.
fn parse(raw: &[u8]) -> Answer {
    let end = raw.windows(4).position(|window| window == b"\r\n\r\n").unwrap();
    let head = std::str::from_utf8(&raw[..end]).unwrap();
    let mut lines = head.split("\r\n");
    let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
    let headers: Vec<_> = lines
        .map(|line| line.split_once(": ").unwrap())
        .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
        .collect();
    let answer = Answer { status, headers, body: raw[end + 4..].to_vec() };
    if let Some(length) = answer.header("content-length") {
        assert_eq!(length, answer.body.len().to_string());
    }
    answer
}

pub(crate) struct Client {
    pub(crate) sandbox: Sandbox,
}

pub(crate) fn client(config: Config) -> Client {
    // The test runner's own output stays readable.
    let log: Box<dyn Write + Send> = Box::new(std::io::sink());
    Client { sandbox: start(Config { log, ..config }).unwrap() }
}

/// One enrolled user and defaults otherwise.
pub(crate) fn with_user() -> Client {
    client(Config { users: vec!["user-42".to_owned()], ..Config::default() })
}

impl Client {
    pub(crate) fn post(&self, path: &str, body: &Value) -> Answer {
        self.try_post(path, body).expect("an answer")
    }

    pub(crate) fn try_post(&self, path: &str, body: &Value) -> Option<Answer> {
        let headers = [("Content-Type", "application/json")];
        send(self.sandbox.url(), "POST", path, &headers, body.to_string().as_bytes())
    }

    pub(crate) fn control(&self, method: &str, path: &str, body: &Value) -> Answer {
        let token = format!("Bearer {}", self.sandbox.control_token());
        let headers = [("Authorization", token.as_str())];
        send(self.sandbox.url(), method, path, &headers, body.to_string().as_bytes()).expect("an answer")
    }

    /// Asserts that the order was understood.
    pub(crate) fn fault(&self, order: &Value) {
        let answer = self.control("POST", "/control/faults", order);
        assert_eq!(answer.status, 201, "{}", answer.json());
    }

    /// A signed action on a user of the environment `test`.
    pub(crate) fn act(&self, user_id: &str, action: &str, on: bool) -> (u16, String) {
        self.post(ENROLLEE, &enrollee(user_id, action, on)).verdict()
    }

    pub(crate) fn job(&self, order: &Value) -> Value {
        self.control("POST", "/control/jobs", order).json()
    }

    pub(crate) fn info(&self, user_id: &str) -> Value {
        let mut body = enrollee(user_id, "unused", true);
        let map = body.as_object_mut().unwrap();
        map.remove("unused");
        map.remove("email");
        self.post(INFO, &body).json()
    }

    pub(crate) fn journal(&self) -> Vec<Value> {
        let answer = self.control("GET", "/control/requests", &Value::Null).json();
        answer["requests"].as_array().unwrap().clone()
    }
}

pub(crate) fn sign(key: &str, timestamp: &str, partner_id: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).unwrap();
    mac.update(format!("{timestamp}{partner_id}sid_request").as_bytes());
    STANDARD.encode(mac.finalize().into_bytes())
}

/// A fresh, rightly signed body for the environment `test`.
pub(crate) fn enrollee(user_id: &str, action: &str, on: bool) -> Value {
    signed("test", &stamp(0), json!({ action: on, "email": "ops@bank.example", "user_id": user_id }))
}

/// Adds the environment and a signature with its key.
pub(crate) fn signed(environment: &str, timestamp: &str, mut body: Value) -> Value {
    let key = if environment == "test" { DEFAULT_SANDBOX_KEY } else { DEFAULT_PRODUCTION_KEY };
    let map = body.as_object_mut().unwrap();
    map.insert("environment".to_owned(), json!(environment));
    map.insert("partner_id".to_owned(), json!("085"));
    map.insert("timestamp".to_owned(), json!(timestamp));
    map.insert("signature".to_owned(), json!(sign(key, timestamp, "085")));
    body
}

/// The time so many seconds from now. Days are counted one by one: slow, plain, and not the server's own code.
pub(crate) fn stamp(offset_seconds: i64) -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    let seconds = i64::try_from(now.as_secs()).unwrap() + offset_seconds;
    let (mut days, rest) = (seconds / 86_400, seconds % 86_400);
    let mut year = 1970;
    let leap = |year: i64| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    while days >= 365 + i64::from(leap(year)) {
        days -= 365 + i64::from(leap(year));
        year += 1;
    }
    let mut month = 1;
    for length in [31, 28 + i64::from(leap(year)), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] {
        if days < length {
            break;
        }
        days -= length;
        month += 1;
    }
    let (hour, minute, second) = (rest / 3600, rest / 60 % 60, rest % 60);
    format!("{year}-{month:02}-{:02}T{hour:02}:{minute:02}:{second:02}.{:03}Z", days + 1, now.subsec_millis())
}

/// A log that a test can read.
#[derive(Clone, Default)]
pub(crate) struct Captured(Arc<Mutex<Vec<u8>>>);

impl Captured {
    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl Write for Captured {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Waits for what happens in the background, with a limit.
pub(crate) fn eventually<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + Duration::from_secs(10);
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(Instant::now() < deadline, "not within 10 s: {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}
