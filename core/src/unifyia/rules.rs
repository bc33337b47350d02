//! How the user object of a sign-up is checked.

use crate::input::{OptionKey, OptionKind};

/// The option that a client has, too.
pub(super) const ALLOW_EXTRA_KEYS: OptionKey = OptionKey::optional(
    "allow_extra_keys",
    OptionKind::Flag,
    "Lets keys through that the user object does not have.",
);

/// What other languages call the rules.
pub(crate) const RULES: &[OptionKey] = &[
    OptionKey::optional(
        "self_service",
        OptionKind::Flag,
        "For whoever fills in their own form: what only the organization may set is a violation, `set_by_server`.",
    ),
    ALLOW_EXTRA_KEYS,
];

/// How a user object is checked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SignUpRules {
    pub(super) self_service: bool,
    pub(super) extra_keys: bool,
}

impl SignUpRules {
    /// From two switches, as other languages give them.
    #[must_use]
    pub const fn of(self_service: bool, extra_keys: bool) -> Self {
        Self { self_service, extra_keys }
    }

    /// For whoever fills in their own form: fields that only the organization may set are violations, `set_by_server`.
    #[must_use]
    pub const fn self_service(mut self) -> Self {
        self.self_service = true;
        self
    }

    /// Lets keys through that the documentation does not know; in a self-service form they stay refused.
    #[must_use]
    pub const fn allow_extra_keys(mut self) -> Self {
        self.extra_keys = true;
        self
    }
}
