//! Smile ID's user management.

use enrollkit::smile_id::RawRequest;
use enrollkit::{InvalidInput, SignUpRules, Timestamp, UserId};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;

use crate::call::Call;
use crate::clock::time;
use crate::error::or_refused;
use crate::from_python::{self, text};
use crate::intent;
use crate::keys::Keys;
use crate::to_python::object;
use crate::value::{Credential, credential_methods, quoted};

/// A timestamp and its signature. Whoever holds one can do anything to any user until it is stale: for your own back ends only.
///
/// `to_dict` and `to_json` show the signature, for the answer to your other back end; nothing else does.
#[pyclass(frozen, module = "enrollkit")]
pub(crate) struct Pair(enrollkit::smile_id::Pair);

impl Credential for Pair {
    fn shown(&self) -> String {
        let Self(pair) = self;
        format!(
            "Pair(partner_id='{}', environment='{}', timestamp='{}', ...)",
            pair.partner_id().as_str(),
            pair.environment().slug(),
            pair.timestamp()
        )
    }
}

#[pymethods]
impl Pair {
    /// The partner that signed.
    #[getter]
    fn partner_id(&self) -> &str {
        self.0.partner_id().as_str()
    }

    /// The environment whose key signed.
    #[getter]
    fn environment(&self) -> &'static str {
        self.0.environment().slug()
    }

    /// The time that was signed, as text.
    #[getter]
    fn timestamp(&self) -> String {
        self.0.timestamp().to_text()
    }

    /// The signature: a live credential.
    #[getter]
    fn signature(&self) -> &str {
        self.0.signature()
    }

    /// How many seconds after receipt the holder stops using it.
    #[getter]
    fn expires_in(&self) -> u32 {
        self.0.expires_in()
    }

    /// The pair as a new dict, signature included.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        object(py, &self.0.to_json())
    }

    /// The pair as JSON text, signature included.
    fn to_json(&self) -> String {
        self.0.to_json().to_text()
    }

    fn __eq__(&self, other: &Bound<'_, Self>) -> bool {
        self.0 == other.get().0
    }

    fn __hash__(&self) -> u64 {
        crate::value::hash(&self.to_json())
    }
}

credential_methods!(Pair, "send its to_json() to your other back end");

/// What a client of Smile ID and a relay to one can both do: a method for each action.
///
/// `SmileId` and `SmileIdRelay` are the two; what takes either takes this.
#[pyclass(frozen, subclass, module = "enrollkit")]
pub(crate) struct SmileIdActions(Way);

enum Way {
    Direct(enrollkit::SmileId),
    Relay(enrollkit::SmileIdRelay),
}

impl SmileIdActions {
    fn call_of(&self, intent: &enrollkit::Intent, now: Timestamp) -> Result<enrollkit::Call, InvalidInput> {
        match &self.0 {
            Way::Direct(client) => client.call(intent, now),
            Way::Relay(relay) => relay.call(intent),
        }
    }

