//! Where a request goes: a small grammar that no proxy and no URL library reads in two ways.

use alloc::string::String;

use super::ip;
use super::path::read_path;
use crate::input::{InvalidInput, Violation, ViolationCode};
use crate::text::{Steps, concat, digits, is_blank, split_once};

/// What a base URL is made of, as a message says it.
const BASE_URL_FORM: &str = "https://host[:port][/path], plain ASCII, without user info, query or fragment";

/// Scheme, host, port and path prefix: of a service, a gateway before it, or the sandbox.
///
/// `https`, or `http` for `localhost`, `127.0.0.1` and `[::1]` ([`BaseUrl::parse_allowing_http`] lifts that). No user
/// info, query, fragment, backslash, percent sign or white space; no `.` or `..` step.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct BaseUrl(String);

impl BaseUrl {
    /// Reads a base URL; one slash at its end is dropped.
    ///
    /// # Errors
    /// `required`, `bad_url`, `insecure_url` or `bad_path`, at the path `base_url`.
    pub fn parse(text: &str) -> Result<Self, InvalidInput> {
        read(text, false).map(Self).map_err(|fault| fault.at("base_url", Some("allow_http")))
    }

    /// As [`Self::parse`], but `http` is taken for every host: for a network that you alone can read.
    ///
    /// # Errors
    /// As [`Self::parse`], without `insecure_url`.
    pub fn parse_allowing_http(text: &str) -> Result<Self, InvalidInput> {
        read(text, true).map(Self).map_err(|fault| fault.at("base_url", None))
    }

    /// The text, without a slash at its end.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The path prefix, empty or with a slash before it.
    pub(crate) fn path(&self) -> &str {
        let authority = split_once(&self.0, "://").map_or("", |(_, rest)| rest);
        split_before(authority, b'/').1
    }

    pub(crate) fn join(&self, path: &str) -> String {
        concat(&[&self.0, path])
    }
}

/// Where a relay of your own listens: a base URL, or in a page a same-origin path such as `/api/smile`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RelayUrl(String);

impl RelayUrl {
    /// Reads a relay's address.
    ///
    /// # Errors
    /// As [`BaseUrl::parse`], at the path `url`.
    pub fn parse(text: &str) -> Result<Self, InvalidInput> {
        // A slash at the end belongs to some frameworks' routes, so it stays.
        let plain = text.strip_suffix('/').unwrap_or(text);
        let checked = match text.starts_with('/') {
            true if plain.is_empty() => Ok(()),
            true => read_path(plain).map_err(Fault::from),
            false => read(text, false).map(drop),
        };
        checked.map(|()| Self(text.into())).map_err(|fault| fault.at("url", None))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What is wrong with an address.
enum Fault {
    Code(ViolationCode),
    /// Not of the form, which is said in these words.
    Form(&'static str),
}

impl From<ViolationCode> for Fault {
    fn from(code: ViolationCode) -> Self {
        Self::Code(code)
    }
}

impl Fault {
    /// The violation; `allows_http` names the setting that would allow `http`.
    fn at(self, path: &str, allows_http: Option<&str>) -> InvalidInput {
        match self {
            Self::Form(form) => Violation::new(path, ViolationCode::BadUrl).expected(form).into(),
            Self::Code(ViolationCode::InsecureUrl) => {
                let mut violation = Violation::new(path, ViolationCode::InsecureUrl);
                violation.expected = allows_http.map(Into::into);
                violation.into()
            }
            Self::Code(code) => Violation::new(path, code).into(),
        }
    }
}

fn read(text: &str, allow_http: bool) -> Result<String, Fault> {
    if is_blank(text) {
        return Err(ViolationCode::Required.into());
    }
    let (secure, rest) = match (text.strip_prefix("https://"), text.strip_prefix("http://")) {
        (Some(rest), _) => (true, rest),
        (None, Some(rest)) => (false, rest),
        (None, None) => {
            let known = ["https://", "http://"].iter().any(|scheme| {
                text.get(..scheme.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(scheme))
            });
            return Err(Fault::Form(if known {
                "an address whose scheme is in lower case"
            } else {
                BASE_URL_FORM
            }));
        }
    };
    let (authority, path) = split_before(rest, b'/');
    let host = read_authority(authority)?;
    if !secure && !allow_http && !is_this_machine(host) {
        return Err(ViolationCode::InsecureUrl.into());
    }
    let path = path.strip_suffix('/').unwrap_or(path);
    if !path.is_empty() {
        read_path(path)?;
    }
    let end =
        text.len().saturating_sub(rest.len()).saturating_add(authority.len()).saturating_add(path.len());
    Ok(text.get(..end).unwrap_or_default().into())
}

/// What stands before a character, and the rest.
fn split_before(text: &str, character: u8) -> (&str, &str) {
    let end = text.bytes().position(|byte| byte == character);
    end.and_then(|at| text.split_at_checked(at)).unwrap_or((text, ""))
}

/// The host of `host[:port]`, when both are of the grammar.
fn read_authority(authority: &str) -> Result<&str, Fault> {
    let (host, port) = if authority.starts_with('[') {
        split_ipv6(authority).ok_or(Fault::Form(BASE_URL_FORM))?
    } else {
        split_before(authority, b':')
    };
    if !host.starts_with('[') && !is_host_name(host) {
        let without_dot = host.strip_suffix('.').is_some_and(is_host_name);
        return Err(Fault::Form(if without_dot {
            "an address whose host has no dot at its end"
        } else {
            BASE_URL_FORM
        }));
    }
    match port.strip_prefix(':') {
        None if port.is_empty() => Ok(host),
        Some(digits) if is_port(digits) => Ok(host),
        Some(digits) if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) => {
            Err(Fault::Form("an address whose port is from 1 to 65535, without leading zeros"))
        }
        _ => Err(Fault::Form(BASE_URL_FORM)),
    }
}

/// An address in brackets, and what stands behind it.
fn split_ipv6(authority: &str) -> Option<(&str, &str)> {
    let (address, _) = split_once(authority.strip_prefix('[')?, "]")?;
    ip::v6(address)?;
    authority.split_at_checked(address.len().checked_add(2)?)
}

fn is_port(text: &str) -> bool {
    !text.starts_with('0') && digits(text).is_some_and(|port| u16::try_from(port).is_ok())
}

/// A DNS name or an IPv4 address; with underscores, as the names of services in a network of containers have. What only looks
/// like a number (`0x7f.1`, `127.1`, `2130706433`) is refused, since
/// clients read it as an address of their own choice.
fn is_host_name(host: &str) -> bool {
    let (mut plain, mut last) = (true, "");
    for label in Steps::new(host, b'.') {
        plain &= !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
        last = label;
    }
    let numeric =
        last.bytes().all(|byte| byte.is_ascii_digit()) || last.starts_with("0x") || last.starts_with("0X");
    plain && host.len() <= 253 && (!numeric || ip::v4(host).is_some())
}

fn is_this_machine(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost")
        || host == "127.0.0.1"
        || host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).and_then(ip::v6) == Some(true)
}
