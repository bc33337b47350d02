//! Other people's programs and packages: whether they are there, how they are installed and called.

pub(crate) mod chromium;
pub(crate) mod java;
pub(crate) mod node;
pub(crate) mod programs;
pub(crate) mod python;
pub(crate) mod swift_toolchain;
pub(crate) mod toolchain;
pub(crate) mod valgrind;
