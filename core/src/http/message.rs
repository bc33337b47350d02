//! What a host sends for us: method, headers, request.

use alloc::borrow::Cow;
use alloc::string::String;
use core::fmt;

use crate::slug::slugs;
use crate::value::Token;
use crate::wiped::{Wiped, wipe};

slugs! {
    /// An HTTP method.
    pub enum Method {
        /// GET
        Get = "GET",
        /// POST
        Post = "POST",
        /// PUT
        Put = "PUT",
        /// PATCH
        Patch = "PATCH",
        /// DELETE
        Delete = "DELETE",
    }
}

/// What stands before a bearer token.
const SCHEME: &str = "Bearer ";

/// A request header. `Debug` shows the name only. Wiped from memory when dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct Header {
    name: Cow<'static, str>,
    value: Cow<'static, str>,
}

impl Header {
    pub(crate) fn new(name: impl Into<Cow<'static, str>>, value: impl Into<Cow<'static, str>>) -> Self {
        Self { name: name.into(), value: value.into() }
    }

    const fn fixed(name: &'static str, value: &'static str) -> Self {
        Self { name: Cow::Borrowed(name), value: Cow::Borrowed(value) }
    }

    /// A bearer token's header; the text is made in one piece, so that no copy is left behind.
    pub(crate) fn bearer(name: &str, token: &Token) -> Self {
        Self::new(String::from(name), [SCHEME, token.as_str()].concat())
    }

    /// The name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The value: a secret, where the service takes its credentials in headers.
    #[must_use]
    pub fn value(&self) -> &str {
        &self.value
    }
}

impl Drop for Header {
    fn drop(&mut self) {
        if let Cow::Owned(value) = &mut self.value {
            wipe(value);
        }
    }
}

impl fmt::Debug for Header {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ..", self.name)
    }
}

/// An HTTP request, ready to be sent once. Wiped from memory when dropped.
#[derive(Clone)]
pub(crate) struct Request {
    pub(crate) method: Method,
    pub(crate) url: String,
    pub(crate) headers: Cow<'static, [Header]>,
    pub(crate) body: Wiped,
}

/// The headers of a request that sends and wants JSON.
pub(crate) static JSON_HEADERS: [Header; 2] =
    [Header::fixed("Accept", "application/json"), Header::fixed("Content-Type", "application/json")];
