//! The call that brings an intent to a relay.

use alloc::borrow::Cow;
use alloc::string::String;

use crate::call::{Call, Reader};
use crate::http::{JSON_HEADERS, Method, Request};
use crate::operation::Operation;
use crate::reply::ReadOutcome;
use crate::value::RelayUrl;
use crate::wiped::Wiped;

/// The call that brings an intent to the back end.
pub(crate) fn call<T: ReadOutcome>(url: &RelayUrl, operation: Operation, intent: String) -> Call<T> {
    let request = Request {
        method: Method::Post,
        url: url.as_str().into(),
        headers: Cow::Borrowed(&JSON_HEADERS),
        body: Wiped::new(intent),
    };
    Call::new(request, Reader::relayed(operation))
}
