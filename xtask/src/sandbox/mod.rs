//! The sandbox as a child of ours, and what it can be told.

mod control;
mod program;

pub(crate) use control::Control;
pub(crate) use program::{Sandbox, build, ready_line};
