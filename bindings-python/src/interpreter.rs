//! One interpreter of a process has the module: its classes are the process's, and so is what they hold of that interpreter.

use std::sync::atomic::{AtomicBool, Ordering};

use pyo3::exceptions::PyImportError;
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::PyDict;

/// Whether an interpreter of this process has the module. It stays so when that one has ended: the classes are still its own.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// What the interpreter that has it is known by. Its number would not do: a Python that was ended and started again has the same.
const MARK: &str = "enrollkit._enrollkit";

/// Refuses every interpreter but the first that comes, as Python itself refuses those with a GIL of their own.
pub(crate) fn claim(py: Python<'_>) -> PyResult<()> {
    let refused = || PyImportError::new_err("module enrollkit._enrollkit does not support subinterpreters");
    let own = own_data(py).ok_or_else(refused)?;
    if own.contains(MARK)? {
        return Ok(());
    }
    if TAKEN.swap(true, Ordering::SeqCst) {
        return Err(refused());
    }
    own.set_item(MARK, true)
}

/// What extension modules keep for the current interpreter.
#[allow(unsafe_code, reason = "only C's interface has it")]
fn own_data(py: Python<'_>) -> Option<Bound<'_, PyDict>> {
    // SAFETY: `py` says that there is a current interpreter; the dict lives as long as it, and is borrowed from it.
    let data = unsafe {
        let data = ffi::PyInterpreterState_GetDict(ffi::PyInterpreterState_Get());
        Bound::from_borrowed_ptr_or_opt(py, data)
    };
    data?.cast_into().ok()
}
