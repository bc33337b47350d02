//! The core's JSON as Python's own values: new ones at every call, so that nobody changes what another holds.

use enrollkit::Json;
use enrollkit::json::Number;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyFloat, PyInt, PyList, PyNone, PyString};

/// Longer integers take time with the square of their length; Python's own limit can't be set below this.
const MAX_INTEGER_DIGITS: usize = 640;

/// Recursion is bounded by the depth of what was read.
pub(crate) fn python<'py>(py: Python<'py>, json: &Json) -> PyResult<Bound<'py, PyAny>> {
    Ok(match json {
        Json::Null => PyNone::get(py).to_owned().into_any(),
        Json::Bool(flag) => flag.into_pyobject(py)?.to_owned().into_any(),
        Json::Number(number) => self::number(py, number)?,
        Json::String(text) => PyString::new(py, text).into_any(),
        Json::Array(items) => {
            let items = items.iter().map(|item| python(py, item)).collect::<PyResult<Vec<_>>>()?;
            PyList::new(py, items)?.into_any()
        }
        Json::Object(object) => {
            let dict = PyDict::new(py);
            for (key, value) in object.iter() {
                dict.set_item(key, python(py, value)?)?;
            }
            dict.into_any()
        }
    })
}

/// `int` where the text is one, else `float` as Python reads it; what either would lose entirely is a `Decimal`.
fn number<'py>(py: Python<'py>, number: &Number) -> PyResult<Bound<'py, PyAny>> {
    let text = number.as_str();
    if number.is_integer() {
        if let Some(small) = number.as_i64() {
            return Ok(small.into_pyobject(py)?.into_any());
        }
        if text.len() <= MAX_INTEGER_DIGITS {
            return py.get_type::<PyInt>().call1((text,));
        }
    } else if let Ok(float) = text.parse::<f64>()
        && float.is_finite()
    {
        return Ok(PyFloat::new(py, float).into_any());
    }
    py.import("decimal")?.getattr("Decimal")?.call1((text,))
}
