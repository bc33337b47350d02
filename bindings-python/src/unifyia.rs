//! Unifyia's user sign-up, and what is fetched before it.

use enrollkit::json::MAX_DEPTH;
use enrollkit::unifyia::RawRequest;
use enrollkit::{Intent, InvalidInput, Json, OrganizationName, SignUpRules, User, Violation, ViolationCode};
use pyo3::prelude::*;
use pyo3::types::PyList;

use crate::call::Call;
use crate::error::{invalid, or_refused, violation};
use crate::from_python::{self, Given, text};
use crate::intent::{self, violations};
use crate::value::{Credential, credential_methods};

/// Unifyia's user sign-up, and what is fetched before it.
///
/// Raises `InvalidInput` with all that is wrong. `base_url` is scheme, host and the installation's prefix. `token` is the bearer
/// token without the word `Bearer`; `auth_header` is its header, `Authorization` unless you say otherwise. `path_spelling` is
/// `organizations` or `organiations`, `wrapping` is `bare` or `user`: what the service's documentation leaves open. Thread-safe:
/// keep one.
#[pyclass(frozen, module = "enrollkit")]
pub(crate) struct Unifyia(enrollkit::Unifyia);

impl Credential for Unifyia {
    fn shown(&self) -> String {
        "Unifyia(...)".to_owned()
    }
}

credential_methods! {
    impl Unifyia, "make one where it is needed" {
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
        ) -> PyResult<Self> {
            let options = from_python::options(&[
                ("base_url", Some(base_url)),
                ("allow_http", allow_http),
                ("auth_header", auth_header),
                ("path_spelling", path_spelling),
                ("wrapping", wrapping),
                ("allow_extra_keys", allow_extra_keys),
            ]);
            let made = match token.map(|token| text(token, "token")).transpose() {
                Ok(token) => options.make(|json| enrollkit::Unifyia::from_json(&json.to_text(), token)),
                Err(wrong) => {
                    let made = options.make(|json| enrollkit::Unifyia::from_json(&json.to_text(), None));
                    Err(made.err().map_or(wrong.clone(), |first| first.and(wrong)))
                }
            };
            or_refused(py, made).map(Self)
        }

        /// For apps and other front ends: no credentials; each call brings the intent to your own back end at `url`.
        #[staticmethod]
        #[pyo3(signature = (url, /))]
        fn relay(url: &Bound<'_, PyAny>) -> PyResult<Self> {
            or_refused(url.py(), text(url, "url").and_then(enrollkit::Unifyia::relay)).map(Self)
        }

        /// The same client with another token: tokens expire.
        #[pyo3(signature = (token, /))]
        fn with_token(&self, token: &Bound<'_, PyAny>) -> PyResult<Self> {
            let made = text(token, "token").and_then(|token| self.0.with_token(token));
            or_refused(token.py(), made).map(Self)
        }

        /// The call of any intent: an `Intent`, a dict, or JSON text; Smile ID's are refused. Every method below is shorthand for
        /// this.
        #[pyo3(signature = (intent, /))]
        fn call(&self, intent: &Bound<'_, PyAny>) -> PyResult<Call> {
            Call::any(intent.py(), intent::with(intent, self.0.rules(), |intent| self.0.call(intent)))
        }

        /// Signs a user up, at the user's `organisationName` unless `organization` is given; both must agree.
        ///
        /// `user` is a dict with the wire's names, or JSON text, which is sent to the last digit.
        #[pyo3(signature = (user, organization=None))]
        fn sign_up(&self, user: &Bound<'_, PyAny>, organization: Option<&Bound<'_, PyAny>>) -> PyResult<Call> {
            let made = intent_of(user, organization, self.0.rules());
            Call::any(user.py(), made.and_then(|intent| self.0.call(&intent)))
        }

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
                None if self_service => self.0.rules().self_service(),
                None => self.0.rules(),
            };
            violations(user.py(), found(user, organization, rules))
        }

        /// Fetches an organization's branding.
        #[pyo3(signature = (organization, /))]
        fn branding(&self, organization: &Bound<'_, PyAny>) -> PyResult<Call> {
            let name = text(organization, "organization").and_then(OrganizationName::parse);
            Call::any(organization.py(), name.and_then(|name| self.0.call(&Intent::branding(name))))
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
}

/// The sign-up of a user, as a dict or as JSON text.
fn intent_of(
    user: &Bound<'_, PyAny>,
    organization: Option<&Bound<'_, PyAny>>,
    rules: SignUpRules,
) -> Result<Intent, InvalidInput> {
    let organization = organization.map(|name| text(name, "organization").and_then(OrganizationName::parse));
    let sign_up = |user: User| match organization.transpose() {
        Ok(organization) => Intent::sign_up(user, organization.as_ref(), rules),
        Err(wrong) => Err(match invalid(user.check(rules)) {
            Some(first) => first.and(wrong),
            None => wrong,
        }),
    };
    match from_python::given(user, MAX_DEPTH)? {
        Given::Text(text) => sign_up(User::from_json(&text)?),
        Given::Tree(tree) => tree.make(|json| match json {
            Json::Object(object) => sign_up(User::from(object)),
            _ => Err(violation("", ViolationCode::WrongType, Some("object"), None).into()),
        }),
    }
}

/// What is wrong with a user object; empty when it can be sent. Needs no client and no network.
///
/// `user` is a dict with the wire's names, or JSON text. With `organization`, also that the user's `organisationName` is that one.
/// `self_service` is for whoever fills in their own form: ids, groups, status and rights are then refused, `set_by_server`. `allow_extra_keys` lets keys through that the documentation does not know.
#[pyfunction]
#[pyo3(signature = (user, organization=None, *, self_service=false, allow_extra_keys=false))]
pub(crate) fn check_user<'py>(
    user: &Bound<'py, PyAny>,
    organization: Option<&Bound<'py, PyAny>>,
    self_service: bool,
    allow_extra_keys: bool,
) -> PyResult<Bound<'py, PyList>> {
    violations(user.py(), found(user, organization, SignUpRules::of(self_service, allow_extra_keys)))
}

/// What is wrong with it is what keeps it from being sent.
fn found(
    user: &Bound<'_, PyAny>,
    organization: Option<&Bound<'_, PyAny>>,
    rules: SignUpRules,
) -> Vec<Violation> {
    intent_of(user, organization, rules).err().map_or_else(Vec::new, |invalid| invalid.violations().to_vec())
}
