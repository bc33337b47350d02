//! Smile ID's user management.

pub(crate) mod block_user;
mod codes;
pub(crate) mod enrollee;
pub(crate) mod enrollee_info;
pub(crate) mod jobs;
mod request;
pub(crate) mod signature;

pub(crate) use codes::{Code, DELETED, ENROLLED, Environment, FRAUDULENT, failure_body};
