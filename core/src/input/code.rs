//! What can be wrong with one value, and how that is said.

use crate::slug::slugs;

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
