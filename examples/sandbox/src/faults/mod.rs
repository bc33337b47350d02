//! Failures on order: a queue of faults, each for the next matching request to a service.

pub(crate) mod play;

use std::collections::VecDeque;
use std::sync::Mutex;

use axum::http::{HeaderValue, StatusCode};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::lock::lock;

const MAX_QUEUE: usize = 1000;
const MAX_BYTES: usize = 256 * 1024 * 1024;
const MAX_MILLISECONDS: u64 = 600_000;

/// `processed` says whether the service does its work before the answer is replaced.
#[derive(Clone, Deserialize, Serialize)]
#[serde(tag = "fault", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum Fault {
    /// A status of choice, with a service code or without.
    Status {
        #[serde(default = "defaults::status")]
        status: u16,
        code: Option<String>,
        message: Option<String>,
        #[serde(default)]
        processed: bool,
    },
    /// 200 with a captive portal's log-in page.
    Html {
        #[serde(default)]
        processed: bool,
    },
    /// 200 with nothing.
    Empty {
        #[serde(default)]
        processed: bool,
    },
    /// 429 with `Retry-After`: seconds, or any text (an HTTP date, nonsense).
    RateLimit {
        #[serde(default = "defaults::retry_after")]
        retry_after: Value,
    },
    /// The right answer, late: a client that does not wait has changed something all the same.
    Slow {
        #[serde(default = "defaults::milliseconds")]
        milliseconds: u64,
    },
    /// The connection closes; nothing was done.
    DropBefore {},
    /// The connection closes; everything was done.
    DropAfter {},
    /// Done, and half of the JSON arrives, framed as if it were all of it.
    Truncate {},
    /// 307 to a place that counts its visitors, unless told another.
    Redirect { location: Option<String> },
    /// 200 whose body carries a failure code.
    #[serde(rename = "code_in_200")]
    CodeIn200 {
        #[serde(default = "defaults::code")]
        code: String,
        #[serde(default)]
        processed: bool,
    },
    /// 200 with a JSON body of this many bytes.
    Huge {
        #[serde(default = "defaults::bytes")]
        bytes: usize,
        #[serde(default)]
        processed: bool,
    },
    /// 400 whose text repeats the signature (or token) that was received.
    Echo {},
}

mod defaults {
    use serde_json::Value;

    pub(super) fn status() -> u16 {
        500
    }
    pub(super) fn retry_after() -> Value {
        Value::from(1)
    }
    pub(super) fn milliseconds() -> u64 {
        1000
    }
    pub(super) fn code() -> String {
        "2210".to_owned()
    }
    pub(super) fn bytes() -> usize {
        16 * 1024 * 1024
    }
}

impl Fault {
    pub(crate) fn slug(&self) -> &'static str {
        match self {
            Self::Status { .. } => "status",
            Self::Html { .. } => "html",
            Self::Empty { .. } => "empty",
            Self::RateLimit { .. } => "rate_limit",
            Self::Slow { .. } => "slow",
            Self::DropBefore {} => "drop_before",
            Self::DropAfter {} => "drop_after",
            Self::Truncate {} => "truncate",
            Self::Redirect { .. } => "redirect",
            Self::CodeIn200 { .. } => "code_in_200",
            Self::Huge { .. } => "huge",
            Self::Echo {} => "echo",
        }
    }

    /// What its type alone does not say.
    fn check(&self) -> Result<(), &'static str> {
        let code_ok = |code: &str| {
            (1..=16).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_alphanumeric())
        };
        match self {
            Self::Status { status, code, .. } => {
                if StatusCode::from_u16(*status).is_err() || !(200..600).contains(status) {
                    return Err("status is 200 to 599");
                }
                if !code.as_deref().is_none_or(code_ok) {
                    return Err("code is 1 to 16 letters or digits");
                }
            }
            Self::CodeIn200 { code, .. } if !code_ok(code) => {
                return Err("code is 1 to 16 letters or digits");
            }
            Self::RateLimit { retry_after } if header(retry_after).is_none() => {
                return Err("retry_after is a whole number or a text that fits into a header");
            }
            Self::Slow { milliseconds } if *milliseconds > MAX_MILLISECONDS => {
                return Err("milliseconds is at most 600000");
            }
            Self::Redirect { location: Some(location) } if HeaderValue::from_str(location).is_err() => {
                return Err("location does not fit into a header");
            }
            Self::Huge { bytes, .. } if *bytes > MAX_BYTES => return Err("bytes is at most 268435456"),
            _ => {}
        }
        Ok(())
    }
}

/// A number or a text as a header value.
fn header(value: &Value) -> Option<HeaderValue> {
    match value {
        Value::String(text) => HeaderValue::from_str(text).ok(),
        Value::Number(number) if number.is_u64() => HeaderValue::from_str(&number.to_string()).ok(),
        _ => None,
    }
}

struct Ordered {
    fault: Fault,
    times: u64,
    path_contains: Option<String>,
}

#[derive(Default)]
pub(crate) struct Faults(Mutex<VecDeque<Ordered>>);

impl Faults {
    /// Reads `{"fault": …, "times": 1, "path_contains": …, …}` and appends it; returns it with its defaults.
    pub(crate) fn order(&self, mut order: Map<String, Value>) -> Result<Value, String> {
        let times = match order.remove("times") {
            None => 1,
            Some(times) => {
                times.as_u64().filter(|times| *times > 0).ok_or("times is a positive whole number")?
            }
        };
        let path_contains = match order.remove("path_contains") {
            None | Some(Value::Null) => None,
            Some(Value::String(part)) => Some(part),
            Some(_) => return Err("path_contains is a text".to_owned()),
        };
        let fault: Fault = serde_json::from_value(Value::Object(order)).map_err(|error| error.to_string())?;
        fault.check()?;
        let ordered = Ordered { fault, times, path_contains };
        let described = ordered.to_json();
        let mut queue = lock(&self.0);
        if queue.len() >= MAX_QUEUE {
            return Err("too many faults are waiting".to_owned());
        }
        queue.push_back(ordered);
        Ok(described)
    }

    pub(crate) fn list(&self) -> Vec<Value> {
        lock(&self.0).iter().map(Ordered::to_json).collect()
    }

    pub(crate) fn clear(&self) -> usize {
        let mut queue = lock(&self.0);
        let count = queue.len();
        queue.clear();
        count
    }

    /// The oldest fault that fits this path, once.
    pub(crate) fn take(&self, path: &str) -> Option<Fault> {
        let mut queue = lock(&self.0);
        let fits =
            |ordered: &Ordered| ordered.path_contains.as_deref().is_none_or(|part| path.contains(part));
        let at = queue.iter().position(fits)?;
        let ordered = queue.get_mut(at)?;
        ordered.times -= 1;
        if ordered.times == 0 {
            return queue.remove(at).map(|ordered| ordered.fault);
        }
        Some(ordered.fault.clone())
    }
}

impl Ordered {
    fn to_json(&self) -> Value {
        let mut shown = serde_json::to_value(&self.fault).unwrap_or_default();
        if let Value::Object(map) = &mut shown {
            map.insert("times".to_owned(), json!(self.times));
            map.insert("path_contains".to_owned(), json!(self.path_contains));
        }
        shown
    }
}
