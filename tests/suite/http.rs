//! The host's part: sends what the core built, and hands the answer over.

use std::io::ErrorKind;
use std::time::Duration;

use enrollkit::{Call, Error, ReadOutcome};
use ureq::http::Request;
use ureq::{Agent, Body, http::Response};

/// Far more than any answer on this machine takes, unless it was told to be slow.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// More than the core reads, so that it is the core that refuses a large body.
const MOST_BYTES: u64 = 64 * 1024 * 1024;

/// An answer as it came.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, Vec<u8>)>,
    pub(crate) body: Vec<u8>,
}

/// Redirects off, every status a value, no connection kept: each request stands for itself.
fn agent(patience: Duration) -> Agent {
    Agent::config_builder()
        .max_redirects(0)
        .max_redirects_will_error(false)
        .http_status_as_error(false)
        .timeout_global(Some(patience))
        .max_idle_connections(0)
        .proxy(None)
        .build()
        .into()
}

/// The answer to a request; `None` when there was none.
pub(crate) fn exchange<'a>(
    method: &str,
    url: &str,
    headers: impl IntoIterator<Item = (&'a str, &'a str)>,
    body: &str,
    patience: Duration,
) -> Option<Answer> {
    try_exchange(method, url, headers, body, patience).ok()
}

fn try_exchange<'a>(
    method: &str,
    url: &str,
    headers: impl IntoIterator<Item = (&'a str, &'a str)>,
    body: &str,
    patience: Duration,
) -> Result<Answer, ureq::Error> {
    let mut request = Request::builder().method(method).uri(url);
    for (name, value) in headers {
        request = request.header(name, value);
    }
    // A GET has no body, not even an empty one.
    let response = if body.is_empty() {
        agent(patience).run(request.body(()).unwrap())
    } else {
        agent(patience).run(request.body(body).unwrap())
    };
    read(response?)
}

fn read(mut response: Response<Body>) -> Result<Answer, ureq::Error> {
    let headers = response.headers().iter();
    let headers =
        headers.map(|(name, value)| (name.as_str().to_owned(), value.as_bytes().to_vec())).collect();
    let body = response.body_mut().with_config().limit(MOST_BYTES).read_to_vec()?;
    Ok(Answer { status: response.status().as_u16(), headers, body })
}

/// Sends a call and reads its answer.
pub(crate) fn send<T: ReadOutcome>(call: &Call<T>) -> Result<T, Error> {
    send_within(call, PATIENCE)
}

pub(crate) fn send_within<T: ReadOutcome>(call: &Call<T>, patience: Duration) -> Result<T, Error> {
    let headers = call.headers().iter().map(|header| (header.name(), header.value()));
    match try_exchange(call.method().slug(), call.url(), headers, call.body(), patience) {
        Ok(answer) => call.read_with_headers(answer.status, answer.headers, &answer.body),
        // Each request has a connection of its own: what is refused is that connection.
        Err(ureq::Error::Io(error)) if error.kind() == ErrorKind::ConnectionRefused => Err(call.not_sent()),
        Err(_) => Err(call.no_response()),
    }
}
