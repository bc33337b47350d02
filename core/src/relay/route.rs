//! What a relay's route checks before it reads an intent: method, origin, content type.

use alloc::string::String;
use alloc::vec::Vec;

use super::answer::Answer;
use crate::input::{
    Fields, InvalidInput, OptionKey, OptionKind, Violation, ViolationCode, Violations, option_names,
    wrong_type,
};
use crate::json::{Json, Object};
use crate::text::split_once;

/// What an origin is, as a message says it.
const ORIGIN_FORM: &str = "an origin as browsers send it, such as https://app.bank.example: scheme, host and port (not the \
                           scheme's own), in lower case, without a slash at the end";

pub(crate) const OPTIONS: &[OptionKey] = &[
    OptionKey::optional(
        "origins",
        OptionKind::Texts,
        "Your own pages' origins, as browsers send them: `https://app.bank.example`.",
    ),
    OptionKey::optional(
        "allow_no_origin",
        OptionKind::Flag,
        "Lets callers in that send no `Origin`: apps and servers. What they may do must not rest on a cookie.",
    ),
];

/// Who may call a relay's route. A page of another origin would act with the session of whoever looks at it.
///
/// ```
/// use enrollkit::relay::RouteRules;
///
/// let rules = RouteRules::new(&["https://app.bank.example"])?;
/// let page = [("Origin", "https://app.bank.example"), ("Content-Type", "application/json; charset=utf-8")];
/// assert_eq!(rules.refusal("POST", page), None);
///
/// let elsewhere = [("Origin", "https://evil.example"), ("Content-Type", "application/json")];
/// assert_eq!(rules.refusal("POST", elsewhere).map(|answer| answer.status), Some(403));
/// # Ok::<(), enrollkit::InvalidInput>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RouteRules {
    origins: Vec<String>,
    no_origin: bool,
}

impl RouteRules {
    /// For pages of these origins, each as browsers send it: `https://app.bank.example`, with a port that is not the scheme's own.
    /// None at all is right only together with [`Self::allow_no_origin`].
    ///
    /// # Errors
    /// `bad_url` at `origins/` and the place.
    pub fn new(origins: &[&str]) -> Result<Self, InvalidInput> {
        let mut violations = Violations::default();
        for (place, origin) in origins.iter().enumerate() {
            if !is_origin(origin) {
                let path = alloc::format!("origins/{place}");
                violations.push(Violation::new(&path, ViolationCode::BadUrl).expected(ORIGIN_FORM));
            }
        }
        let origins = origins.iter().map(|origin| (*origin).into()).collect();
        violations.finish(Some(Self { origins, no_origin: false }))
    }

    /// Also for callers without an `Origin`: apps and servers. Every browser sends one with a POST. What such a caller may do must
    /// not rest on a cookie.
    #[must_use]
    pub const fn allow_no_origin(mut self) -> Self {
        self.no_origin = true;
        self
    }

    /// From JSON text with the keys `origins` (an array of texts) and `allow_no_origin`.
    ///
    /// # Errors
    /// Every violation at once; `required` at `origins` when nobody could call the route.
    pub fn from_json(text: &str) -> Result<Self, InvalidInput> {
        let object = Object::parse(text)?;
        let mut fields = Fields::new(&object);
        fields.only(&const { option_names::<{ OPTIONS.len() }>(OPTIONS) });
        let no_origin = fields.flag("allow_no_origin");
        let origins: Option<Vec<&str>> = match object.get("origins") {
            None | Some(Json::Null) => Some(Vec::new()),
            Some(value) => value.as_array().and_then(|items| items.iter().map(Json::as_str).collect()),
        };
        let Some(origins) = origins else {
            fields.violations.push(wrong_type("origins", "array of strings"));
            return fields.violations.finish(None);
        };
        if origins.is_empty() && !no_origin {
            fields.violations.add("origins", ViolationCode::Required);
        }
        let rules = fields.violations.keep(Self::new(&origins));
        fields.violations.finish(rules.map(|rules| Self { no_origin, ..rules }))
    }

    /// The answer for a request that must not be read: 405 for another method than POST, 403 for another origin, 415 for another
    /// content type than `application/json` (parameters are allowed), which pages of other origins can't send without asking.
    /// `None`: go on with session, intent and policy.
    #[must_use]
    pub fn refusal<N: AsRef<str>, V: AsRef<[u8]>>(
        &self,
        method: &str,
        headers: impl IntoIterator<Item = (N, V)>,
    ) -> Option<Answer> {
        let mut origins = Vec::new();
        let mut types = Vec::new();
        for (name, value) in headers {
            if name.as_ref().eq_ignore_ascii_case("origin") {
                origins.push(value);
            } else if name.as_ref().eq_ignore_ascii_case("content-type") {
                types.push(value);
            }
        }
        let allowed = match origins.as_slice() {
            [] => self.no_origin,
            [origin] => self.origins.iter().any(|known| known.as_bytes() == origin.as_ref()),
            _ => false,
        };
        let (status, message) = if method != "POST" {
            (405, "this route takes POST only")
        } else if !allowed {
            (
                403,
                if origins.is_empty() {
                    "this route wants an Origin"
                } else {
                    "this route is not for this Origin"
                },
            )
        } else if !matches!(types.as_slice(), [value] if is_json(value.as_ref())) {
            (415, "this route takes application/json only")
        } else {
            return None;
        };
        Some(Answer { status, body: Object::of_text("message", message).to_text() })
    }
}

fn is_json(content_type: &[u8]) -> bool {
    let end = content_type.iter().position(|byte| *byte == b';').unwrap_or(content_type.len());
    content_type
        .get(..end)
        .is_some_and(|essence| essence.trim_ascii().eq_ignore_ascii_case(b"application/json"))
}

/// Whether a browser could send this text as an origin. Apps' own schemes (`capacitor://localhost`) are origins, too.
fn is_origin(text: &str) -> bool {
    let Some((scheme, authority)) = split_once(text, "://") else { return false };
    let own_port = match scheme {
        "https" => ":443",
        "http" => ":80",
        _ => "",
    };
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-._:[]".contains(&byte);
    !scheme.is_empty()
        && scheme
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"+-.".contains(&byte))
        && !authority.is_empty()
        && authority.bytes().all(plain)
        && (own_port.is_empty() || !authority.ends_with(own_port))
        && !authority.ends_with([':', '.'])
}
