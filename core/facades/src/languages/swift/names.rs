//! What things of the catalogue are called in Swift.

use crate::catalogue::Constant;
use crate::names::camel;

/// The closed sets: their name in the core, the type that they belong to, and their name there. Foundation has an `Operation` and
/// `SwiftUI` an `Environment`; what belongs to a type collides with nobody.
const SETS: &[(&str, &str, &str)] = &[
    ("Action", "Intent", "Action"),
    ("Cause", "ApiError", "Cause"),
    ("EnrollmentStatus", "SignUpUser", "Status"),
    ("Environment", "SmileId", "Environment"),
    ("ErrorCode", "EnrollKitError", "Code"),
    ("ErrorKind", "ApiError", "Kind"),
    ("Method", "", "RawMethod"),
    ("Operation", "", "ServiceOperation"),
    ("PartnerIdForm", "Verified", "PartnerIdForm"),
    ("PathSpelling", "Unifyia", "PathSpelling"),
    ("RawAuth", "SmileId", "RawAuth"),
    ("RawHost", "SmileId", "RawHost"),
    ("RefusalReason", "SignatureRefused", "Reason"),
    ("Retry", "ApiError", "Retry"),
    ("Service", "ServiceOperation", "Service"),
    ("UnreadableReason", "Unreadable", "Reason"),
    ("ViolationCode", "Violation", "Code"),
    ("Wrapping", "Unifyia", "Wrapping"),
];

/// The type that a closed set belongs to, if it does, and its name. A new set has the core's name until it has a row.
pub(super) fn set(name: &str) -> (Option<&str>, &str) {
    let row = SETS.iter().find(|(known, ..)| *known == name);
    row.map_or((None, name), |(_, owner, name)| (Some(*owner).filter(|owner| !owner.is_empty()), name))
}

/// The type of a closed set: `Intent.Action`.
pub(super) fn set_type(name: &str) -> String {
    let (owner, name) = set(name);
    owner.map_or_else(|| name.to_owned(), |owner| format!("{owner}.{name}"))
}

/// The constants: their name in the core, the type that they belong to, and their name there.
const CONSTANTS: &[(&str, &str, &str)] = &[
    ("MAX_DEPTH", "JSONValue", "maxDepth"),
    ("DEFAULT_MAX_AGE_SECONDS", "Verifier", "defaultMaxAge"),
    ("DEFAULT_MAX_AHEAD_SECONDS", "Verifier", "defaultMaxAhead"),
];

/// The type that a constant belongs to, if it does, and its name.
pub(super) fn constant(constant: &Constant) -> (Option<&'static str>, String) {
    match CONSTANTS.iter().find(|(known, ..)| *known == constant.name) {
        Some((_, owner, name)) => (Some(owner), (*name).to_owned()),
        None => (None, property(without_seconds(&constant.name))),
    }
}

/// A time is a `TimeInterval`, which is in seconds.
pub(super) fn without_seconds(name: &str) -> &str {
    name.strip_suffix("_SECONDS").or_else(|| name.strip_suffix("_seconds")).unwrap_or(name)
}

/// A property or a parameter: `base_url` is `baseURL`.
pub(super) fn property(name: &str) -> String {
    let words = name.split('_').enumerate().map(|(place, word)| match word {
        "url" | "http" if place > 0 => word.to_uppercase(),
        _ if place > 0 => crate::names::pascal(word),
        _ => word.to_lowercase(),
    });
    escaped(words.collect())
}

/// A case of a closed set: `smile_id.re_enroll` is `smileIdReEnroll`.
pub(super) fn case(slug: &str) -> String {
    escaped(camel(slug))
}

/// A word of the language's own stands between backticks.
fn escaped(name: String) -> String {
    const OWN: &[&str] = &[
        "case",
        "class",
        "default",
        "enum",
        "extension",
        "false",
        "for",
        "func",
        "if",
        "import",
        "in",
        "init",
        "is",
        "let",
        "nil",
        "private",
        "protocol",
        "public",
        "repeat",
        "return",
        "self",
        "static",
        "struct",
        "switch",
        "throw",
        "throws",
        "true",
        "try",
        "var",
        "where",
        "while",
    ];
    if OWN.contains(&name.as_str()) { format!("`{name}`") } else { name }
}

#[cfg(test)]
mod tests {
    use super::{case, property, set_type};

    #[test]
    fn names_are_swifts() {
        assert_eq!(property("base_url"), "baseURL");
        assert_eq!(property("MAX_RESPONSE_BYTES"), "maxResponseBytes");
        assert_eq!(property("url"), "url");
        assert_eq!(property("default"), "`default`");
        assert_eq!(case("smile_id.re_enroll"), "smileIdReEnroll");
        assert_eq!(case("in"), "`in`");
        assert_eq!(set_type("ErrorKind"), "ApiError.Kind");
        assert_eq!(set_type("Acknowledgement"), "Acknowledgement");
    }
}
