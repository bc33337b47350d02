//! The back end's side of a relay, and what a look-up says of a change whose answer was lost.

use enrollkit::{Action, ApiError, Details, Error, Json, ViolationCode, relay};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyBytes, PyString};

use crate::bytes;
use crate::error::{SERVICE_MESSAGE, or_refused, raised, refused_for};
use crate::from_python;
use crate::generated::outcomes::{EnrolleeInfo, outcome_of};
use crate::intent;
use crate::outcome::of_core;

/// A relay's answer. Send it as `application/json`, with `Cache-Control: no-store`.
#[pyclass(frozen, module = "enrollkit.relay")]
pub(crate) struct Answer(relay::Answer);

#[pymethods]
impl Answer {
    /// The HTTP status: 200 for an outcome; 403, 422, 502 or 504 for an error.
    #[getter]
    fn status(&self) -> u16 {
        self.0.status
    }

    /// The body, JSON in UTF-8.
    #[getter]
    fn body<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, self.0.body.as_bytes())
    }

    fn __eq__(&self, other: &Bound<'_, Self>) -> bool {
        self.0 == other.get().0
    }

    fn __hash__(&self) -> u64 {
        crate::value::hash(&format!("{} {}", self.0.status, self.0.body))
    }

    fn __repr__(&self) -> String {
        format!("Answer(status={}, body=<{} bytes>)", self.0.status, self.0.body.len())
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, (u16, String))> {
        let restore = slf.py().import("enrollkit._enrollkit")?.getattr("restore_answer")?;
        Ok((restore, (slf.get().0.status, slf.get().0.body.clone())))
    }
}

/// What a pickle of an answer calls. Internal.
#[pyfunction]
pub(crate) fn restore_answer(status: u16, body: String) -> Answer {
    Answer(relay::Answer { status, body })
}

/// What a relay's route answers before it reads anything: 405 for another method than POST, 403 for another origin, 415 for another
/// content type than `application/json`, parameters allowed; None: go on with session, intent and policy.
///
/// `headers` are what any framework has for them, in any case. `origins` are those of your pages, as browsers send them:
/// `["https://app.bank.example"]`. Apps and servers send none: `allow_no_origin` lets them in; what such a caller may do must not
/// rest on a cookie.
#[pyfunction]
#[pyo3(signature = (method, headers, *, origins=None, allow_no_origin=false))]
pub(crate) fn route_refusal(
    method: &Bound<'_, PyAny>,
    headers: &Bound<'_, PyAny>,
    origins: Option<&Bound<'_, PyAny>>,
    allow_no_origin: bool,
) -> PyResult<Option<Answer>> {
    let py = method.py();
    let flag = PyBool::new(py, allow_no_origin);
    let rules = from_python::options(&[("origins", origins), ("allow_no_origin", Some(flag.as_any()))]);
    let rules = or_refused(py, rules.make(relay::RouteRules::from_json))?;
    let method = or_refused(py, from_python::text(method, "method"))?;
    let headers = bytes::headers(Some(headers))?;
    let headers = headers.iter().map(|(name, value)| (name.as_str(), value));
    Ok(rules.refusal(method, headers).map(Answer))
}

/// The answer for what came of an intent: an outcome, or one of this package's exceptions.
///
/// Without the service's raw body, integers beyond 2^53 as text. Identity documents, the sign-up's answer and what the service
/// wrote of an error are withheld unless `details` is true.
#[pyfunction]
#[pyo3(signature = (result, *, details=false))]
pub(crate) fn answer(result: &Bound<'_, PyAny>, details: bool) -> PyResult<Answer> {
    let details = if details { Details::Included } else { Details::Withheld };
    let result = match outcome_of(result) {
        Some(outcome) => Ok(outcome),
        None => Err(core_error(result)?.ok_or_else(|| {
            let expected = "an outcome that a call has read, or an EnrollkitError";
            refused_for(result.py(), "result", ViolationCode::WrongType, expected)
        })?),
    };
    Ok(Answer(relay::answer(&result, details)))
}

/// The error for a policy's "no", to be raised or answered. Nothing was sent. Raises `InvalidInput` for what names no action.
#[pyfunction]
#[pyo3(signature = (intent, /))]
pub(crate) fn refused(intent: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
    let py = intent.py();
    let operation = or_refused(py, intent::action(intent))?.operation();
    Ok(raised(py, &ApiError::refused_by_policy(operation).into()).into_value(py).into_any())
}

/// Whether a change is in effect, by a look-up that was made after it: `in_effect`, `not_in_effect` or `unknown`.
///
/// For an answer that was lost (`error.outcome_unknown`) or unstated. `look_up` is the look-up's outcome, or the exception that
/// it ended with.
#[pyfunction]
#[pyo3(signature = (action, look_up))]
pub(crate) fn confirmed_by(action: &Bound<'_, PyAny>, look_up: &Bound<'_, PyAny>) -> PyResult<&'static str> {
    let py = action.py();
    let slug = action.cast::<PyString>().ok().and_then(|text| text.to_str().ok());
    let action = or_refused(py, Action::parse(slug.unwrap_or_default()))?;
    let looked_up = if let Ok(info) = look_up.cast::<EnrolleeInfo>() {
        Ok(of_core::EnrolleeInfo::clone(&info.get().0))
    } else {
        match core_error(look_up)? {
            Some(error) => Err(error),
            // Any other exception says nothing of the user.
            None if look_up.is_instance_of::<pyo3::exceptions::PyBaseException>() => return Ok("unknown"),
            None => {
                let expected = "a look-up's outcome, or the exception that it ended with";
                return Err(refused_for(py, "look_up", ViolationCode::WrongType, expected));
            }
        }
    };
    Ok(action.confirmed_by(&looked_up).slug())
}

/// The core's error of one of the package's exceptions; nothing for any other object.
fn core_error(error: &Bound<'_, PyAny>) -> PyResult<Option<Error>> {
    let py = error.py();
    let class = py.import("enrollkit._errors")?.getattr("EnrollkitError")?;
    if !error.get_type().is_subclass(&class)? {
        return Ok(None);
    }
    let mut plain = or_refused(py, from_python::tree(&error.getattr("_plain")?, ""))?;
    if let (Json::Object(object), Some(message)) =
        (&mut plain, error.getattr("_message")?.extract::<Option<String>>()?)
    {
        object.insert(SERVICE_MESSAGE, message);
    }
    Ok(Error::from_json(&plain))
}
