//! What a caller gave, read without trust: every violation at once, each with its path.

mod code;
mod fields;
mod near;
mod options;
mod strict;
mod violation;

pub use code::ViolationCode;
pub(crate) use fields::{Fields, unknown_value, wrong_type};
pub(crate) use near::unknown_key;
pub(crate) use options::{ALLOW_HTTP, option_names};
pub use options::{OptionKey, OptionKind};
pub(crate) use violation::Violations;
pub use violation::{InvalidInput, Violation};
