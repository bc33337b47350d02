//! What is wrong with an input: every violation at once, each with its path.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use crate::json::{Json, Object, escape_path};
use crate::slug::slugs;
use crate::text::replace;

slugs! {
    /// What is wrong with one value. `violations.json` lists codes, messages and parameters for translators.
    pub enum ViolationCode {
        /// Missing, empty or blank.
        Required = "required",
        /// Another JSON type than the field's; `expected` names it.
        WrongType = "wrong_type",
        /// None of the values that the field may have; `expected` lists them.
        UnknownValue = "unknown_value",
        /// A key that the object does not have; `expected` is the nearest known one, if one is near.
        UnknownKey = "unknown_key",
        /// A key that comes twice.
        DuplicateKey = "duplicate_key",
        /// Not JSON; `limit` is the byte where it stops being so.
        BadJson = "bad_json",
        /// Text that is not Unicode: a lone surrogate or invalid UTF-8.
        NotUnicode = "not_unicode",
        /// Nested deeper than `limit` levels.
        TooDeep = "too_deep",
        /// Longer than `limit` bytes.
        TooLong = "too_long",
        /// A number beyond what the field can hold; `expected` says what that is.
        OutOfRange = "out_of_range",
        /// A control character.
        ControlCharacter = "control_character",
        /// White space or an invisible character before or after the value.
        OuterWhiteSpace = "outer_white_space",
        /// A character that shows nothing or turns the direction of what follows: zero-width, bidirectional.
        InvisibleCharacter = "invisible_character",
        /// Something other than the digits 0 to 9.
        NotDigits = "not_digits",
        /// Not an e-mail address.
        BadEmail = "bad_email",
        /// Not a time of the accepted form; `expected` shows it.
        BadTimestamp = "bad_timestamp",
        /// Not a base URL; `expected` says what is wanted.
        BadUrl = "bad_url",
        /// `http` for a host other than this machine; `expected` names the setting that allows it, where there is one.
        InsecureUrl = "insecure_url",
        /// Not a plain absolute path, or a path step that servers resolve (`.` or `..`).
        BadPath = "bad_path",
        /// Not an HTTP header name, or one that the host's HTTP client sets.
        BadHeaderName = "bad_header_name",
        /// A character that a token or header value can't hold.
        BadToken = "bad_token",
        /// Not the value that it must repeat; `expected` names the field that has it.
        Mismatch = "mismatch",
        /// Too old to be sent.
        Expired = "expired",
        /// Set by the organization's own server, never by whoever fills in the form.
        SetByServer = "set_by_server",
        /// An API key in a page, where everybody can read it; `expected` is what only a page has (`window`, say).
        ApiKeyInBrowser = "api_key_in_browser",
        /// A violation that only a newer version at the relay's other end knows.
        Other = "other",
    }
}

impl ViolationCode {
    /// The English message, fit for a form; `{expected}` and `{limit}` stand for the violation's parameters.
    #[must_use]
    pub const fn template(self) -> &'static str {
        match self {
            Self::Required => "is required",
            Self::WrongType => "must be of type {expected}",
            Self::UnknownValue => "must be one of: {expected}",
            // Followed by the nearest known one, where there is one.
            Self::UnknownKey => "is not a known field",
            Self::DuplicateKey => "is given twice",
            Self::BadJson => "is not JSON from byte {limit} on",
            Self::NotUnicode => "holds text that is not Unicode",
            Self::TooDeep => "is nested deeper than {limit} levels",
            Self::TooLong => "must have at most {limit} bytes",
            Self::ControlCharacter => "must not hold control characters or line breaks",
            Self::OuterWhiteSpace => "must not begin or end with white space or an invisible character",
            Self::InvisibleCharacter => "holds an invisible character",
            Self::NotDigits => "must be digits only",
            Self::BadEmail => "must be an e-mail address",
            Self::BadTimestamp => "must be a time such as {expected}",
            Self::OutOfRange | Self::BadUrl => "must be {expected}",
            // Followed by the setting that allows it, where there is one.
            Self::InsecureUrl => "must be https, or http on this machine only",
            Self::BadPath => "must be plain path text, without `.` and `..` steps, query or fragment",
            Self::BadHeaderName => "must be an HTTP header name that may be set",
            Self::BadToken => "holds a character that a header value can't hold",
            Self::Mismatch => "must be the same as {expected}",
            Self::Expired => "has expired; make a new one",
            Self::SetByServer => "is set by the organization, not in this form",
            Self::ApiKeyInBrowser => {
                "must not be in a page, and this is taken for one, since there is `{expected}`: whoever reads the key can delete \
                 every user. In a page, use SmileIdRelay. On a server, where a library or a test set-up (jsdom, say) has put \
                 `{expected}` there, and in a page that nobody else can read, set dangerouslyAllowBrowser"
            }
            Self::Other => "is not accepted",
        }
    }
}

