//! What is built here, language by language.

pub(crate) mod android;
pub(crate) mod kotlin;
pub(crate) mod mobile;
pub(crate) mod npm;
pub(crate) mod probe;
pub(crate) mod swift;
pub(crate) mod wheel;
