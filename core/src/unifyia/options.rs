//! A client from plain data, as the bindings get it: every violation at once.

use super::client::Unifyia;
use super::installation::{Direct, PathSpelling, Wrapping, check_auth_header};
use super::rules::{ALLOW_EXTRA_KEYS, SignUpRules};
use crate::input::{ALLOW_HTTP, Fields, InvalidInput, OptionKey, OptionKind, Violations, option_names};
use crate::json::Object;
use crate::value::{BaseUrl, Token};

pub(crate) const OPTIONS: &[OptionKey] = &[
    OptionKey::required("base_url", OptionKind::Text, "Scheme, host and the installation's prefix."),
    ALLOW_HTTP,
    OptionKey::optional(
        "auth_header",
        OptionKind::Text,
        "The header of the token. Default `Authorization` (an assumption).",
    ),
    OptionKey::optional(
        "path_spelling",
        OptionKind::Word("PathSpelling"),
        "How the sign-up's path is spelled. Default `organizations` (an assumption).",
    ),
    OptionKey::optional(
        "wrapping",
        OptionKind::Word("Wrapping"),
        "Whether the body is the user object or wraps it. Default `bare` (an assumption).",
    ),
    ALLOW_EXTRA_KEYS,
];

impl Unifyia {
    /// Reads a client's options from JSON text; the token is no part of them, so that they may be logged.
    ///
    /// # Errors
    /// Every violation of both at once.
    pub fn from_json(options: &str, token: Option<&str>) -> Result<Self, InvalidInput> {
        let mut violations = Violations::default();
        let client = violations.keep(read(options));
        // A token is checked even where there is no client to take it.
        let token = token.and_then(|token| violations.keep(Token::parse(token)));
        violations.finish(client.map(|(direct, rules)| {
            let direct = Direct { token, ..direct };
            Self { direct, rules }
        }))
    }
}

fn read(options: &str) -> Result<(Direct, SignUpRules), InvalidInput> {
    let object = Object::parse(options)?;
    let mut fields = Fields::new(&object);
    fields.only(&const { option_names::<{ OPTIONS.len() }>(OPTIONS) });
    let allow_http = fields.flag("allow_http");
    let parse = if allow_http { BaseUrl::parse_allowing_http } else { BaseUrl::parse };
    let base_url = fields.required("base_url", parse);
    let auth_header = fields.text("auth_header", false);
    if let Some(name) = auth_header {
        fields.violations.keep(check_auth_header(name));
    }
    let path_spelling = fields.of_set::<PathSpelling>("path_spelling", false);
    let wrapping = fields.of_set::<Wrapping>("wrapping", false);
    let extra_keys = fields.flag("allow_extra_keys");
    let rules = SignUpRules::default();
    let rules = if extra_keys { rules.allow_extra_keys() } else { rules };
    fields.violations.finish(base_url.map(|base_url| {
        let mut direct = Direct::new(base_url);
        direct.auth_header = auth_header.map_or(direct.auth_header, Into::into);
        direct.path_spelling = path_spelling.unwrap_or(direct.path_spelling);
        direct.wrapping = wrapping.unwrap_or(direct.wrapping);
        (direct, rules)
    }))
}
