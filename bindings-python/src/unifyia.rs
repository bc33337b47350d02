//! Unifyia's user sign-up, and what is fetched before it.

use enrollkit::unifyia::RawRequest;
use enrollkit::{InvalidInput, OrganizationName, SignUpRules, User};
use pyo3::prelude::*;
use pyo3::types::PyList;

use crate::call::Call;
use crate::error::{invalid, or_refused};
use crate::from_python::{self, and_ours, text};
use crate::intent::{self, violations};
use crate::keys::Keys;
use crate::value::{Credential, credential_methods, quoted};

/// What a client of Unifyia and a relay to one can both do: a method for each action, and the check of a form.
///
/// `Unifyia` and `UnifyiaRelay` are the two; what takes either takes this.
#[pyclass(frozen, subclass, module = "enrollkit")]
pub(crate) struct UnifyiaActions(Way);

enum Way {
    Direct(enrollkit::Unifyia),
    Relay(enrollkit::UnifyiaRelay),
}

impl UnifyiaActions {
    fn rules(&self) -> SignUpRules {
        match &self.0 {
            Way::Direct(client) => client.rules(),
            Way::Relay(relay) => relay.rules(),
        }
    }

    fn call_of(&self, intent: &enrollkit::Intent) -> Result<enrollkit::Call, InvalidInput> {
        match &self.0 {
            Way::Direct(client) => client.call(intent),
            Way::Relay(relay) => relay.call(intent),
        }
    }

    /// The call of any intent.
    pub(crate) fn call_any(&self, intent: &Bound<'_, PyAny>) -> PyResult<Call> {
        Call::any(intent.py(), intent::with(intent, self.rules(), |intent| self.call_of(intent)))
    }

    /// The call of an action.
    pub(crate) fn call_with(&self, py: Python<'_>, keys: Keys) -> PyResult<Call> {
        Call::any(py, keys.intent(self.rules()).and_then(|intent| self.call_of(&intent)))
    }
}

#[pymethods]
impl UnifyiaActions {
    /// What is wrong with a user object, for a form that checks while one types; empty when it can be sent.
    ///
    /// With `organization`, also that the user's `organisationName` is that one. `allow_extra_keys` is the client's own unless it
    /// is given.
    #[pyo3(signature = (user, organization=None, *, self_service=false, allow_extra_keys=None))]
    fn check<'py>(
        &self,
        user: &Bound<'py, PyAny>,
        organization: Option<&Bound<'py, PyAny>>,
        self_service: bool,
        allow_extra_keys: Option<bool>,
    ) -> PyResult<Bound<'py, PyList>> {
        let rules = match allow_extra_keys {
            Some(extra_keys) => SignUpRules::of(self_service, extra_keys),
            None if self_service => self.rules().self_service(),
            None => self.rules(),
        };
        violations(user.py(), checked(user, organization, rules))
    }
}

/// Unifyia's user sign-up, and what is fetched before it.
///
/// Raises `InvalidInput` with all that is wrong. `base_url` is scheme, host and the installation's prefix. `token` is the bearer
/// token without the word `Bearer`; `auth_header` is its header, `Authorization` unless you say otherwise. `path_spelling` is
/// `organizations` or `organiations`, `wrapping` is `bare` or `user`: what the service's documentation leaves open. Thread-safe:
/// keep one.
#[pyclass(frozen, extends = UnifyiaActions, module = "enrollkit")]
pub(crate) struct Unifyia(enrollkit::Unifyia);

impl Credential for Unifyia {
    fn shown(&self) -> String {
        "Unifyia(...)".to_owned()
    }
}

impl Unifyia {
    fn initializer(client: enrollkit::Unifyia) -> PyClassInitializer<Self> {
        PyClassInitializer::from(UnifyiaActions(Way::Direct(client.clone()))).add_subclass(Self(client))
    }
}

