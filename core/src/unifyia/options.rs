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

use super::{PathSpelling, SignUpRules, Unifyia, Wrapping};
use crate::address::BaseUrl;
use crate::error::{InvalidInput, Violations};
use crate::fields::Fields;
use crate::json::Object;

impl Unifyia {
    /// Reads a client's options from JSON text; the token is no part of them, so that they may be logged.
    ///
    /// # Errors
    /// Every violation of both at once.
    pub fn from_json(options: &str, token: Option<&str>) -> Result<Self, InvalidInput> {
        let mut violations = Violations::default();
        let client = violations.keep(read(options));
        // A token is checked even where there is no client to take it.
        let token = token.map(|token| violations.keep(crate::secret::Token::parse(token)));
        let client = match (client, token) {
            (Some(client), Some(token)) => {
                token.and_then(|token| violations.keep(client.with_token(token.as_str())))
            }
            (client, _) => client,
        };
        violations.finish(client)
    }
}

fn read(options: &str) -> Result<Unifyia, InvalidInput> {
    let object = Object::parse(options)?;
    let mut fields = Fields::new(&object);
    fields.only(&["base_url", "allow_http", "auth_header", "path_spelling", "wrapping", "allow_extra_keys"]);
    let allow_http = fields.flag("allow_http");
    let parse = if allow_http { BaseUrl::parse_allowing_http } else { BaseUrl::parse };
    let base_url = fields.required("base_url", parse);
    // Settings are checked on a client that nobody gets, so that they are checked without a base URL, too.
    let mut client = Unifyia::new(base_url.clone().unwrap_or_else(BaseUrl::placeholder));
    if let Some(name) = fields.text("auth_header", false) {
        let changed = client.with_auth_header(name);
        client = fields.violations.keep(changed).unwrap_or(client);
    }
    let spelling = PathSpelling::of_member(&mut fields, "path_spelling", false);
    if let Some(spelling) = spelling {
        client = client.with_path_spelling(spelling)?;
    }
    let wrapping = Wrapping::of_member(&mut fields, "wrapping", false);
    if let Some(wrapping) = wrapping {
        client = client.with_wrapping(wrapping)?;
    }
    if fields.flag("allow_extra_keys") {
        client = client.with_rules(SignUpRules::default().allow_extra_keys());
    }
    fields.violations.finish(base_url.map(|_| client))
}
