//! What a request is about.

/// What a request is about, told by its path and body alone.
pub(crate) struct Subject {
    pub(crate) service: &'static str,
    pub(crate) operation: &'static str,
    pub(crate) user_id: Option<String>,
    /// The signature or token that came with it: for the fault `echo`, and for nothing else.
    pub(crate) secret: Option<String>,
}
