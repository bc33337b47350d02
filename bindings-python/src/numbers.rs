//! Python's numbers as JSON's texts of them, to the last digit.

use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyInt, PyType};

/// 4000 decimal digits: no longer one is turned into text, which takes time with the square of its length.
const MAX_INTEGER_BITS: u64 = 13_287;

/// An integer of 64 bits. Python makes no error of one that is greater, and so collects no garbage.
#[allow(unsafe_code, reason = "PyO3 asks in a way that makes one")]
pub(crate) fn small(number: &Bound<'_, PyInt>) -> Option<i64> {
    let mut overflow = 0;
    // SAFETY: it is an `int`, which is never asked for another.
    let value = unsafe { ffi::PyLong_AsLongLongAndOverflow(number.as_ptr(), &raw mut overflow) };
    (overflow == 0).then_some(value)
}

/// An integer of any size that we turn into text.
pub(crate) fn integer(number: &Bound<'_, PyInt>) -> Option<String> {
    let class = number.py().get_type::<PyInt>();
    let bits = class.call_method1("bit_length", (number,)).ok()?.extract::<u64>().ok()?;
    (bits <= MAX_INTEGER_BITS).then(|| written(&class, "__repr__", number.as_any())).flatten()
}

/// A number's text, by the class's own method: a subclass's is not asked.
pub(crate) fn written(class: &Bound<'_, PyType>, method: &str, value: &Bound<'_, PyAny>) -> Option<String> {
    class.call_method1(method, (value,)).ok()?.extract().ok()
}

/// The class of exact decimals. Where nobody has imported it, nobody can hold one.
pub(crate) fn decimal(py: Python<'_>) -> Option<&Bound<'_, PyType>> {
    static DECIMAL: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    let import = || {
        let modules = py.import("sys")?.getattr("modules")?;
        if !modules.contains("decimal")? && !modules.contains("_decimal")? {
            return Err(pyo3::exceptions::PyLookupError::new_err("no decimals yet"));
        }
        Ok(py.import("decimal")?.getattr("Decimal")?.cast_into::<PyType>()?.unbind())
    };
    DECIMAL.get_or_try_init(py, import).ok().map(|class| class.bind(py))
}
