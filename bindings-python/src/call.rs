//! A call: the request that the host sends, and the reader of its answer.

use enrollkit::{
    Error, InvalidInput, MAX_RESPONSE_BYTES, Outcome, RawReply, ReadOutcome, Reader, ViolationCode,
};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyBytes, PyDict, PyInt};

use crate::bytes;
use crate::error::{or_refused, raised, refused_for};
use crate::generated::outcomes::object_of;
use crate::value::{Credential, credential_methods, quoted};

/// From this size on, other threads may run while an answer is read.
const LARGE: usize = 64 * 1024;

/// A request, and the reader of its answer.
///
/// It carries credentials: send it once, soon, without following redirects; it is neither copied nor pickled. Queue intents, not
/// calls. Its parts are what every HTTP client takes:
///
///     reply = httpx.request(call.method, call.url, headers=call.headers, content=call.body)
///     outcome = call.read(reply.status_code, reply.content, reply.headers)
#[pyclass(frozen, generic, module = "enrollkit")]
pub(crate) struct Call(Kind);

enum Kind {
    Any(enrollkit::Call),
    Raw(enrollkit::Call<RawReply>),
}

/// Both kinds have the same parts.
macro_rules! of {
    ($kind:expr, $call:ident => $part:expr) => {
        match &$kind {
            Kind::Any($call) => $part,
            Kind::Raw($call) => $part,
        }
    };
}

impl Call {
    pub(crate) fn any(py: Python<'_>, call: Result<enrollkit::Call, InvalidInput>) -> PyResult<Self> {
        or_refused(py, call).map(|call| Self(Kind::Any(call)))
    }

    pub(crate) fn raw(
        py: Python<'_>,
        call: Result<enrollkit::Call<RawReply>, InvalidInput>,
    ) -> PyResult<Self> {
        or_refused(py, call).map(|call| Self(Kind::Raw(call)))
    }
}

impl Credential for Call {
    fn shown(&self) -> String {
        let (operation, method) = (self.operation(), self.method());
        // A raw call's path is the caller's own, and may name a user; every other path is the service's.
        let url = match &self.0 {
            Kind::Any(call) => call.url(),
            Kind::Raw(call) => origin(call.url()),
        };
        format!("Call(operation='{operation}', method='{method}', url={})", quoted(url))
    }
}

/// Scheme, host and port.
fn origin(url: &str) -> &str {
    let host = url.find("://").map_or(0, |at| at + 3);
    url[host..].find('/').map_or(url, |at| &url[..host + at])
}

#[pymethods]
impl Call {
    /// What it does, a word such as `smile_id.deactivate`.
    #[getter]
    fn operation(&self) -> &'static str {
        of!(self.0, call => call.operation().slug())
    }

    /// The HTTP method.
    #[getter]
    fn method(&self) -> &'static str {
        of!(self.0, call => call.method().slug())
    }

    /// The address.
    #[getter]
    fn url(&self) -> &str {
        of!(self.0, call => call.url())
    }

    /// The headers, as a new dict.
    #[getter]
    fn headers<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let dict = PyDict::new(py);
        for header in of!(self.0, call => call.headers()) {
            dict.set_item(header.name(), header.value())?;
        }
        Ok(dict)
    }

    /// The body, exactly as it must be sent; None for a GET.
    #[getter]
    fn body<'py>(&self, py: Python<'py>) -> Option<Bound<'py, PyBytes>> {
        let body = of!(self.0, call => call.body());
        (!body.is_empty()).then(|| PyBytes::new(py, body.as_bytes()))
    }

    /// Reads the answer: gives the outcome, or raises `ApiError` (the service said no) or `Unreadable`.
    ///
    /// `headers`, from any HTTP client, tell how long to wait and how far the clocks differ. More than `max_bytes` of a body
    /// is not read.
    #[pyo3(signature = (status, body, headers=None, *, max_bytes=None))]
    fn read<'py>(
        &self,
        py: Python<'py>,
        status: &Bound<'py, PyAny>,
        body: &Bound<'py, PyAny>,
        headers: Option<&Bound<'py, PyAny>>,
        max_bytes: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let status = number(status, "status", "an HTTP status")?;
        let headers = bytes::headers(headers)?;
        let max_bytes = match max_bytes {
            None => MAX_RESPONSE_BYTES,
            Some(max_bytes) => number(max_bytes, "max_bytes", "a number of bytes")?,
        };
        let body = bytes::body(body)?;
        let body: &[u8] = &body;
        let read = || of!(self.0, call => read(call, max_bytes, status, &headers, body));
        let outcome = if body.len() < LARGE { read() } else { py.detach(read) };
        match outcome {
            Ok(outcome) => object_of(py, outcome),
            Err(error) => Err(raised(py, &error)),
        }
    }

    /// The error for a call that got no answer: reset, timed out, gone. `cause` becomes its `__cause__`.
    #[pyo3(signature = (cause=None))]
    fn no_response(&self, py: Python<'_>, cause: Option<&Bound<'_, PyAny>>) -> PyResult<Py<PyAny>> {
        caused(py, &of!(self.0, call => call.no_response()), cause)
    }

    /// The error for a call of which it is certain that nothing was sent: no such host, a refused connection. `cause` becomes
    /// its `__cause__`.
    #[pyo3(signature = (cause=None))]
    fn not_sent(&self, py: Python<'_>, cause: Option<&Bound<'_, PyAny>>) -> PyResult<Py<PyAny>> {
        caused(py, &of!(self.0, call => call.not_sent()), cause)
    }
}

credential_methods!(Call, "queue the intent, and make a call of it where it is sent");

fn caused(py: Python<'_>, error: &Error, cause: Option<&Bound<'_, PyAny>>) -> PyResult<Py<PyAny>> {
    let error = raised(py, error).into_value(py);
    if let Some(cause) = cause {
        error.bind(py).setattr("__cause__", cause)?;
    }
    Ok(error.into_any())
}

fn read<T: ReadOutcome>(
    call: &enrollkit::Call<T>,
    max_bytes: usize,
    status: u16,
    headers: &bytes::Headers,
    body: &[u8],
) -> Result<Outcome, Error> {
    let headers = headers.iter().map(|(name, value)| (name.as_str(), value));
    if max_bytes == MAX_RESPONSE_BYTES {
        return call.reader().read(status, headers, body);
    }
    Reader::clone(call.reader()).max_response_bytes(max_bytes).read(status, headers, body)
}

/// An integer within its type's range.
fn number<'py, T>(value: &Bound<'py, PyAny>, path: &str, expected: &str) -> PyResult<T>
where
    T: for<'a> FromPyObject<'a, 'py>,
{
    let number = value.cast::<PyInt>().ok().filter(|value| !value.is_instance_of::<PyBool>());
    let number = number.and_then(|number| number.extract::<T>().ok());
    number.ok_or_else(|| refused_for(value.py(), path, ViolationCode::OutOfRange, expected))
}
