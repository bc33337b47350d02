//! Intents: what is wanted, as plain data without credentials.

use std::sync::Arc;

use enrollkit::{Action, InvalidInput, Json, SignUpRules, ViolationCode};
use pyo3::prelude::*;
use pyo3::types::{PyList, PyType};

use crate::error::{Violation, or_refused, violation};
use crate::from_python::{self, AROUND, Given};
use crate::keys::Keys;
use crate::to_python::{object, pairs, pydantic};
use crate::value::hash;

/// What is wanted, valid, and exactly as it was written: what a policy sees of it is what gets signed, to the last digit.
///
/// Made by a factory, one for each action, or by `parse_intent`. It holds no credential, and may be queued, pickled and compared.
#[pyclass(frozen, module = "enrollkit")]
pub(crate) struct Intent {
    intent: Arc<enrollkit::Intent>,
    extra_keys: bool,
}

/// Gives `use_it` the intent of what a caller gave for one: an `Intent`, a dict, or JSON text.
pub(crate) fn with<T>(
    given: &Bound<'_, PyAny>,
    rules: SignUpRules,
    use_it: impl FnOnce(&enrollkit::Intent) -> Result<T, InvalidInput>,
) -> Result<T, InvalidInput> {
    if let Ok(parsed) = given.cast::<Intent>() {
        return use_it(&parsed.get().intent);
    }
    use_it(&read(given, rules)?)
}

fn read(given: &Bound<'_, PyAny>, rules: SignUpRules) -> Result<enrollkit::Intent, InvalidInput> {
    let read = |text: &str| enrollkit::Intent::from_json_with(text, rules);
    match from_python::given(given, AROUND)? {
        Given::Text(text) => read(&text),
        Given::Objects(objects) => objects.within("user").make(read),
    }
}

/// What is wanted, also where the rest is not valid: a policy may say no to that, too.
pub(crate) fn action(given: &Bound<'_, PyAny>) -> Result<Action, InvalidInput> {
    with(given, SignUpRules::of(false, true), |intent| Ok(intent.action())).or_else(|invalid| {
        let json = match from_python::given(given, AROUND)? {
            Given::Text(text) => Json::parse(&text)?,
            Given::Objects(objects) => Json::parse_plain(&objects.into_text())?,
        };
        json.get("action").and_then(Json::as_str).and_then(Action::from_slug).ok_or(invalid)
    })
}

/// Reads an intent that someone else wrote: the body of a relayed request, a queue's message, a dict.
///
/// Every violation is reported at once, as `InvalidInput`. `self_service` is for what an end user filled in: what only the
/// organization may set is refused. `allow_extra_keys` lets keys of the user object through that the documentation does not know.
#[pyfunction]
#[pyo3(signature = (json, *, self_service=false, allow_extra_keys=false))]
pub(crate) fn parse_intent(
    json: &Bound<'_, PyAny>,
    self_service: bool,
    allow_extra_keys: bool,
) -> PyResult<Intent> {
    let intent = with(json, SignUpRules::of(self_service, allow_extra_keys), |intent| Ok(intent.clone()));
    or_refused(json.py(), intent)
        .map(|intent| Intent { intent: Arc::new(intent), extra_keys: allow_extra_keys })
}

/// What is wrong with an intent; empty when it is valid. Needs no client.
#[pyfunction]
#[pyo3(signature = (intent, *, self_service=false, allow_extra_keys=false))]
pub(crate) fn check<'py>(
    intent: &Bound<'py, PyAny>,
    self_service: bool,
    allow_extra_keys: bool,
) -> PyResult<Bound<'py, PyList>> {
    violations(intent.py(), with(intent, SignUpRules::of(self_service, allow_extra_keys), |_| Ok(())))
}