/// One thing that is wrong: where, what, and by which measure. Never the value itself.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The wire path, steps joined by `/` (`userBiometrics/0/type`; in a key, `~` is `~0` and `/` is `~1`).
    pub path: String,
    /// What is wrong.
    pub code: ViolationCode,
    /// The measure, for codes that have one: bytes, levels or a byte's place.
    pub limit: Option<u64>,
    /// What was expected, for codes that have it: a type, values, a field's name.
    pub expected: Option<String>,
}

impl Violation {
    /// For what a host or a binding finds itself, before the core sees the value.
    #[must_use]
    pub fn new(path: &str, code: ViolationCode) -> Self {
        Self { path: path.into(), code, limit: None, expected: None }
    }

    pub(crate) fn limit(mut self, limit: usize) -> Self {
        self.limit = u64::try_from(limit).ok();
        self
    }

    pub(crate) fn expected(mut self, expected: impl Into<String>) -> Self {
        self.expected = Some(expected.into());
        self
    }

    /// What is wrong, in English, to stand behind or beside the field's name.
    #[must_use]
    pub fn message(&self) -> String {
        let expected = self.expected.as_deref().unwrap_or_default();
        let limit = self.limit.map(|limit| limit.to_string()).unwrap_or_default();
        let message = replace(self.code.template(), "{expected}", expected);
        let mut message = replace(&message, "{limit}", &limit);
        let (before, behind) = match self.code {
            ViolationCode::UnknownKey => ("; did you mean `", "`?"),
            ViolationCode::InsecureUrl => ("; `", "` allows it, for a network that you alone can read"),
            _ => return message,
        };
        if !expected.is_empty() {
            message.extend([before, expected, behind]);
        }
        message
    }

    /// The plain-data form: path, code, message, and the parameters that there are.
    #[must_use]
    pub fn to_json(&self) -> Json {
        Object::new()
            .with("path", self.path.as_str())
            .with("code", self.code.slug())
            .with("message", self.message())
            .with_some("limit", self.limit.and_then(|limit| i64::try_from(limit).ok()))
            .with_some("expected", self.expected.as_deref())
            .into()
    }

    /// Reads the plain form back. A code that only a newer version has is [`ViolationCode::Other`].
    #[must_use]
    pub fn from_json(json: &Json) -> Option<Self> {
        Some(Self {
            path: json.get("path")?.as_str()?.into(),
            code: ViolationCode::from_slug(json.get("code")?.as_str()?).unwrap_or(ViolationCode::Other),
            limit: json.get("limit").and_then(|limit| crate::text::digits(limit.as_number()?.as_str())),
            // It becomes part of messages, and whoever answers as a relay wrote it.
            expected: json.get("expected").and_then(Json::as_str).map(crate::text::safe_to_show),
        })
    }
}

/// The input can't become a request: every violation, in the order of the fields. Never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidInput(Vec<Violation>);

