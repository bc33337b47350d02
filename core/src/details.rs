//! How much a plain form shows.

/// How much a plain-data form shows of what may be personal data.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Details {
    /// Without identity documents (`id_check`), the sign-up's answer, and an error's `service_message`: the default through a
    /// relay.
    #[default]
    Withheld,
    /// With them.
    Included,
}
