//! A client from plain data, as the bindings get it: every violation at once.
//!
//! | key | what |
//! |---|---|
//! | `base_url` | scheme, host and prefix |
//! | `allow_http` | lets `base_url` be `http` for any host |
//! | `auth_header` | the header of the token |
//! | `path_spelling` | `organizations` or `organiations` |
//! | `wrapping` | `bare` or `user` |
//! | `allow_extra_keys` | lets keys through that the user object does not have |

use super::{Direct, PathSpelling, Route, SignUpRules, Unifyia, Wrapping, check_auth_header};
use crate::address::BaseUrl;
use crate::error::{InvalidInput, Violations};
use crate::fields::Fields;
use crate::json::Object;
use crate::secret::Token;

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
            Self { route: Route::Direct(direct), rules }
        }))
    }
}

fn read(options: &str) -> Result<(Direct, SignUpRules), InvalidInput> {
    let object = Object::parse(options)?;
    let mut fields = Fields::new(&object);
    fields.only(&["base_url", "allow_http", "auth_header", "path_spelling", "wrapping", "allow_extra_keys"]);
    let allow_http = fields.flag("allow_http");
    let parse = if allow_http { BaseUrl::parse_allowing_http } else { BaseUrl::parse };
    let base_url = fields.required("base_url", parse);
    let auth_header = fields.text("auth_header", false);
    if let Some(name) = auth_header {
        fields.violations.keep(check_auth_header(name));
    }
    let path_spelling = PathSpelling::of_member(&mut fields, "path_spelling", false);
    let wrapping = Wrapping::of_member(&mut fields, "wrapping", false);
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
