//! Smile ID's environments, each with its hosts.

use crate::slug::slugs;

slugs! {
    /// Smile ID's environments. Each has its own host, API key and body value; they always go together.
    pub enum Environment {
        /// `portal.smileidentity.com`, body value `test`.
        Sandbox = "sandbox",
        /// `prod.smileidentity.com`, body value `production`.
        Production = "production",
    }
}

impl Environment {
    /// The value of `environment` in a request's body.
    #[must_use]
    pub const fn wire(self) -> &'static str {
        match self {
            Self::Sandbox => "test",
            Self::Production => "production",
        }
    }

    /// The host of user management.
    #[must_use]
    pub const fn portal_host(self) -> &'static str {
        match self {
            Self::Sandbox => "portal.smileidentity.com",
            Self::Production => "prod.smileidentity.com",
        }
    }

    /// The host of the other APIs, for `raw` calls.
    #[must_use]
    pub const fn api_host(self) -> &'static str {
        match self {
            Self::Sandbox => "testapi.smileidentity.com",
            Self::Production => "api.smileidentity.com",
        }
    }
}
