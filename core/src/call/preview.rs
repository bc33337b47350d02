//! A request as a person may see it.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::http::{Method, Request, Secrets};

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