#[pymethods]
impl Unifyia {
    #[new]
    #[pyo3(signature = (*, base_url, token=None, allow_http=None, auth_header=None, path_spelling=None, wrapping=None, allow_extra_keys=None))]
    #[allow(clippy::too_many_arguments, reason = "keyword arguments in Python")]
    fn new(
        py: Python<'_>,
        base_url: &Bound<'_, PyAny>,
        token: Option<&Bound<'_, PyAny>>,
        allow_http: Option<&Bound<'_, PyAny>>,
        auth_header: Option<&Bound<'_, PyAny>>,
        path_spelling: Option<&Bound<'_, PyAny>>,
        wrapping: Option<&Bound<'_, PyAny>>,
        allow_extra_keys: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<PyClassInitializer<Self>> {
        let options = from_python::options(&[
            ("base_url", Some(base_url)),
            ("allow_http", allow_http),
            ("auth_header", auth_header),
            ("path_spelling", path_spelling),
            ("wrapping", wrapping),
            ("allow_extra_keys", allow_extra_keys),
        ]);
        let token = token.map(|token| text(token, "token")).transpose();
        let client = options.make_with(token, None, enrollkit::Unifyia::from_json);
        or_refused(py, client).map(Self::initializer)
    }

    /// The same client with another token: tokens expire.
    #[pyo3(signature = (token, /))]
    fn with_token(&self, token: &Bound<'_, PyAny>) -> PyResult<Py<Self>> {
        let client = text(token, "token").and_then(|token| self.0.with_token(token));
        Py::new(token.py(), Self::initializer(or_refused(token.py(), client)?))
    }

    /// An authenticated call for what has no method: a dict with `method`, `path` (a plain path, or its steps, which may hold any
    /// text), `query` (a dict of texts, or of lists of texts), `headers` (a dict of texts) and `body`; or its JSON text, which is
    /// sent to the last digit.
    #[pyo3(signature = (request, /))]
    fn raw(&self, request: &Bound<'_, PyAny>) -> PyResult<Call> {
        let request_of = from_python::with_text(request, RawRequest::from_json);
        Call::raw(request.py(), request_of.and_then(|request| self.0.raw(&request)))
    }
}

credential_methods!(Unifyia, "make one where it is needed");

/// Unifyia's user sign-up for what may hold no token, such as an app or a notebook: each call brings the intent to your own back end at
/// `url`, which applies its policy, adds the token and sends. `allow_extra_keys` lets keys of the user object through that the
/// documentation does not know. Raises `InvalidInput` for what is no address.
#[pyclass(frozen, extends = UnifyiaActions, module = "enrollkit")]
pub(crate) struct UnifyiaRelay(String);

#[pymethods]
impl UnifyiaRelay {
    #[new]
    #[pyo3(signature = (url, /, *, allow_extra_keys=false))]
    fn new(url: &Bound<'_, PyAny>, allow_extra_keys: bool) -> PyResult<PyClassInitializer<Self>> {
        let relay = text(url, "url").and_then(|url| Ok((enrollkit::UnifyiaRelay::new(url)?, url)));
        let (relay, url) = or_refused(url.py(), relay)?;
        let relay = relay.with_rules(SignUpRules::of(false, allow_extra_keys));
        Ok(PyClassInitializer::from(UnifyiaActions(Way::Relay(relay))).add_subclass(Self(url.to_owned())))
    }

    fn __repr__(&self) -> String {
        format!("UnifyiaRelay({})", quoted(&self.0))
    }
}

/// What is wrong with a user object; empty when it can be sent. Needs no client and no network.
///
/// `user` is a dict with the wire's names, or JSON text. With `organization`, also that the user's `organisationName` is that one.
/// `self_service` is for whoever fills in their own form: ids, groups, status and rights are then refused, `set_by_server`.
/// `allow_extra_keys` lets keys through that the documentation does not know.
#[pyfunction]
#[pyo3(signature = (user, organization=None, *, self_service=false, allow_extra_keys=false))]
pub(crate) fn check_user<'py>(
    user: &Bound<'py, PyAny>,
    organization: Option<&Bound<'py, PyAny>>,
    self_service: bool,
    allow_extra_keys: bool,
) -> PyResult<Bound<'py, PyList>> {
    violations(user.py(), checked(user, organization, SignUpRules::of(self_service, allow_extra_keys)))
}

/// What keeps a user object from being sent: the user's violations before the organization's.
fn checked(
    user: &Bound<'_, PyAny>,
    organization: Option<&Bound<'_, PyAny>>,
    rules: SignUpRules,
) -> Result<(), InvalidInput> {
    let organization = organization.map(|name| text(name, "organization").and_then(OrganizationName::parse));
    let of_user = |user: &User| {
        let (violations, wrong) = match organization.transpose() {
            Ok(Some(organization)) => (user.check_for(&organization, rules), None),
            Ok(None) => (user.check(rules), None),
            Err(wrong) => (user.check(rules), Some(wrong)),
        };
        invalid(violations).into_iter().chain(wrong).reduce(InvalidInput::and).map_or(Ok(()), Err)
    };
    let (user, own) = from_python::user(user)?;
    and_ours(own, of_user(&user))
}
