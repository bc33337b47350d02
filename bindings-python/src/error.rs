//! What the core refuses, as the exceptions that the package defines in Python.

use enrollkit::{Error, InvalidInput, Json, ViolationCode};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::from_python;
use crate::to_python::object;
use crate::value::{Value, quoted, value_methods};

/// What the service wrote, in a plain form that has it.
pub(crate) const SERVICE_MESSAGE: &str = "service_message";

/// The exception of an error of the core.
pub(crate) fn raised(py: Python<'_>, error: &Error) -> PyErr {
    let exception = || {
        // Not kept: where the package was imported anew, what is raised must be of the new classes.
        let errors = py.import(intern!(py, "enrollkit._errors"))?;
        errors.call_method1(
            intern!(py, "make"),
            (
                error.to_string(),
                object(py, &error.to_json())?,
                service_message(error),
                PyBytes::new(py, error.raw()),
            ),
        )
    };
    exception().map_or_else(|failed| failed, PyErr::from_value)
}

/// The exception of a refused input.
pub(crate) fn refused(py: Python<'_>, invalid: InvalidInput) -> PyErr {
    raised(py, &invalid.into())
}

/// For `map_err`.
pub(crate) fn or_refused<T>(py: Python<'_>, result: Result<T, InvalidInput>) -> PyResult<T> {
    result.map_err(|invalid| refused(py, invalid))
}

/// The exception of one violation that only Python's values can have.
pub(crate) fn refused_for(py: Python<'_>, path: &str, code: ViolationCode, expected: &str) -> PyErr {
    refused(py, violation(path, code, Some(expected), None).into())
}

/// A violation with the core's own words for it.
pub(crate) fn violation(
    path: &str,
    code: ViolationCode,
    expected: Option<&str>,
    limit: Option<u64>,
) -> enrollkit::Violation {
    let mut violation = enrollkit::Violation::new(path, code);
    violation.expected = expected.map(Into::into);
    violation.limit = limit;
    violation
}

/// Several violations as one refusal; nothing for none.
pub(crate) fn invalid(violations: Vec<enrollkit::Violation>) -> Option<InvalidInput> {
    violations.into_iter().map(InvalidInput::from).reduce(InvalidInput::and)
}

/// One thing that is wrong with an input: where, what, and by which measure. Never the value itself.
#[pyclass(frozen, module = "enrollkit")]
pub(crate) struct Violation(pub(crate) enrollkit::Violation);

impl Value for Violation {
    const NAME: &'static str = "violation";

    fn plain(&self) -> Json {
        self.0.to_json()
    }

    fn of_plain(json: &Json) -> Option<Self> {
        enrollkit::Violation::from_json(json).map(Self)
    }

    fn shown(&self) -> String {
        // The path holds the caller's own keys: the error's text knows how to show them.
        let text = InvalidInput::from(self.0.clone()).to_string();
        format!("Violation({})", quoted(text.strip_prefix("invalid_input: ").unwrap_or(&text)))
    }
}

#[pymethods]
impl Violation {
    /// The wire path, steps joined by `/`: `userBiometrics/0`; empty for the whole.
    #[getter]
    fn path(&self) -> &str {
        &self.0.path
    }

    /// What is wrong, a word such as `required`. A newer version may have more.
    #[getter]
    fn code(&self) -> &'static str {
        self.0.code.slug()
    }

    /// In English, to stand behind or beside the field's name.
    #[getter]
    fn message(&self) -> String {
        self.0.message()
    }

    /// The measure, for codes that have one: bytes, levels or a byte's place.
    #[getter]
    fn limit(&self) -> Option<u64> {
        self.0.limit
    }

    /// What was expected, for codes that have it: a type, values, a field's name.
    #[getter]
    fn expected(&self) -> Option<&str> {
        self.0.expected.as_deref()
    }
}

value_methods!(Violation);

fn service_message(error: &Error) -> Option<&str> {
    if let Error::Api(error) = error { error.service_message() } else { None }
}

/// The core's own text and plain form of an error's plain form, and the service's message where it has one. Internal.
#[pyfunction]
pub(crate) fn error_text<'py>(
    plain: &Bound<'py, PyAny>,
) -> PyResult<(String, Bound<'py, PyAny>, Option<String>)> {
    let py = plain.py();
    let json = from_python::tree(plain, "");
    let error = or_refused(py, json)
        .map(|json| Error::from_json(&json))?
        .ok_or_else(|| refused_for(py, "", ViolationCode::WrongType, "the plain form of an error"))?;
    Ok((error.to_string(), object(py, &error.to_json())?, service_message(&error).map(Into::into)))
}

/// The exception of one violation that the package itself finds. Internal.
#[pyfunction]
pub(crate) fn refusal(py: Python<'_>, path: &str, code: &str, expected: &str) -> Py<PyAny> {
    let code = ViolationCode::from_slug(code).unwrap_or(ViolationCode::Other);
    refused_for(py, path, code, expected).into_value(py).into_any()
}
