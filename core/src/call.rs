//! A call: the request that the host sends, and the reader of its answer.

use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt;
use core::marker::PhantomData;

use zeroize::Zeroizing;

use crate::error::{Error, Unreadable, UnreadableReason};
use crate::http::{Body, BodyFault, Header, MAX_RESPONSE_BYTES, Method, ReplyHeaders, safe_to_show};
use crate::json::{MAX_DEPTH, MAX_PLAIN_DEPTH};
use crate::mask::Secrets;
use crate::outcome::{Outcome, ReadOutcome};
use crate::slug::slugs;
use crate::time::Timestamp;

slugs! {
    /// What a call does; it names the reader of the answer.
    pub enum Operation {
        /// Lets a user submit one more enrollment job under the same id.
        SmileIdReEnroll = "smile_id.re_enroll",
        /// Keeps a user from running jobs, until reactivated.
        SmileIdDeactivate = "smile_id.deactivate",
        /// Undoes a deactivation.
        SmileIdReactivate = "smile_id.reactivate",
        /// Marks a user as fraudulent: jobs still run, all are marked failed.
        SmileIdFlagFraud = "smile_id.flag_fraud",
        /// Takes the fraud mark away.
        SmileIdClearFraud = "smile_id.clear_fraud",
        /// Deletes a user for ever; the id can never be used again.
        SmileIdDeletePermanently = "smile_id.delete_permanently",
        /// Looks a user up.
        SmileIdEnrolleeInfo = "smile_id.enrollee_info",
        /// Any other call to Smile ID.
        SmileIdRaw = "smile_id.raw",
        /// Signs a user up.
        UnifyiaSignUp = "unifyia.sign_up",
        /// Fetches an organization's branding.
        UnifyiaBranding = "unifyia.branding",
        /// Any other call to Unifyia.
        UnifyiaRaw = "unifyia.raw",
    }
}

slugs! {
    /// Whom a call is for.
    pub enum Service {
        /// Smile ID.
        SmileId = "smile_id",
        /// Unifyia.
        Unifyia = "unifyia",
    }
}

impl Operation {
    /// Whether it may change something. A `raw` call is taken for one that does.
    #[must_use]
    pub const fn is_mutation(self) -> bool {
        !matches!(self, Self::SmileIdEnrolleeInfo | Self::UnifyiaBranding)
    }

    /// Whom it is for.
    #[must_use]
    pub const fn service(self) -> Service {
        match self {
            Self::UnifyiaSignUp | Self::UnifyiaBranding | Self::UnifyiaRaw => Service::Unifyia,
            _ => Service::SmileId,
        }
    }
}

/// An HTTP request, ready to be sent once. Wiped from memory when dropped.
#[derive(Clone)]
pub(crate) struct Request {
    pub(crate) method: Method,
    pub(crate) url: String,
    pub(crate) headers: Vec<Header>,
    pub(crate) body: Zeroizing<String>,
}

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
        self.reader.operation
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

    /// Sets how many bytes of a response are read, instead of [`MAX_RESPONSE_BYTES`].
    #[must_use]
    pub fn max_response_bytes(mut self, max: usize) -> Self {
        self.reader.max_response_bytes = max;
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
        Preview::of(&self.request, &self.reader.secrets)
    }
}

impl<T> fmt::Debug for Call<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Request { method, url, .. } = &self.request;
        let operation = self.reader.operation;
        // A raw call's path is the caller's own, and may name a user; every other path is the service's.
        let shown = match operation {
            Operation::SmileIdRaw | Operation::UnifyiaRaw => origin(url),
            _ => url,
        };
        write!(f, "Call({operation}: {method} {shown})")
    }
}

/// Scheme, host and port of an address that the core made.
fn origin(url: &str) -> &str {
    let host = url.find("://").map_or(0, |at| at.saturating_add(3));
    let end = url.get(host..).and_then(|rest| rest.find('/')).map_or(url.len(), |at| at.saturating_add(host));
    url.get(..end).unwrap_or_default()
}

/// Reads the answer to a call: plain data, for hosts that keep request and reader apart.
#[derive(Clone)]
pub struct Reader {
    operation: Operation,
    relayed: bool,
    signed_at: Option<Timestamp>,
    account: Option<Arc<str>>,
    secrets: Secrets,
    max_response_bytes: usize,
}

impl Reader {
    /// A reader for answers of the service itself. `secrets` are masked wherever an answer repeats them.
    #[must_use]
    pub fn direct(operation: Operation, signed_at: Option<Timestamp>, secrets: &[&str]) -> Self {
        Self {
            operation,
            relayed: false,
            signed_at,
            account: None,
            secrets: Secrets::new(secrets),
            max_response_bytes: MAX_RESPONSE_BYTES,
        }
    }

    /// A reader for answers of a relay.
    #[must_use]
    pub fn relayed(operation: Operation) -> Self {
        Self { relayed: true, ..Self::direct(operation, None, &[]) }
    }

    /// What the call does.
    #[must_use]
    pub fn operation(&self) -> Operation {
        self.operation
    }

