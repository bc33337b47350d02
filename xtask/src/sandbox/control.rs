//! The sandbox's control routes, over a plain socket: a whole HTTP client would be compiled for every `cargo xtask`.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::Value;

use crate::run::error::{Error, Result, failed};

/// It answers from memory.
const WITHIN: Duration = Duration::from_secs(10);

pub(crate) struct Control {
    host: String,
    token: String,
}

impl Control {
    pub(crate) fn new(url: &str, token: &str) -> Result<Self> {
        let host = url
            .strip_prefix("http://")
            .ok_or_else(|| Error::Failed("the sandbox's address is not http".into()))?;
        Ok(Self { host: host.to_owned(), token: token.to_owned() })
    }

    pub(crate) fn post(&self, path: &str, body: &Value) -> Result {
        self.send("POST", path, body)
    }

    pub(crate) fn put(&self, path: &str, body: &Value) -> Result {
        self.send("PUT", path, body)
    }

    fn send(&self, method: &str, path: &str, body: &Value) -> Result {
        let (host, token, body) = (&self.host, &self.token, body.to_string());
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {token}\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
            body.len()
        );
        let exchange = || {
            let mut stream = TcpStream::connect(host)?;
            stream.set_read_timeout(Some(WITHIN))?;
            stream.write_all(request.as_bytes())?;
            let mut answer = Vec::new();
            stream.read_to_end(&mut answer).map(|_| answer)
        };
        let answer = exchange().map_err(failed(format!("{method} {path} at the sandbox failed")))?;
        if answer.starts_with(b"HTTP/1.1 2") {
            return Ok(());
        }
        Err(Error::Failed(format!("{method} {path} at the sandbox: {}", String::from_utf8_lossy(&answer))))
    }
}
