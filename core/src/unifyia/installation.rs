//! Where an installation of Unifyia is, and how it wants its requests.

use alloc::string::String;
use alloc::vec::Vec;

use crate::http::{Header, JSON_HEADERS, Method, Request};
use crate::input::{InvalidInput, Violation, ViolationCode};
use crate::slug::slugs;
use crate::value::{BaseUrl, Token, header_name};
use crate::wiped::Wiped;

/// The header that carries the bearer token unless another is set.
///
/// Assumption: the pages list `Authentication: Bearer`, their prose says "Authorization header"; sign-up lists none.
pub const DEFAULT_AUTH_HEADER: &str = "Authorization";

slugs! {
    /// How the sign-up's path spells "organizations".
    pub enum PathSpelling {
        /// As every other page of the API. The default (an assumption: the sign-up's own page has the other).
        Organizations = "organizations",
        /// As the sign-up's page, letter for letter.
        Organiations = "organiations",
    }
}

slugs! {
    /// What the sign-up's body is.
    pub enum Wrapping {
        /// The user object itself. The default (an assumption: the documentation can be read in both ways).
        Bare = "bare",
        /// An object with the member `user`.
        User = "user",
    }
}

#[derive(Clone, Debug)]
pub(super) struct Direct {
    pub(super) base_url: BaseUrl,
    pub(super) token: Option<Token>,
    pub(super) auth_header: String,
    pub(super) path_spelling: PathSpelling,
    pub(super) wrapping: Wrapping,
}

impl Direct {
    pub(super) fn new(base_url: BaseUrl) -> Self {
        Self {
            base_url,
            token: None,
            auth_header: DEFAULT_AUTH_HEADER.into(),
            path_spelling: PathSpelling::Organizations,
            wrapping: Wrapping::Bare,
        }
    }

    /// The headers that every call has.
    pub(super) fn headers(&self) -> Vec<Header> {
        let mut headers = Vec::from(&JSON_HEADERS);
        if let Some(token) = &self.token {
            headers.push(Header::bearer(&self.auth_header, token));
        }
        headers
    }

    pub(super) fn request(&self, method: Method, path: &str, body: Wiped) -> Request {
        Request { method, url: self.base_url.join(path), headers: self.headers().into(), body }
    }
}

pub(super) fn check_auth_header(name: &str) -> Result<(), InvalidInput> {
    header_name(name, "auth_header")?;
    if ["accept", "content-type"].iter().any(|own| own.eq_ignore_ascii_case(name)) {
        return Err(Violation::new("auth_header", ViolationCode::BadHeaderName).into());
    }
    Ok(())
}