    /// The call of any intent.
    pub(crate) fn call_any(
        &self,
        intent: &Bound<'_, PyAny>,
        now: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Call> {
        let py = intent.py();
        let now = time(now, py, "now")?;
        Call::any(py, intent::with(intent, SignUpRules::default(), |intent| self.call_of(intent, now)))
    }

    /// The call of what needs a user id and nothing more.
    pub(crate) fn call_about(
        &self,
        make: fn(UserId) -> enrollkit::Intent,
        user_id: &Bound<'_, PyAny>,
        now: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Call> {
        let py = user_id.py();
        let now = time(now, py, "now")?;
        let user_id = text(user_id, "user_id").and_then(UserId::parse);
        Call::any(py, user_id.and_then(|user_id| self.call_of(&make(user_id), now)))
    }

    /// The call of any other action.
    pub(crate) fn call_with(
        &self,
        py: Python<'_>,
        keys: Keys,
        now: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Call> {
        let now = time(now, py, "now")?;
        let intent = keys.intent(SignUpRules::default());
        Call::any(py, intent.and_then(|intent| self.call_of(&intent, now)))
    }
}

/// Smile ID's user management: re-enroll, deactivate, flag, delete, look up.
///
/// With `api_key`, for your servers and scripts; or with a `pair` that another back end of yours signed, from the moment of receipt.
/// What may hold neither has a `SmileIdRelay`. Raises `InvalidInput` with all that is wrong.
///
/// `partner_id` is text, leading zeros included. `environment` is `sandbox` or `production`, each with a key of its own.
/// `operator` is the operator's e-mail address, which every change needs. `base_url` (a gateway, a proxy, the sandbox) replaces
/// scheme, host and prefix. Thread-safe: keep one.
#[pyclass(frozen, extends = SmileIdActions, module = "enrollkit")]
pub(crate) struct SmileId(enrollkit::SmileId);

impl Credential for SmileId {
    fn shown(&self) -> String {
        "SmileId(...)".to_owned()
    }
}

impl SmileId {
    fn initializer(client: enrollkit::SmileId) -> PyClassInitializer<Self> {
        PyClassInitializer::from(SmileIdActions(Way::Direct(client.clone()))).add_subclass(Self(client))
    }
}

#[pymethods]
impl SmileId {
    #[new]
    #[pyo3(signature = (*, partner_id, environment, operator=None, base_url=None, allow_http=None, api_key=None, pair=None, received_at=None))]
    #[allow(clippy::too_many_arguments, reason = "keyword arguments in Python")]
    fn new(
        py: Python<'_>,
        partner_id: &Bound<'_, PyAny>,
        environment: &Bound<'_, PyAny>,
        operator: Option<&Bound<'_, PyAny>>,
        base_url: Option<&Bound<'_, PyAny>>,
        allow_http: Option<&Bound<'_, PyAny>>,
        api_key: Option<&Bound<'_, PyAny>>,
        pair: Option<&Bound<'_, PyAny>>,
        received_at: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<PyClassInitializer<Self>> {
        let options = from_python::options(&[
            ("partner_id", Some(partner_id)),
            ("environment", Some(environment)),
            ("operator", operator),
            ("base_url", base_url),
            ("allow_http", allow_http),
        ]);
        let Some(pair) = pair else {
            if received_at.is_some() {
                return Err(PyTypeError::new_err("received_at says when a pair was received: there is none"));
            }
            // What is wrong with the key is said together with what is wrong with the options.
            let key = api_key.map_or(Ok(""), |key| text(key, "api_key"));
            let client = options.make_with(key, "x", enrollkit::SmileId::from_json);
            return or_refused(py, client).map(Self::initializer);
        };
        if api_key.is_some() {
            return Err(PyTypeError::new_err("give an api_key or a pair, not both"));
        }
        let received_at = time(received_at, py, "received_at")?;
        let pair = match pair.cast::<Pair>() {
            Ok(pair) => Ok(pair.get().to_json()),
            Err(_) => from_python::with_text(pair, |text| Ok(text.to_owned())),
        };
        let pair = or_refused(py, pair)?;
        let make = |text: &str| enrollkit::SmileId::from_json_with_pair(text, &pair, received_at);
        or_refused(py, options.make(make)).map(Self::initializer)
    }

    /// The same client for another operator.
    #[pyo3(signature = (email, /))]
    fn with_operator(&self, email: &Bound<'_, PyAny>) -> PyResult<Py<Self>> {
        let client = text(email, "operator").and_then(|email| self.0.with_operator(email));
        Py::new(email.py(), Self::initializer(or_refused(email.py(), client)?))
    }

    /// A signed pair for another of your own back ends.
    #[pyo3(signature = (*, now=None))]
    fn sign(&self, py: Python<'_>, now: Option<&Bound<'_, PyAny>>) -> PyResult<Pair> {
        or_refused(py, self.0.sign(time(now, py, "now")?)).map(Pair)
    }

    /// An authenticated call for what has no method: a dict with `host` (`portal` or `api`), `method`, `path` (a plain path, or
    /// its steps, which may hold any text), `query` (a dict of texts, or of lists of texts), `auth` (`body` or `headers`) and
    /// `body`; or its JSON text, which is sent to the last digit.
    #[pyo3(signature = (request, *, now=None))]
    fn raw(&self, request: &Bound<'_, PyAny>, now: Option<&Bound<'_, PyAny>>) -> PyResult<Call> {
        let py = request.py();
        let now = time(now, py, "now")?;
        let request = from_python::with_text(request, RawRequest::from_json);
        Call::raw(py, request.and_then(|request| self.0.raw(&request, now)))
    }
}

credential_methods!(SmileId, "make one where it is needed");

/// Smile ID's user management for what may hold no credentials, such as an app or a notebook: each call brings the intent to your own
/// back end at `url`, which applies its policy, signs and sends. Raises `InvalidInput` for what is no address.
#[pyclass(frozen, extends = SmileIdActions, module = "enrollkit")]
pub(crate) struct SmileIdRelay(String);

#[pymethods]
impl SmileIdRelay {
    #[new]
    #[pyo3(signature = (url, /))]
    fn new(url: &Bound<'_, PyAny>) -> PyResult<PyClassInitializer<Self>> {
        let relay = text(url, "url").and_then(|url| Ok((enrollkit::SmileIdRelay::new(url)?, url)));
        let (relay, url) = or_refused(url.py(), relay)?;
        Ok(PyClassInitializer::from(SmileIdActions(Way::Relay(relay))).add_subclass(Self(url.to_owned())))
    }

    fn __repr__(&self) -> String {
        format!("SmileIdRelay({})", quoted(&self.0))
    }
}

/// The low-level signature of any text, for talking to other implementations. The fields are not separated: (`…Z`, `12`) and
/// (`…Z1`, `2`) have the same signature.
#[pyfunction]
#[pyo3(signature = (api_key, timestamp, partner_id))]
pub(crate) fn signature(
    api_key: &Bound<'_, PyAny>,
    timestamp: &Bound<'_, PyAny>,
    partner_id: &Bound<'_, PyAny>,
) -> PyResult<String> {
    let signature = || -> Result<String, InvalidInput> {
        let (key, time) = (text(api_key, "api_key")?, text(timestamp, "timestamp")?);
        Ok(enrollkit::smile_id::signature(key, time, text(partner_id, "partner_id")?))
    };
    or_refused(api_key.py(), signature())
}
