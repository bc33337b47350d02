//! Bodies and headers, as HTTP clients and frameworks give them.

use std::borrow::Cow;

use enrollkit::{ViolationCode, header_octets};
use pyo3::exceptions::{PyException, PyMemoryError};
use pyo3::prelude::*;
use pyo3::types::{PyByteArray, PyBytes, PyDict, PyInt, PyList, PyMemoryView, PyString, PyTuple};

use crate::error::refused_for;

/// More than any server takes; so that an endless iterator of headers ends.
const MAX_HEADERS: usize = 10_000;

/// The bytes of a body. Text is UTF-8; nothing is nothing.
pub(crate) fn body<'a>(given: &'a Bound<'_, PyAny>) -> PyResult<Cow<'a, [u8]>> {
    let py = given.py();
    if let Ok(bytes) = given.cast::<PyBytes>() {
        return Ok(Cow::Borrowed(bytes.as_bytes()));
    }
    if let Ok(text) = given.cast::<PyString>() {
        let not_unicode = |_| refused_for(py, "body", ViolationCode::NotUnicode, "text");
        return text.to_str().map(|text| Cow::Borrowed(text.as_bytes())).map_err(not_unicode);
    }
    if given.is_none() {
        return Ok(Cow::Borrowed(&[]));
    }
    match copied(given) {
        Some(bytes) => bytes.map(Cow::Owned),
        None => Err(refused_for(py, "body", ViolationCode::WrongType, "bytes, bytearray, memoryview or str")),
    }
}

/// A copy of what may change under our hands.
pub(crate) fn copied(given: &Bound<'_, PyAny>) -> Option<PyResult<Vec<u8>>> {
    if let Ok(array) = given.cast::<PyByteArray>() {
        return Some(Ok(array.to_vec()));
    }
    let view = given.cast::<PyMemoryView>().ok()?;
    // The view's own buffer can't be had through the stable ABI of 3.10. A released one fails.
    let bytes =
        view.call_method0("tobytes").and_then(|bytes| Ok(bytes.cast::<PyBytes>()?.as_bytes().to_vec()));
    let gone =
        |_| refused_for(given.py(), "body", ViolationCode::WrongType, "memoryview that is not released");
    Some(bytes.map_err(gone))
}

pub(crate) type Headers = Vec<(String, Vec<u8>)>;

/// Names and values: of a mapping or of pairs, texts or bytes, a value or several. One that comes twice comes twice.
pub(crate) fn headers(given: Option<&Bound<'_, PyAny>>) -> PyResult<Headers> {
    let Some(given) = given else { return Ok(Vec::new()) };
    let py = given.py();
    collect(given).map_err(|error| {
        // What an object of somebody else's raises is no error of ours; that there is no memory, or an interrupt, is.
        if error.is_instance_of::<PyException>(py) && !error.is_instance_of::<PyMemoryError>(py) {
            refused_for(py, "headers", ViolationCode::WrongType, "headers")
        } else {
            error
        }
    })
}

fn collect(given: &Bound<'_, PyAny>) -> PyResult<Headers> {
    let pairs = if let Ok(dict) = given.cast::<PyDict>() {
        dict.items().into_any()
    } else if given.is_instance_of::<PyList>() || given.is_instance_of::<PyTuple>() {
        given.clone()
    } else if let Some(items) = given.getattr_opt("multi_items")? {
        // httpx: `items` would join values that came twice.
        items.call0()?
    } else if let Some(items) = given.getattr_opt("items")? {
        items.call0()?
    } else {
        given.clone()
    };
    let wrong = || PyException::new_err("no headers");
    let mut headers = Vec::new();
    for pair in pairs.try_iter()? {
        let pair = pair?;
        let (name, value) = if let Ok(pair) = pair.cast::<PyTuple>() {
            (pair.get_item(0)?, pair.get_item(1)?)
        } else {
            let pair = pair.cast::<PyList>()?;
            (pair.get_item(0)?, pair.get_item(1)?)
        };
        let name = String::from_utf8_lossy(&octets(&name).ok_or_else(wrong)?).into_owned();
        if value.is_instance_of::<PyList>() || value.is_instance_of::<PyTuple>() {
            for one in value.try_iter()? {
                headers.push((name.clone(), octets(&one?).ok_or_else(wrong)?));
            }
        } else {
            headers.push((name, octets(&value).ok_or_else(wrong)?));
        }
        if headers.len() > MAX_HEADERS {
            return Err(wrong());
        }
    }
    Ok(headers)
}

fn octets(value: &Bound<'_, PyAny>) -> Option<Vec<u8>> {
    if let Ok(text) = value.cast::<PyString>() {
        // What is not Unicode stays what no header of ours can be.
        return Some(text.to_str().map_or_else(|_| vec![0xff], |text| header_octets(text).into_owned()));
    }
    if let Ok(bytes) = value.cast::<PyBytes>() {
        return Some(bytes.as_bytes().to_vec());
    }
    // A `Content-Length`, say.
    value.cast::<PyInt>().ok().map(|number| number.extract::<i64>().unwrap_or(-1).to_string().into_bytes())
}