impl InvalidInput {
    /// The same, with paths inside `member` beginning there.
    pub(crate) fn within(mut self, member: &str) -> Self {
        for Violation { path, .. } in &mut self.0 {
            if let Some(inner) = path.strip_prefix(member).and_then(|rest| rest.strip_prefix('/')) {
                *path = inner.into();
            }
        }
        self
    }

    /// The same violations, all at `path`: for an input that its caller knows by another name.
    #[must_use]
    pub fn at(mut self, path: &str) -> Self {
        for violation in &mut self.0 {
            violation.path = path.into();
        }
        self
    }

    /// Every violation.
    #[must_use]
    pub fn violations(&self) -> &[Violation] {
        &self.0
    }

    /// Both lists as one, for inputs that are checked apart and reported together.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    /// `None` for no violation.
    pub(crate) fn of(violations: Vec<Violation>) -> Option<Self> {
        (!violations.is_empty()).then_some(Self(violations))
    }

    /// The same violations, each path below `parent`.
    pub(crate) fn below(mut self, parent: &str) -> Self {
        for violation in &mut self.0 {
            violation.path = join(parent, &violation.path);
        }
        self
    }

    pub(crate) fn to_json(&self) -> Json {
        self.0.iter().map(Violation::to_json).collect::<Vec<_>>().into()
    }
}

impl From<Violation> for InvalidInput {
    fn from(violation: Violation) -> Self {
        Self(alloc::vec![violation])
    }
}

impl fmt::Display for InvalidInput {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("invalid_input")?;
        for (place, violation) in self.0.iter().enumerate() {
            f.write_str(if place == 0 { ": " } else { "; " })?;
            write_path(f, &violation.path)?;
            write!(f, " {} ({})", violation.message(), violation.code)?;
        }
        Ok(())
    }
}

impl core::error::Error for InvalidInput {}

/// Collects violations, so that a caller learns all of them at once.
#[derive(Default)]
pub(crate) struct Violations(Vec<Violation>);

impl Violations {
    pub(crate) fn add(&mut self, path: &str, code: ViolationCode) {
        self.0.push(Violation::new(path, code));
    }

    pub(crate) fn push(&mut self, violation: Violation) {
        self.0.push(violation);
    }

    pub(crate) fn extend(&mut self, violations: Vec<Violation>) {
        self.0.extend(violations);
    }

    /// Keeps the value, or the reasons why there is none.
    pub(crate) fn keep<T>(&mut self, result: Result<T, InvalidInput>) -> Option<T> {
        result.map_err(|invalid| self.0.extend(invalid.0)).ok()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn into_vec(self) -> Vec<Violation> {
        self.0
    }

    /// The value, when nothing was wrong; `None` for it is then a violation that was counted.
    pub(crate) fn finish<T>(self, value: Option<T>) -> Result<T, InvalidInput> {
        match value {
            Some(value) if self.0.is_empty() => Ok(value),
            _ => Err(InvalidInput(self.0)),
        }
    }
}

fn join(parent: &str, path: &str) -> String {
    if path.is_empty() {
        escape_path(parent).into_owned()
    } else {
        alloc::format!("{}/{path}", escape_path(parent))
    }
}

/// How much of a path an error text shows; the whole is in [`Violation::path`].
const SHOWN_PATH: usize = 120;

/// A path holds the caller's own keys: nothing in it may steer a terminal or fill a log.
fn write_path(f: &mut fmt::Formatter<'_>, path: &str) -> fmt::Result {
    if path.is_empty() {
        return f.write_str("(the whole)");
    }
    for character in path.chars().take(SHOWN_PATH) {
        let shown =
            if crate::text::is_unsafe_to_show(character) { char::REPLACEMENT_CHARACTER } else { character };
        fmt::Write::write_char(f, shown)?;
    }
    if path.chars().nth(SHOWN_PATH).is_some() { f.write_str("…") } else { Ok(()) }
}