/// What is wrong, as a list; empty when nothing is.
pub(crate) fn violations<T>(py: Python<'_>, checked: Result<T, InvalidInput>) -> PyResult<Bound<'_, PyList>> {
    let wrong = checked.err().map(|invalid| invalid.violations().to_vec()).unwrap_or_default();
    let wrong = wrong.into_iter().map(|one| Py::new(py, Violation(one))).collect::<PyResult<Vec<_>>>()?;
    PyList::new(py, wrong)
}

impl Intent {
    /// What a factory gives.
    pub(crate) fn of(py: Python<'_>, keys: Keys) -> PyResult<Self> {
        Self::with_rules(py, keys, false, false)
    }

    /// What the factory of a sign-up gives.
    pub(crate) fn with_rules(
        py: Python<'_>,
        keys: Keys,
        self_service: bool,
        allow_extra_keys: bool,
    ) -> PyResult<Self> {
        let intent = or_refused(py, keys.intent(SignUpRules::of(self_service, allow_extra_keys)))?;
        Ok(Self { intent: Arc::new(intent), extra_keys: allow_extra_keys })
    }
}

#[pymethods]
impl Intent {
    /// What is wanted, a word such as `smile_id.deactivate`.
    #[getter]
    fn action(&self) -> &'static str {
        self.intent.action().slug()
    }

    /// Whom it is about, at Smile ID.
    #[getter]
    fn user_id(&self) -> Option<&str> {
        self.intent.user_id().map(enrollkit::UserId::as_str)
    }

    /// The user who is to be signed up, as a new dict.
    #[getter]
    fn user<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.intent.user().map(|user| object(py, &Json::Object(user.to_object()))).transpose()
    }

    /// The organization that is called, at Unifyia.
    #[getter]
    fn organization(&self) -> Option<&str> {
        self.intent.organization().map(enrollkit::OrganizationName::as_str)
    }

    /// The same sign-up with further fields of the user object, in the place of those with the same name: what a back end sets
    /// itself, after `self_service` kept the form from it. All else stays as it came, to the last digit.
    #[pyo3(signature = (fields, /))]
    fn with_user_fields(&self, fields: &Bound<'_, PyAny>) -> PyResult<Self> {
        let extended = from_python::json(fields).and_then(|json| match json {
            Json::Object(fields) => {
                self.intent.with_user_fields(&fields, SignUpRules::of(false, self.extra_keys))
            }
            _ => Err(violation("", ViolationCode::WrongType, Some("object"), None).into()),
        });
        let intent = or_refused(fields.py(), extended)?;
        Ok(Self { intent: Arc::new(intent), extra_keys: self.extra_keys })
    }

    /// The intent as a new dict, as every other language writes it.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        object(py, &self.intent.to_json())
    }

    /// The intent as JSON text, exact to the last digit.
    fn to_json(&self) -> String {
        self.intent.to_text()
    }

    /// As `parse_intent`, the inverse of `to_dict` and of `to_json`.
    #[staticmethod]
    #[pyo3(signature = (plain, /, *, allow_extra_keys=false))]
    fn from_dict(plain: &Bound<'_, PyAny>, allow_extra_keys: bool) -> PyResult<Self> {
        parse_intent(plain, false, allow_extra_keys)
    }

    fn __eq__(&self, other: &Bound<'_, Self>) -> bool {
        self.intent == other.get().intent
    }

    fn __hash__(&self) -> u64 {
        hash(&self.intent.to_text())
    }

    fn __repr__(&self) -> String {
        format!("Intent(action='{}', ...)", self.intent.action().slug())
    }

    /// Names and values of the plain form, for what makes JSON of any object, as frameworks do: a number that a float can't hold
    /// comes as text.
    fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        pairs(py, &self.intent.to_json())
    }

    #[classmethod]
    fn __get_pydantic_core_schema__<'py>(
        cls: &Bound<'py, PyType>,
        _source: &Bound<'py, PyAny>,
        _handler: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        pydantic(cls, "schema")
    }

    /// What Pydantic writes it with where it was told no type.
    #[getter]
    fn __pydantic_serializer__<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        pydantic(&slf.get_type(), "serializer")
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, (String, bool))> {
        let restore = slf.py().import("enrollkit._enrollkit")?.getattr("restore_intent")?;
        Ok((restore, (slf.get().to_json(), slf.get().extra_keys)))
    }
}

/// What a pickle of an intent calls. Internal.
#[pyfunction]
pub(crate) fn restore_intent(json: &Bound<'_, PyAny>, extra_keys: bool) -> PyResult<Intent> {
    parse_intent(json, false, extra_keys)
}
