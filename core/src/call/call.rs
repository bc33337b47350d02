//! A call: the request that the host sends, with the reader of its answer.

use core::fmt;
use core::marker::PhantomData;

use super::preview::Preview;
use super::reader::Reader;
use crate::error::Error;
use crate::http::{Header, Method, Request};
use crate::operation::Operation;
use crate::outcome::Outcome;
use crate::reply::ReadOutcome;

/// A request, and the reader of its answer.
///
/// Send it once, soon, without following redirects, and give the answer to [`Call::read`]. It carries credentials: its
/// `Debug` shows operation, method and address only (of a `raw` call the host), and it does not serialise. Queue intents, not calls.
#[derive(Clone)]
pub struct Call<T = Outcome> {
    request: Request,
    reader: Reader,
    outcome: PhantomData<fn() -> T>,
}

impl<T: ReadOutcome> Call<T> {
    pub(crate) fn new(request: Request, reader: Reader) -> Self {
        Self { request, reader, outcome: PhantomData }
    }

    /// What the call does.
    #[must_use]
    pub fn operation(&self) -> Operation {
        self.reader.operation()
    }

    /// The HTTP method.
    #[must_use]
    pub fn method(&self) -> Method {
        self.request.method
    }

    /// The address. In a page, a relayed call's may be a same-origin path.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.request.url
    }

    /// The headers to set.
    #[must_use]
    pub fn headers(&self) -> &[Header] {
        &self.request.headers
    }

    /// The body, exactly as it must be sent; empty for a GET.
    #[must_use]
    pub fn body(&self) -> &str {
        &self.request.body
    }

    /// The reader alone, for hosts that keep request and reader apart.
    #[must_use]
    pub fn reader(&self) -> &Reader {
        &self.reader
    }

    /// Sets how many bytes of a response are read, instead of [`crate::MAX_RESPONSE_BYTES`].
    #[must_use]
    pub fn max_response_bytes(mut self, max: usize) -> Self {
        self.reader = self.reader.max_response_bytes(max);
        self
    }

    /// Reads the answer.
    ///
    /// # Errors
    /// [`Error::Api`] when the service said no, [`Error::Unreadable`] when the answer can't be read.
    pub fn read(&self, status: u16, body: &[u8]) -> Result<T, Error> {
        self.reader.read(status, [("", ""); 0], body)
    }

    /// Reads the answer with its headers, which tell how long to wait (`Retry-After`) and how far the clocks differ
    /// (`Date`). Takes what HTTP clients give: pairs of names and values.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub fn read_with_headers<N: AsRef<str>, V: AsRef<[u8]>>(
        &self,
        status: u16,
        headers: impl IntoIterator<Item = (N, V)>,
        body: &[u8],
    ) -> Result<T, Error> {
        self.reader.read(status, headers, body)
    }

    /// The error for a call that got no answer: reset, timed out, cancelled on its way.
    #[must_use]
    pub fn no_response(&self) -> Error {
        Error::no_response(self.operation())
    }

    /// The error for a call of which nothing can have left this machine towards the service: no such host, connection refused,
    /// cancelled before it began. Only where the HTTP client tells; else it is [`Self::no_response`].
    #[must_use]
    pub fn not_sent(&self) -> Error {
        Error::not_sent(self.operation())
    }

    /// The same request with its secrets replaced by `<secret>`: for a dry run's output, never to be sent. It still
    /// shows the user's data.
    #[must_use]
    pub fn preview(&self) -> Preview {
        Preview::of(&self.request, self.reader.secret_texts())
    }
}

impl<T> fmt::Debug for Call<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Request { method, url, .. } = &self.request;
        let operation = self.reader.operation();
        // A raw call's path is the caller's own, and may name a user; every other path is the service's.
        let shown = if operation.action().is_none() { origin(url) } else { url };
        write!(f, "Call({operation}: {method} {shown})")
    }
}

/// Scheme, host and port of an address that the core made.
fn origin(url: &str) -> &str {
    let host = url.find("://").map_or(0, |at| at.saturating_add(3));
    let end = url.get(host..).and_then(|rest| rest.find('/')).map_or(url.len(), |at| at.saturating_add(host));
    url.get(..end).unwrap_or_default()
}
