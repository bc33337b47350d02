//! A loopback HTTP server of a few lines: the relay's back end, and the receiver of callbacks and webhooks.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// A request as it was received.
#[derive(Clone)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Request {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }
}

pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: &'static str,
    pub(crate) body: String,
}

impl Reply {
    pub(crate) fn status(status: u16) -> Self {
        Self { status, headers: "", body: String::new() }
    }
}

pub(crate) struct Server {
    pub(crate) url: String,
    /// Everything that went over the wire, both ways.
    pub(crate) wire: Arc<Mutex<Vec<u8>>>,
}

/// Answers one request after the other; its thread lives as long as the tests.
pub(crate) fn serve(mut answer: impl FnMut(Request) -> Reply + Send + 'static) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let wire = Arc::new(Mutex::new(Vec::new()));
    let recorded = Arc::clone(&wire);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            // Who goes away before the answer is no news.
            let _ = stream.and_then(|stream| exchange(stream, &mut answer, &recorded));
        }
    });
    Server { url, wire }
}

fn exchange(
    mut stream: TcpStream,
    answer: &mut impl FnMut(Request) -> Reply,
    wire: &Mutex<Vec<u8>>,
) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if reader.read_line(&mut head)? == 0 {
            return Ok(());
        }
    }
    let mut lines = head.lines();
    let method = lines.next().unwrap().split(' ').next().unwrap().to_owned();
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_owned(), value.trim().to_owned()))
        .collect();
    let mut request = Request { method, headers, body: Vec::new() };
    let length = request.header("content-length").map_or(0, |length| length.parse().unwrap());
    request.body = vec![0; length];
    reader.read_exact(&mut request.body)?;
    let received = [head.as_bytes(), &request.body].concat();

    let Reply { status, headers, body } = answer(request);
    let length = body.len();
    let sent = format!(
        "HTTP/1.1 {status} X\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n{body}"
    );
    wire.lock().unwrap().extend([&received, sent.as_bytes()].concat());
    stream.write_all(sent.as_bytes())
}
