//! One file, or one room, for each command.

pub(crate) mod acceptance;
pub(crate) mod bench;
pub(crate) mod costs;
pub(crate) mod demo;
pub(crate) mod exercise;
pub(crate) mod generate;
pub(crate) mod lint;
pub(crate) mod package;
pub(crate) mod public_api;
pub(crate) mod test;
