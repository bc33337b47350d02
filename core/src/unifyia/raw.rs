//! An authenticated call for what has no method: the default workflow, groups and roles, whose pages are not public.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use super::Direct;
use crate::address::{Path, header_name, header_value};
use crate::call::Request;
use crate::error::{InvalidInput, ViolationCode, Violations};
use crate::http::{Header, Method};
use crate::json::Object;

/// What a raw call sends, behind the client's base URL.
#[derive(Clone, PartialEq, Eq)]
pub struct RawRequest {
    /// The method.
    pub method: Method,
    /// The path.
    pub path: Path,
    /// Further headers: some pages list `loggedInUser` and `loggedInUserID`. Those that the client sets are refused.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Option<Object>,
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
        violations.push(crate::smile_id::get_has_no_body());
    }
    let body = violations.keep(crate::smile_id::raw_body_text(raw.body.as_ref()));
    let request = body.map(|body| {
        let mut request = direct.request(raw.method, raw.path.as_str(), body);
        request.headers = headers;
        request
    });
    violations.finish(request)
}

impl fmt::Debug for RawRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RawRequest({} {}, {} headers)", self.method, self.path.as_str(), self.headers.len())
    }
}
