//! Values that exist only when valid: names, addresses, secrets, times.

mod base_url;
mod header;
mod ids;
mod ip;
mod path;
mod secret;
mod time;

pub use base_url::{BaseUrl, RelayUrl};
pub(crate) use header::{header_name, header_value};
pub use ids::{MAX_EMAIL_BYTES, MAX_PARTNER_ID_DIGITS, Operator, OrganizationName, PartnerId, UserId};
pub(crate) use ids::{email_fault, name_fault, organization_rules};
pub(crate) use path::encode_segment;
pub use path::{Path, Query};
pub use secret::{ApiKey, Token};
pub use time::Timestamp;
pub(crate) use time::{EXAMPLE, TIMESTAMP_LENGTH, parse_http_date};
