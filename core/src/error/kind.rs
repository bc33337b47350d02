//! What a service's "no" means, what usually causes it, and whether to try again.

use crate::slug::slugs;

slugs! {
    /// What the service's "no" means. Documented codes decide before the HTTP status does.
    pub enum ErrorKind {
        /// The signature, key or token was not accepted; see [`crate::ApiError::causes`].
        Unauthorized = "unauthorized",
        /// The enrolled user is deactivated.
        UserDisabled = "user_disabled",
        /// The user was deleted, for ever.
        UserDeleted = "user_deleted",
        /// No enrolled user has this id.
        UserNotFound = "user_not_found",
        /// The user is enrolled already.
        AlreadyEnrolled = "already_enrolled",
        /// The user must complete the re-enrollment first.
        ReenrollmentIncomplete = "reenrollment_incomplete",
        /// The service could not take the request: a wrong type, a missing parameter, too large.
        InvalidRequest = "invalid_request",
        /// The account has no credit.
        PaymentRequired = "payment_required",
        /// The account may not do this.
        Forbidden = "forbidden",
        /// Too many requests; see [`crate::ApiError::retry_after_seconds`].
        RateLimited = "rate_limited",
        /// It exists already.
        Conflict = "conflict",
        /// The service, or something before it, pointed elsewhere. Redirects are never followed: they would carry the
        /// signature to another host.
        Redirected = "redirected",
        /// The relay's own policy said no; nothing was sent to the service.
        RefusedByPolicy = "refused_by_policy",
        /// The service failed.
        Server = "server",
        /// None of the above.
        Unknown = "unknown",
    }
}

impl ErrorKind {
    /// What it means, in a sentence.
    #[must_use]
    pub const fn text(self) -> &'static str {
        match self {
            Self::Unauthorized => "the signature, key or token was not accepted",
            Self::UserDisabled => "the user is deactivated",
            Self::UserDeleted => "the user was deleted, for ever",
            Self::UserNotFound => "no enrolled user has this id",
            Self::AlreadyEnrolled => "the user is enrolled already",
            Self::ReenrollmentIncomplete => "the user must complete the re-enrollment first",
            Self::InvalidRequest => "the request was not taken",
            Self::PaymentRequired => "the account has no credit",
            Self::Forbidden => "the account may not do this",
            Self::RateLimited => "too many requests",
            Self::Conflict => "it exists already",
            Self::Redirected => "the answer points elsewhere, and redirects are never followed",
            Self::RefusedByPolicy => "the policy does not allow it; nothing was sent to the service",
            Self::Server => "the service failed",
            Self::Unknown => "the answer says no more than that",
        }
    }
}

slugs! {
    /// Whether sending again can help.
    pub enum Retry {
        /// Not before something has changed.
        Never = "never",
        /// The same call may be sent again, later.
        SameCall = "same_call",
        /// The action may be tried again, later, as a new call: signed again.
        NewCall = "new_call",
    }
}

slugs! {
    /// The usual causes of [`ErrorKind::Unauthorized`].
    pub enum Cause {
        /// The API key belongs to the other environment: each has its own.
        KeyOfOtherEnvironment = "key_of_other_environment",
        /// The partner id is not as issued: `085` is neither `85` nor ` 085`.
        PartnerIdChanged = "partner_id_changed",
        /// This machine's clock is off; see [`crate::ApiError::clock_skew_seconds`].
        Clock = "clock",
        /// The bearer token is missing, expired, or sent in another header than the service reads.
        Token = "token",
    }
}

impl Cause {
    /// The cause in a sentence, to show to whoever operates the client.
    #[must_use]
    pub const fn text(self) -> &'static str {
        match self {
            Self::KeyOfOtherEnvironment => {
                "the API key belongs to the other environment (each has its own key and host)"
            }
            Self::PartnerIdChanged => "the partner id is not exactly as issued, leading zeros included",
            Self::Clock => "the clock of the machine that signed is off",
            Self::Token => {
                "the bearer token is missing, expired, or in another header than the service reads"
            }
        }
    }
}