    /// Whether the answer comes from a relay.
    #[must_use]
    pub fn is_relayed(&self) -> bool {
        self.relayed
    }

    /// The time that was signed, if one was.
    #[must_use]
    pub fn signed_at(&self) -> Option<Timestamp> {
        self.signed_at
    }

    /// Sets which account the call is for, as the text of an `unauthorized` names it: what [`Self::account`] gave.
    #[must_use]
    pub fn for_account(mut self, account: impl Into<Arc<str>>) -> Self {
        self.account = Some(account.into());
        self
    }

    /// Partner id and environment of a signed call, in words.
    #[must_use]
    pub fn account(&self) -> Option<&str> {
        self.account.as_deref()
    }

    /// The secrets that the call carries. Hold them as carefully as the call.
    pub fn secrets(&self) -> impl Iterator<Item = &str> {
        self.secrets.iter()
    }

    /// Sets how many bytes of a response are read, instead of [`MAX_RESPONSE_BYTES`].
    #[must_use]
    pub fn max_response_bytes(mut self, max: usize) -> Self {
        self.max_response_bytes = max;
        self
    }

    /// Reads the answer; `Outcome` fits every operation, an outcome's own type only its own operations.
    ///
    /// # Errors
    /// As [`Call::read`].
    pub fn read<T: ReadOutcome, N: AsRef<str>, V: AsRef<[u8]>>(
        &self,
        status: u16,
        headers: impl IntoIterator<Item = (N, V)>,
        body: &[u8],
    ) -> Result<T, Error> {
        // A relay's answer holds what the service said some levels deeper.
        let depth = if self.relayed { MAX_PLAIN_DEPTH } else { MAX_DEPTH };
        let (mut body, fault) = match Body::decode(body, self.max_response_bytes, depth, &self.secrets) {
            Ok(body) => (body, None),
            Err(BodyFault::TooLarge) => (Body::default(), Some(UnreadableReason::TooLarge)),
            Err(BodyFault::TooDeep(raw)) => (Body { raw, json: None }, Some(UnreadableReason::TooDeep)),
        };
        if self.operation == Operation::UnifyiaRaw {
            body.mask_members(&crate::unifyia::SECRET_MEMBERS);
        }
        let reply = Reply {
            operation: self.operation,
            relayed: self.relayed,
            status,
            headers: ReplyHeaders::read(headers),
            signed_at: self.signed_at,
            account: self.account.as_ref(),
            secrets: &self.secrets,
            body,
        };
        match fault {
            // Any other status says enough without a body.
            Some(reason) if reply.is_success() => {
                Err(Unreadable::new(self.operation, reason, status, reply.body.raw).into())
            }
            _ if self.relayed => crate::relay::read(reply),
            _ => match reply.failure() {
                Some(error) => Err(error.into()),
                None => T::read(reply),
            },
        }
    }
}

impl fmt::Debug for Reader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Reader({}{})", if self.relayed { "relayed " } else { "" }, self.operation)
    }
}

/// An answer, decoded as far as it can be.
pub struct Reply<'a> {
    pub(crate) operation: Operation,
    pub(crate) relayed: bool,
    pub(crate) status: u16,
    pub(crate) headers: ReplyHeaders,
    pub(crate) signed_at: Option<Timestamp>,
    pub(crate) account: Option<&'a Arc<str>>,
    pub(crate) secrets: &'a Secrets,
    pub(crate) body: Body,
}

impl Reply<'_> {
    pub(crate) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// What the service wrote, safe to show. Masked once more: without its control characters, it may hold a secret that had
    /// been split by them.
    pub(crate) fn show(&self, text: &str) -> String {
        self.secrets.mask_text(safe_to_show(text))
    }
}

/// A request as a person may see it: method, address, headers and body, without the secrets.
///
/// Its `Display` is the request's text; it still shows the user's data.
#[derive(Clone, PartialEq, Eq)]
pub struct Preview {
    method: Method,
    url: String,
    headers: Vec<(String, String)>,
    body: String,
}

impl Preview {
    pub(crate) fn of(request: &Request, secrets: &Secrets) -> Self {
        let hide = |text: &str| {
            secrets
                .iter()
                .filter(|secret| !secret.is_empty())
                .fold(String::from(text), |text, secret| text.replace(secret, "<secret>"))
        };
        let headers =
            request.headers.iter().map(|header| (header.name().into(), hide(header.value()))).collect();
        Self { method: request.method, url: hide(&request.url), headers, body: hide(&request.body) }
    }

    /// The HTTP method.
    #[must_use]
    pub fn method(&self) -> Method {
        self.method
    }

    /// The address.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The headers, names and values.
    pub fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The body.
    #[must_use]
    pub fn body(&self) -> &str {
        &self.body
    }
}

impl fmt::Display for Preview {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} {}", self.method, self.url)?;
        for (name, value) in self.headers() {
            writeln!(f, "{name}: {value}")?;
        }
        write!(f, "\n{}", self.body)
    }
}

impl fmt::Debug for Preview {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Preview({} {})", self.method, self.url)
    }
}
