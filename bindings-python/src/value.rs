//! What all values have: a plain form and back, its exact text, equality by it, a text that shows nothing personal, pickling.

use enrollkit::{Json, ViolationCode};
use pyo3::prelude::*;

use crate::error::{or_refused, refused_for};
use crate::from_python;

/// A value whose plain form says all about it, but for a raw body.
pub(crate) trait Value: Sized {
    /// What it is, for the error about a dict that is none.
    const NAME: &'static str;

    fn plain(&self) -> Json;

    fn of_plain(json: &Json) -> Option<Self>;

    /// The `repr`, without personal data.
    fn shown(&self) -> String;
}

/// What the Python class of a [`Value`] has beside its own methods.
macro_rules! value_methods {
    ($class:ident) => {
        #[pymethods]
        impl $class {
            /// The plain form, for queues, logs and other languages: a new dict of plain values, with the wire's names.
            fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
                $crate::to_python::object(py, &$crate::value::Value::plain(self))
            }

            /// The plain form as JSON text, exact to the last digit.
            fn to_json(&self) -> String {
                $crate::value::Value::plain(self).to_text()
            }

            /// The inverse of `to_dict` and of `to_json`. Raises `InvalidInput` for what is no such form.
            #[staticmethod]
            #[pyo3(signature = (plain, /))]
            fn from_dict(plain: &Bound<'_, PyAny>) -> PyResult<Self> {
                $crate::value::value_of(plain)
            }

            fn __eq__(&self, other: &Bound<'_, Self>) -> bool {
                $crate::value::Value::plain(self) == $crate::value::Value::plain(other.get())
            }

            fn __hash__(&self) -> u64 {
                $crate::value::hash(&$crate::value::Value::plain(self).to_text())
            }

            fn __repr__(&self) -> String {
                $crate::value::Value::shown(self)
            }

            /// Names and values of the plain form, for what makes JSON of any object, as frameworks do: a number that a float can't
            /// hold comes as text.
            fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
                $crate::to_python::pairs(py, &$crate::value::Value::plain(self))
            }

            #[classmethod]
            fn __get_pydantic_core_schema__<'py>(
                cls: &Bound<'py, pyo3::types::PyType>,
                _source: &Bound<'py, PyAny>,
                _handler: &Bound<'py, PyAny>,
            ) -> PyResult<Bound<'py, PyAny>> {
                $crate::to_python::pydantic(cls, "schema")
            }

            /// What Pydantic writes it with where it was told no type.
            #[getter]
            fn __pydantic_serializer__<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
                $crate::to_python::pydantic(&slf.get_type(), "serializer")
            }

            fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, (String,))> {
                // The text, not the dict: it keeps every number's digits.
                Ok((slf.get_type().getattr("from_dict")?, (slf.get().to_json(),)))
            }
        }
    };
}
pub(crate) use value_methods;

/// What the Python class of a [`Credential`] has beside its own methods: it refuses to leave the process, and says what to do instead.
macro_rules! credential_methods {
    ($class:ident, $instead:literal) => {
        #[pymethods]
        impl $class {
            fn __repr__(&self) -> String {
                $crate::value::Credential::shown(self)
            }

            /// Refused: it would copy a credential to who knows where.
            #[pyo3(signature = (protocol, /))]
            fn __reduce_ex__(&self, protocol: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
                let _ = protocol;
                Err(pyo3::exceptions::PyTypeError::new_err(concat!(
                    "a ",
                    stringify!($class),
                    " holds a credential and is neither copied nor pickled: ",
                    $instead
                )))
            }
        }
    };
}
pub(crate) use credential_methods;

/// A client, call, pair or verifier.
pub(crate) trait Credential {
    /// The `repr`, without the credential.
    fn shown(&self) -> String;
}

/// A text as Python writes one; what is not for the eye is escaped.
pub(crate) fn quoted(text: &str) -> String {
    let written = |letter: char| match letter {
        '\'' | '\\' => format!("\\{letter}"),
        _ if letter == '"' || letter.escape_debug().len() == 1 => letter.to_string(),
        _ => format!("\\U{:08x}", u32::from(letter)),
    };
    format!("'{}'", text.chars().map(written).collect::<String>())
}

pub(crate) fn hash(text: &str) -> u64 {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// A value of its plain form, or of that form's JSON text.
pub(crate) fn value_of<T: Value>(plain: &Bound<'_, PyAny>) -> PyResult<T> {
    let py = plain.py();
    let json = or_refused(py, from_python::plain(plain))?;
    T::of_plain(&json).ok_or_else(|| {
        let expected = format!("the plain form of an object of type {}", T::NAME);
        refused_for(py, "", ViolationCode::WrongType, &expected)
    })
}
