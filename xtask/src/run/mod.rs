//! Running programs, and saying what goes wrong: nothing here knows the project.

pub(crate) mod error;
#[macro_use]
pub(crate) mod log;
pub(crate) mod paths;
pub(crate) mod process;

mod cargo;
mod command;

pub(crate) use cargo::{VERSION, cargo, target_dir};
pub(crate) use command::{command, output, run, show, works};
