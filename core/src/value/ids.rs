//! Names that exist only when valid: who signs, who is meant, who operates.

use alloc::sync::Arc;
use core::fmt;

use crate::input::{InvalidInput, Violation, ViolationCode, Violations};
use crate::text::{Steps, has_any, is_blank, is_unsafe_to_show, replace};

/// The longest partner id.
///
/// Assumption: Smile ID documents digits with leading zeros (`085`), no length.
pub const MAX_PARTNER_ID_DIGITS: usize = 32;

/// The longest e-mail address, as in RFC 5321's path.
pub const MAX_EMAIL_BYTES: usize = 254;

/// Declares a validated text that shows itself in `Debug` only when `shown`. Copies share it: each intent and each call has one.
macro_rules! validated {
    ($(#[$attribute:meta])* $name:ident, $path:literal, $rules:expr, $debug:expr) => {
        $(#[$attribute])*
        #[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(Arc<str>);

        impl $name {
            /// Takes the text as it is; nothing is trimmed or changed.
            ///
            /// # Errors
            /// Every violation, at the path
            #[doc = concat!("`", $path, "`.")]
            pub fn parse(text: &str) -> Result<Self, InvalidInput> {
                let mut violations = Violations::default();
                $rules(text, $path, &mut violations);
                violations.finish(Some(Self(text.into())))
            }

            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let show: fn(&$name) -> &str = $debug;
                write!(f, concat!(stringify!($name), "({})"), show(self))
            }
        }
    };
}

validated! {
    /// A Smile ID partner id, "including the zero": digits as issued. `085` and `85` are different partners, so it is
    /// never a number.
    PartnerId, "partner_id", partner_id_rules, |id| &id.0
}

validated! {
    /// A Smile ID user id: not blank, no control character (an assumption; the rules are documented nowhere). `Debug`
    /// hides it, since partners use names and e-mail addresses as ids.
    UserId, "user_id", text_rules, |_| ".."
}

validated! {
    /// The e-mail address of whoever operates: Smile ID's "your email address". `Debug` hides it.
    ///
    /// Assumption: the service documents no rules; one `@` with something on both sides and no white space is wanted.
    Operator, "operator", email_rules, |_| ".."
}

validated! {
    /// The name of a Unifyia organization: one path segment. `.` and `..`, also between slashes or backslashes, are
    /// refused, since servers and proxies resolve them.
    OrganizationName, "organization", organization_rules, |name| &name.0
}

fn partner_id_rules(text: &str, path: &str, violations: &mut Violations) {
    if is_blank(text) {
        violations.add(path, ViolationCode::Required);
    } else if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        violations.add(path, ViolationCode::NotDigits);
    }
    if text.len() > MAX_PARTNER_ID_DIGITS {
        violations.push(Violation::new(path, ViolationCode::TooLong).limit(MAX_PARTNER_ID_DIGITS));
    }
}

pub(crate) fn text_rules(text: &str, path: &str, violations: &mut Violations) {
    if is_blank(text) {
        violations.add(path, ViolationCode::Required);
    } else if text.chars().any(char::is_control) {
        violations.add(path, ViolationCode::ControlCharacter);
    }
}

/// What the percent-encodings that matter stand for.
const DOTS_AND_SLASHES: &[(&str, &str)] = &[("%2e", "."), ("%2f", "/"), ("%5c", "\\")];

pub(crate) fn organization_rules(text: &str, path: &str, violations: &mut Violations) {
    text_rules(text, path, violations);
    // A proxy may decode once more than it should.
    let has_dots = if has_any(text, b"%") {
        let lower = text.to_ascii_lowercase();
        let codes = DOTS_AND_SLASHES.iter();
        step_is_dots(&codes.fold(lower, |text, (code, character)| replace(&text, code, character)))
    } else {
        step_is_dots(text)
    };
    if has_dots {
        violations.add(path, ViolationCode::BadPath);
    }
}

fn step_is_dots(text: &str) -> bool {
    Steps::new(text, b'/').any(|part| Steps::new(part, b'\\').any(is_dots))
}

/// Whether a server may resolve a path's step: `.`, `..`, and both with a parameter (`..;x`), which servlets cut off first.
pub(crate) fn is_dots(step: &str) -> bool {
    matches!(Steps::new(step, b';').next(), Some("." | ".."))
}

fn email_rules(text: &str, path: &str, violations: &mut Violations) {
    if is_blank(text) {
        violations.add(path, ViolationCode::Required);
    } else if let Some(code) = email_fault(text) {
        violations.add(path, code);
    }
}

/// What is wrong with an e-mail address; what nobody can see is said before all else.
pub(crate) fn email_fault(text: &str) -> Option<ViolationCode> {
    let odd = |character: char| {
        is_invisible(character)
            || is_joiner(character)
            || (character.is_whitespace() && !character.is_ascii())
    };
    if is_email(text) {
        None
    } else if has_outer_space(text) {
        Some(ViolationCode::OuterWhiteSpace)
    } else if text.chars().any(|character| odd(character) && !character.is_control()) {
        Some(ViolationCode::InvisibleCharacter)
    } else {
        Some(ViolationCode::BadEmail)
    }
}

/// What is wrong with a name of a person or an account: control characters, what nobody can see, outer space.
pub(crate) fn name_fault(text: &str) -> Option<ViolationCode> {
    if text.chars().any(char::is_control) {
        Some(ViolationCode::ControlCharacter)
    } else if has_outer_space(text) {
        Some(ViolationCode::OuterWhiteSpace)
    } else if text.chars().any(is_invisible) {
        Some(ViolationCode::InvisibleCharacter)
    } else {
        None
    }
}

/// Whether white space, or what nobody can see, stands before or behind.
fn has_outer_space(text: &str) -> bool {
    let outer =
        |character: char| character.is_whitespace() || is_invisible(character) || is_joiner(character);
    text.chars().next().is_some_and(outer) || text.chars().next_back().is_some_and(outer)
}

/// What shows nothing, or turns the direction of what follows.
fn is_invisible(character: char) -> bool {
    is_unsafe_to_show(character)
        || matches!(
            character,
            '\u{00AD}' | '\u{115F}' | '\u{1160}' | '\u{180E}' | '\u{2060}'
                ..='\u{2064}' | '\u{3164}' | '\u{FFA0}'
        )
}

/// The two that are invisible and yet belong to words, in Persian and the scripts of India: taken inside a name.
fn is_joiner(character: char) -> bool {
    matches!(character, '\u{200C}' | '\u{200D}')
}

/// Whether the text can be an e-mail address: internationalised ones can, what has no domain or holds white space can't.
pub(crate) fn is_email(text: &str) -> bool {
    let at = text.bytes().rposition(|byte| byte == b'@');
    let Some((local, domain)) = at.and_then(|at| text.split_at_checked(at)) else { return false };
    let domain = domain.strip_prefix('@').unwrap_or_default();
    text.len() <= MAX_EMAIL_BYTES
        && !local.is_empty()
        && (!has_any(local, b"@") || local.starts_with('"'))
        && Steps::new(domain, b'.').all(|label| {
            !label.is_empty()
                && !label.starts_with('-')
                && !label.ends_with('-')
                // Of other scripts all is taken: their names have marks that are no letters.
                && label.chars().all(|character| !character.is_ascii() || character.is_ascii_alphanumeric() || character == '-')
        })
        && (local.starts_with('"') || !has_any(local, b"()<>[]:;,\\\""))
        && !text.chars().any(|character| character.is_whitespace() || is_invisible(character) || is_joiner(character))
}
