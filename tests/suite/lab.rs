//! A sandbox of a test's own, and its control routes.

use std::io::Write;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use enrollkit::json::Object;
use enrollkit::{ApiKey, BaseUrl, Environment, Json, PartnerId, SmileId, SmileIdBuilder, Timestamp};
use enrollkit_sandbox::{Config, DEFAULT_SANDBOX_KEY, Sandbox, start};

use crate::http::{PATIENCE, exchange};

pub(crate) struct Lab {
    sandbox: Sandbox,
    log: Log,
}

/// The sandbox's log, kept for tests that search it.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Lab {
    pub(crate) fn new(config: Config) -> Self {
        let log = Log::default();
        Self { sandbox: start(Config { log: Box::new(log.clone()), ..config }).unwrap(), log }
    }

    pub(crate) fn with_user(user_id: &str) -> Self {
        Self::new(Config { users: vec![user_id.to_owned()], ..Config::default() })
    }

    pub(crate) fn url(&self) -> &str {
        self.sandbox.url()
    }

    pub(crate) fn control_token(&self) -> &str {
        self.sandbox.control_token()
    }

    pub(crate) fn log(&self) -> String {
        String::from_utf8(self.log.0.lock().unwrap().clone()).unwrap()
    }

    /// A control request that must be understood.
    pub(crate) fn control(&self, method: &str, path: &str, order: &str) -> Json {
        let url = format!("{}/control{path}", self.url());
        let token = format!("Bearer {}", self.control_token());
        let headers = [("Authorization", token.as_str())];
        let answer =
            exchange(method, &url, headers, order, PATIENCE).expect("an answer of the control route");
        let text = String::from_utf8(answer.body).unwrap();
        assert!((200..300).contains(&answer.status), "{method} {path} {order}: {} {text}", answer.status);
        Json::parse(&text).unwrap()
    }

    /// The list `key` of a control route.
    pub(crate) fn list(&self, path: &str, key: &str) -> Vec<Json> {
        self.control("GET", path, "").get(key).and_then(Json::as_array).unwrap().to_vec()
    }

    /// What was asked about a user so far, oldest first.
    pub(crate) fn requests(&self, user_id: &str) -> Vec<Json> {
        let mut all = self.list("/requests", "requests");
        all.retain(|entry| entry.get("user_id").and_then(Json::as_str) == Some(user_id));
        all
    }

    /// The sandbox's partner, environment and address; credentials come next.
    pub(crate) fn smile_builder(&self) -> SmileIdBuilder {
        SmileId::new(PartnerId::parse("085").unwrap(), Environment::Sandbox)
            .operator("ops@bank.example")
            .unwrap()
            .base_url(BaseUrl::parse(self.url()).unwrap())
    }

    pub(crate) fn smile(&self) -> SmileId {
        self.smile_builder().api_key(&ApiKey::parse(DEFAULT_SANDBOX_KEY).unwrap())
    }
}

pub(crate) fn now() -> Timestamp {
    now_plus(0)
}

/// The time so many seconds from now.
pub(crate) fn now_plus(seconds: i64) -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    let millis = i64::try_from(since.as_millis()).unwrap();
    Timestamp::from_unix_millis(millis + seconds * 1000).unwrap()
}

/// A JSON object from pairs.
pub(crate) fn object<const N: usize>(pairs: [(&str, Json); N]) -> Json {
    let mut out = Object::new();
    for (key, value) in pairs {
        out.insert(key, value);
    }
    out.into()
}

/// Waits for what happens in the background, with a limit that only a broken run reaches.
pub(crate) fn eventually<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + PATIENCE;
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(Instant::now() < deadline, "not in time: {what}");
        std::thread::sleep(Duration::from_millis(10));
    }
}
