//! The core's JSON as Python's own values: new ones at every call, so that nobody changes what another holds.

use enrollkit::Json;
use enrollkit::json::Number;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyFloat, PyInt, PyList, PyNone, PyString, PyType};

/// Longer integers take time with the square of their length; Python's own limit can't be set below this.
const MAX_INTEGER_DIGITS: usize = 640;

/// Whole numbers become `int`, others `float` as Python reads them; what either would lose entirely is a `Decimal`.
pub(crate) fn object<'py>(py: Python<'py>, json: &Json) -> PyResult<Bound<'py, PyAny>> {
    value(py, json, number)
}

/// The pairs of an object, for what writes JSON from Python's values again: a number that no `int` or `float` holds is its text.
pub(crate) fn pairs<'py>(py: Python<'py>, json: &Json) -> PyResult<Bound<'py, PyAny>> {
    value(py, json, number_or_text)?.call_method0("items")?.call_method0("__iter__")
}

/// What Pydantic asks of a class: its `schema` or its `serializer`. It must be there: it is what asks.
pub(crate) fn pydantic<'py>(class: &Bound<'py, PyType>, what: &str) -> PyResult<Bound<'py, PyAny>> {
    let refused = class.py().import("enrollkit._errors")?.getattr("InvalidInput")?;
    class.py().import("enrollkit._pydantic")?.getattr(what)?.call1((class, refused))
}

type OfNumber = for<'py> fn(Python<'py>, &Number) -> PyResult<Bound<'py, PyAny>>;

/// Recursion is bounded by the depth of what was read.
fn value<'py>(py: Python<'py>, json: &Json, of_number: OfNumber) -> PyResult<Bound<'py, PyAny>> {
    Ok(match json {
        Json::Null => PyNone::get(py).to_owned().into_any(),
        Json::Bool(flag) => flag.into_pyobject(py)?.to_owned().into_any(),
        Json::Number(number) => of_number(py, number)?,
        Json::String(text) => PyString::new(py, text).into_any(),
        Json::Array(items) => {
            let items = items.iter().map(|item| value(py, item, of_number)).collect::<PyResult<Vec<_>>>()?;
            PyList::new(py, items)?.into_any()
        }
        Json::Object(object) => {
            let dict = PyDict::new(py);
            for (key, member) in object.iter() {
                dict.set_item(key, value(py, member, of_number)?)?;
            }
            dict.into_any()
        }
    })
}

fn number<'py>(py: Python<'py>, number: &Number) -> PyResult<Bound<'py, PyAny>> {
    let text = number.as_str();
    if number.is_integer() {
        if let Some(small) = number.as_i64() {
            return Ok(small.into_pyobject(py)?.into_any());
        }
        if text.len() <= MAX_INTEGER_DIGITS {
            return py.get_type::<PyInt>().call1((text,));
        }
    } else {
        let float = float(py, text)?;
        if float.value().is_finite() {
            return Ok(float.into_any());
        }
    }
    py.import("decimal")?.getattr("Decimal")?.call1((text,))
}

/// By Python itself: the tables that Rust's library reads and writes floats by are a thirtieth of the wheel.
fn float<'py>(py: Python<'py>, text: &str) -> PyResult<Bound<'py, PyFloat>> {
    Ok(py.get_type::<PyFloat>().call1((text,))?.cast_into()?)
}

fn number_or_text<'py>(py: Python<'py>, number: &Number) -> PyResult<Bound<'py, PyAny>> {
    let text = number.as_str();
    let exact = if number.is_integer() {
        number.as_i64().is_some() || text.len() <= MAX_INTEGER_DIGITS
    } else {
        let float = float(py, text)?;
        float.value().is_finite() && decimal(float.repr()?.to_str()?) == decimal(text)
    };
    if exact { self::number(py, number) } else { Ok(PyString::new(py, text).into_any()) }
}

/// Digits without zeros at either end, and the power of ten of the last: equal for equal numbers. Nothing for an exponent that
/// no float has.
fn decimal(text: &str) -> Option<(String, i64)> {
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = [whole.trim_start_matches('-'), fraction].concat();
    let digits = digits.trim_start_matches('0');
    let kept = digits.trim_end_matches('0');
    if kept.is_empty() {
        return Some((String::new(), 0));
    }
    let exponent: i64 = exponent.parse().ok()?;
    let zeros = i64::try_from(digits.len() - kept.len()).ok()?;
    let power = exponent.checked_add(zeros)?.checked_sub(i64::try_from(fraction.len()).ok()?)?;
    Some((kept.to_owned(), power))
}
