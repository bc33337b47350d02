//! An authenticated call for what has no method: the default workflow, groups and roles, whose pages are not public.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use super::installation::Direct;
use crate::http::{Header, Method, Request, get_has_no_body, raw_body_text};
use crate::input::{Fields, InvalidInput, ViolationCode, Violations, wrong_type};
use crate::json::{Object, escape_path};
use crate::value::{Path, Query, header_name, header_value};

/// Members of answers that are secrets: the onboarded user's details (`idp-users/{userName}/onboardUserDetails`) have a temporary
/// password. They are masked in every `raw` answer.
pub(crate) const SECRET_MEMBERS: [&str; 1] = ["credentialValue"];

/// What a raw call sends, behind the client's base URL.
#[derive(Clone, PartialEq, Eq)]
pub struct RawRequest {
    /// The method.
    pub method: Method,
    /// The path.
    pub path: Path,
    /// The query; empty for none.
    pub query: Query,
    /// Further headers: some pages list `loggedInUser` and `loggedInUserID`. Those that the client sets are refused.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Option<Object>,
}

impl RawRequest {
    /// Reads a request from JSON text with the keys `method`, `path` (text, or an array of steps that may hold anything), `query`
    /// (an object of texts, or of arrays of texts), `headers` (an object of texts) and `body`.
    ///
    /// # Errors
    /// Every violation at once.
    pub fn from_json(text: &str) -> Result<Self, InvalidInput> {
        let object = Object::parse_around(text)?;
        let mut fields = Fields::new(&object);
        fields.only(&["method", "path", "query", "headers", "body"]);
        let method = fields.of_set::<Method>("method", true);
        let path = Path::of_member(&mut fields, "path");
        let query = Query::of_member(&mut fields, "query");
        let mut headers = Vec::new();
        for (name, value) in fields.object("headers").into_iter().flat_map(Object::iter) {
            match value.as_str() {
                Some(value) => headers.push((name.into(), value.into())),
                None => {
                    fields.violations.push(wrong_type(&["headers/", &escape_path(name)].concat(), "string"));
                }
            }
        }
        let body = fields.object("body").cloned();
        let parts = method.zip(path);
        fields.violations.finish(parts.map(|(method, path)| Self { method, path, query, headers, body }))
    }
}

pub(super) fn request(direct: &Direct, raw: &RawRequest) -> Result<Request, InvalidInput> {
    let mut violations = Violations::default();
    let mut headers = direct.headers();
    for (place, (name, value)) in raw.headers.iter().enumerate() {
        let path = alloc::format!("headers/{place}");
        if let Err(violation) = header_name(name, &path) {
            violations.push(violation);
        } else if headers.iter().any(|header| header.name().eq_ignore_ascii_case(name))
            || direct.auth_header.eq_ignore_ascii_case(name)
        {
            violations.add(&path, ViolationCode::DuplicateKey);
        }
        if let Err(violation) = header_value(value, &path) {
            violations.push(violation);
        }
        headers.push(Header::new(name.clone(), value.clone()));
    }
    if raw.method == Method::Get && raw.body.is_some() {
        violations.push(get_has_no_body());
    }
    let body = violations.keep(raw_body_text(raw.body.as_ref()));
    let request = body.map(|body| {
        let mut request = direct.request(raw.method, &[raw.path.as_str(), raw.query.as_str()].concat(), body);
        request.headers = headers.into();
        request
    });
    violations.finish(request)
}

impl fmt::Debug for RawRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RawRequest({} {:?}, {} headers)", self.method, self.path, self.headers.len())
    }
}
