//! What a step is given.

use std::path::PathBuf;

use crate::tools::python::{Python, Venv};
use crate::tools::swift_toolchain::Toolchain;

/// What there is when a need has been brought.
pub(crate) enum Thing {
    /// Others find it by themselves.
    Ready,
    File(PathBuf),
    Python(Python),
    Venv(Venv),
    Packed(Packed),
    Swift(Toolchain),
}

/// What a registry of Python packages would get.
pub(crate) struct Packed {
    pub(crate) wheel: PathBuf,
    pub(crate) sdist: PathBuf,
}
