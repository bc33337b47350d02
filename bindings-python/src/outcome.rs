//! What comes of a call, typed. A look-up's parts share what was read: its photos are copied when they are looked at, not before.

use std::sync::{Arc, LazyLock};

use enrollkit::json::Object;
use enrollkit::smile_id::{
    EnrolledUser as User, EnrolleeInfo as Info, HistoryEntry as Entry, IdCheck as Check,
    PartnerParams as Params,
};
use enrollkit::{Details, Json, Operation, Outcome, RawBody, Reader};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyTuple};

use crate::value::{Value, value_methods};

/// The Python value of an outcome.
pub(crate) fn python(py: Python<'_>, outcome: Outcome) -> PyResult<Bound<'_, PyAny>> {
    Ok(match outcome {
        Outcome::Acknowledged(outcome) => Bound::new(py, Acknowledged(outcome))?.into_any(),
        Outcome::EnrolleeInfo(outcome) => Bound::new(py, EnrolleeInfo(Arc::new(outcome)))?.into_any(),
        Outcome::SignedUp(outcome) => Bound::new(py, SignedUp(outcome))?.into_any(),
        Outcome::Branding(outcome) => Bound::new(py, Branding(outcome))?.into_any(),
        Outcome::Raw(outcome) => Bound::new(py, RawReply { outcome, restored: false })?.into_any(),
        other => unreachable!("no class for the outcome of {}", other.operation()),
    })
}

/// The outcome of one of these values.
pub(crate) fn core(value: &Bound<'_, PyAny>) -> Option<Outcome> {
    macro_rules! first {
        ($($class:ident),+) => {
            $(if let Ok(value) = value.cast::<$class>() { return Some(value.get().outcome()); })+
        };
    }
    first!(Acknowledged, EnrolleeInfo, SignedUp, Branding, RawReply);
    None
}

fn of_outcome<T>(json: &Json, pick: impl FnOnce(Outcome) -> Option<T>) -> Option<T> {
    pick(Outcome::from_json(json)?)
}

fn plain(outcome: &Outcome) -> Json {
    outcome.to_json(Details::Included)
}

fn bytes<'py>(py: Python<'py>, raw: &RawBody) -> Bound<'py, PyBytes> {
    PyBytes::new(py, raw.bytes())
}

/// A change to a user was accepted.
#[pyclass(frozen, module = "enrollkit")]
pub(crate) struct Acknowledged(enrollkit::Acknowledged);

impl Acknowledged {
    fn outcome(&self) -> Outcome {
        Outcome::Acknowledged(self.0.clone())
    }
}

impl Value for Acknowledged {
    const NAME: &'static str = "Acknowledged";

    fn plain(&self) -> Json {
        plain(&self.outcome())
    }

    fn of_plain(json: &Json) -> Option<Self> {
        of_outcome(
            json,
            |outcome| if let Outcome::Acknowledged(it) = outcome { Some(Self(it)) } else { None },
        )
    }

    fn shown(&self) -> String {
        let (operation, status) = (self.0.operation().slug(), self.0.status());
        format!(
            "Acknowledged(operation='{operation}', status={status}, acknowledgement='{}')",
            self.0.acknowledgement().slug()
        )
    }
}

value_methods! {
    impl Acknowledged {
        /// What was accepted, a word such as `smile_id.deactivate`.
        #[getter]
        fn operation(&self) -> &'static str {
            self.0.operation().slug()
        }

        /// The HTTP status.
        #[getter]
        fn status(&self) -> u16 {
            self.0.status()
        }

        /// `stated`: the service said so in so many words. On `unstated`, look the user up before you say "done".
        #[getter]
        fn acknowledgement(&self) -> &'static str {
            self.0.acknowledgement().slug()
        }

        /// The service's message, safe to show.
        #[getter]
        fn message(&self) -> Option<&str> {
            self.0.message()
        }

        /// The body as it came, the call's secrets masked; empty for what came through a relay or from a dict.
        fn raw<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
            bytes(py, self.0.raw())
        }

        /// Whether reading lost something: invalid UTF-8, a lone surrogate, a repeated key.
        #[getter]
        fn lossy(&self) -> bool {
            self.0.raw().is_lossy()
        }
    }
}

/// What Smile ID knows of a user.
#[pyclass(frozen, module = "enrollkit")]
pub(crate) struct EnrolleeInfo(Arc<Info>);

impl EnrolleeInfo {
    pub(crate) fn info(&self) -> &Info {
        &self.0
    }

    fn outcome(&self) -> Outcome {
        Outcome::EnrolleeInfo(Info::clone(&self.0))
    }
}

impl Value for EnrolleeInfo {
    const NAME: &'static str = "EnrolleeInfo";

    fn plain(&self) -> Json {
        plain(&self.outcome())
    }

    fn of_plain(json: &Json) -> Option<Self> {
        of_outcome(json, |outcome| match outcome {
            Outcome::EnrolleeInfo(it) => Some(Self(Arc::new(it))),
            _ => None,
        })
    }

    fn shown(&self) -> String {
        let user = self.0.enrolled_user.map_or("None".to_owned(), shown_user);
        format!("EnrolleeInfo(enrolled_user={user}, history=<{}>)", self.0.history.len())
    }
}

value_methods! {
    impl EnrolleeInfo {
        /// `smile_id.enrollee_info`
        #[getter]
        #[allow(clippy::unused_self, reason = "a property of Python's")]
        fn operation(&self) -> &'static str {
            Operation::SmileIdEnrolleeInfo.slug()
        }

        /// The user's flags; None when the answer has no such object, which then confirms nothing.
        #[getter]
        fn enrolled_user(&self) -> Option<EnrolledUser> {
            self.0.enrolled_user.map(EnrolledUser)
        }

        /// The user's jobs.
        #[getter]
        fn history<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
            let places = 0..self.0.history.len();
            let jobs = places.map(|at| Py::new(py, HistoryEntry(Arc::clone(&self.0), at)));
            PyTuple::new(py, jobs.collect::<PyResult<Vec<_>>>()?)
        }

        /// The body as it came, the call's secrets masked; empty for what came through a relay or from a dict.
        fn raw<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
            bytes(py, self.0.raw())
        }

        /// Whether reading lost something: invalid UTF-8, a lone surrogate, a repeated key.
        #[getter]
        fn lossy(&self) -> bool {
            self.0.raw().is_lossy()
        }
    }
}

/// A user was signed up.
#[pyclass(frozen, module = "enrollkit")]
pub(crate) struct SignedUp(enrollkit::unifyia::SignedUp);

impl SignedUp {
    fn outcome(&self) -> Outcome {
        Outcome::SignedUp(self.0.clone())
    }
}

impl Value for SignedUp {
    const NAME: &'static str = "SignedUp";

    fn plain(&self) -> Json {
        plain(&self.outcome())
    }

    fn of_plain(json: &Json) -> Option<Self> {
        of_outcome(json, |outcome| if let Outcome::SignedUp(it) = outcome { Some(Self(it)) } else { None })
    }

    fn shown(&self) -> String {
        format!("SignedUp(status={}, acknowledgement='{}')", self.0.status(), self.0.acknowledgement().slug())
    }
}

value_methods! {
    impl SignedUp {
        /// `unifyia.sign_up`
        #[getter]
        #[allow(clippy::unused_self, reason = "a property of Python's")]
        fn operation(&self) -> &'static str {
            Operation::UnifyiaSignUp.slug()
        }

        /// The HTTP status.
        #[getter]
        fn status(&self) -> u16 {
            self.0.status()
        }

        /// `stated`: the service answered with JSON that names no failure; else `unstated`.
        #[getter]
        fn acknowledgement(&self) -> &'static str {
            self.0.acknowledgement().slug()
        }

        /// The service's answer, its own keys kept, as new objects; None when it is not JSON, or withheld by a relay.
        #[getter]
        fn json<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
            self.0.json().map(|json| crate::to_python::python(py, json)).transpose()
        }

        /// The body as it came, the call's secrets masked; empty for what came through a relay or from a dict.
        fn raw<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
            bytes(py, self.0.raw())
        }

        /// Whether reading lost something: invalid UTF-8, a lone surrogate, a repeated key.
        #[getter]
        fn lossy(&self) -> bool {
            self.0.raw().is_lossy()
        }
    }
}

/// An organization's branding.
#[pyclass(frozen, module = "enrollkit")]
pub(crate) struct Branding(enrollkit::unifyia::Branding);

impl Branding {
    fn outcome(&self) -> Outcome {
        Outcome::Branding(self.0.clone())
    }
}

impl Value for Branding {
    const NAME: &'static str = "Branding";

    fn plain(&self) -> Json {
        plain(&self.outcome())
    }

    fn of_plain(json: &Json) -> Option<Self> {
        of_outcome(json, |outcome| if let Outcome::Branding(it) = outcome { Some(Self(it)) } else { None })
    }

    fn shown(&self) -> String {
        "Branding(...)".to_owned()
    }
}

value_methods! {
    impl Branding {
        /// `unifyia.branding`
        #[getter]
        #[allow(clippy::unused_self, reason = "a property of Python's")]
        fn operation(&self) -> &'static str {
            Operation::UnifyiaBranding.slug()
        }

        /// A base64 image.
        #[getter]
        fn logo(&self) -> Option<&str> {
            self.0.logo.as_deref()
        }

        /// A URL. Check its scheme before it becomes a link.
        #[getter]
        fn policy_statement(&self) -> Option<&str> {
            self.0.policy_statement.as_deref()
        }

        #[getter]
        fn language(&self) -> Option<&str> {
            self.0.language.as_deref()
        }

        #[getter]
        fn issuer_public_key(&self) -> Option<&str> {
            self.0.issuer_public_key.as_deref()
        }

        #[getter]
        fn issuer_certificate(&self) -> Option<&str> {
            self.0.issuer_certificate.as_deref()
        }

        /// The body as it came, the call's secrets masked; empty for what came through a relay or from a dict.
        fn raw<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
            bytes(py, self.0.raw())
        }

        /// Whether reading lost something: invalid UTF-8, a lone surrogate, a repeated key.
        #[getter]
        fn lossy(&self) -> bool {
            self.0.raw().is_lossy()
        }
    }
}

/// The answer to a `raw` call.
#[pyclass(frozen, module = "enrollkit")]
pub(crate) struct RawReply {
    outcome: enrollkit::RawReply,
    /// Read from a plain form, which holds no raw body.
    restored: bool,
}

impl RawReply {
    fn outcome(&self) -> Outcome {
        Outcome::Raw(self.outcome.clone())
    }
}

impl Value for RawReply {
    const NAME: &'static str = "RawReply";

    fn plain(&self) -> Json {
        plain(&self.outcome())
    }

    /// The core reads it from an answer only, so the plain form becomes that answer again.
    fn of_plain(json: &Json) -> Option<Self> {
        let operation = Operation::from_slug(json.get("operation")?.as_str()?)?;
        let is_raw = matches!(operation, Operation::SmileIdRaw | Operation::UnifyiaRaw);
        let status = json.get("status")?.as_number()?.as_i64()?.try_into().ok()?;
        let body = json.get("json").map(Json::to_text).unwrap_or_default();
        let answer = || Reader::direct(operation, None, &[]).read(status, [("", ""); 0], body.as_bytes());
        is_raw.then(answer)?.ok().map(|outcome| Self { outcome, restored: true })
    }

    fn shown(&self) -> String {
        format!("RawReply(operation='{}', status={})", self.outcome.operation().slug(), self.outcome.status())
    }
}

value_methods! {
    impl RawReply {
        /// What was called: `smile_id.raw` or `unifyia.raw`.
        #[getter]
        fn operation(&self) -> &'static str {
            self.outcome.operation().slug()
        }

        /// The HTTP status.
        #[getter]
        fn status(&self) -> u16 {
            self.outcome.status()
        }

        /// The JSON, its own keys kept, as new objects; None when the body is not JSON.
        #[getter]
        fn json<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
            self.outcome.json().map(|json| crate::to_python::python(py, json)).transpose()
        }

        /// The body as it came, the call's secrets masked; empty for what came from a dict.
        fn raw<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
            if self.restored { PyBytes::new(py, &[]) } else { bytes(py, self.outcome.raw()) }
        }

        /// Whether reading lost something: invalid UTF-8, a lone surrogate, a repeated key.
        #[getter]
        fn lossy(&self) -> bool {
            self.outcome.raw().is_lossy()
        }
    }
}

/// A user's flags; None for one that the answer left out.
#[pyclass(frozen, module = "enrollkit")]
pub(crate) struct EnrolledUser(User);

/// The flags that the answer had.
fn shown_user(user: User) -> String {
    let plain = user.to_json();
    let flags = plain.as_object().into_iter().flat_map(Object::iter);
    let shown = flags.filter_map(|(name, flag)| Some(format!("{name}={}", python_bool(flag.as_bool()?))));
    format!("EnrolledUser({})", shown.collect::<Vec<_>>().join(", "))
}

fn python_bool(flag: bool) -> &'static str {
    if flag { "True" } else { "False" }
}

impl Value for EnrolledUser {
    const NAME: &'static str = "EnrolledUser";

    fn plain(&self) -> Json {
        self.0.to_json()
    }

    fn of_plain(json: &Json) -> Option<Self> {
        json.as_object().map(|_| Self(User::from_json(json)))
    }

    fn shown(&self) -> String {
        shown_user(self.0)
    }
}

value_methods! {
    impl EnrolledUser {
        /// Whether the user may enroll again under the same id.
        #[getter]
        fn allow_new_enroll(&self) -> Option<bool> {
            self.0.allow_new_enroll
        }

        #[getter]
        fn complete(&self) -> Option<bool> {
            self.0.complete
        }

        #[getter]
        fn deleted(&self) -> Option<bool> {
            self.0.deleted
        }

        /// Whether the user is deactivated.
        #[getter]
        fn inactive(&self) -> Option<bool> {
            self.0.inactive
        }

        /// Whether the user is flagged: jobs run, and all are marked failed.
        #[getter]
        fn is_fraudulent(&self) -> Option<bool> {
            self.0.is_fraudulent
        }

        #[getter]
        fn pending(&self) -> Option<bool> {
            self.0.pending
        }

        #[getter]
        fn provisional(&self) -> Option<bool> {
            self.0.provisional
        }
    }
}

/// An entry that came without a look-up, in an empty one.
fn alone(entry: Entry) -> Arc<Info> {
    let mut json = Object::new();
    json.insert("operation", Operation::SmileIdEnrolleeInfo.slug());
    json.insert("history", Vec::new());
    match Outcome::from_json(&json.into()) {
        Some(Outcome::EnrolleeInfo(mut info)) => {
            info.history.push(entry);
            Arc::new(info)
        }
        _ => unreachable!("a look-up may have no history"),
    }
}

/// One job of a user.
#[pyclass(frozen, module = "enrollkit")]
pub(crate) struct HistoryEntry(Arc<Info>, usize);

impl HistoryEntry {
    fn entry(&self) -> &Entry {
        &self.0.history[self.1]
    }
}

impl Value for HistoryEntry {
    const NAME: &'static str = "HistoryEntry";

    fn plain(&self) -> Json {
        self.entry().to_json(Details::Included)
    }

    fn of_plain(json: &Json) -> Option<Self> {
        json.as_object().map(|_| Self(alone(Entry::from_json(json)), 0))
    }

    fn shown(&self) -> String {
        "HistoryEntry(...)".to_owned()
    }
}

value_methods! {
    impl HistoryEntry {
        /// When the job was made, as the service writes it.
        #[getter]
        fn created_at(&self) -> Option<&str> {
            self.entry().created_at.as_deref()
        }

        /// What the partner's own system calls job and user.
        #[getter]
        fn partner_params(&self) -> PartnerParams {
            PartnerParams(self.entry().partner_params.clone())
        }

        #[getter]
        fn job_id(&self) -> Option<&str> {
            self.entry().job_id.as_deref()
        }

        /// As text, leading zeros included: `"0840"`.
        #[getter]
        fn result_code(&self) -> Option<&str> {
            self.entry().result_code.as_deref()
        }

        #[getter]
        fn result_message(&self) -> Option<&str> {
            self.entry().result_message.as_deref()
        }

        /// The identity document that was checked; withheld by a relay unless its policy gives it.
        #[getter]
        fn id_check(&self) -> Option<IdCheck> {
            self.entry().id_check.as_ref().map(|_| IdCheck(Arc::clone(&self.0), self.1))
        }
    }
}

/// What the partner's own system calls a job and its user.
#[pyclass(frozen, module = "enrollkit")]
pub(crate) struct PartnerParams(Params);

impl Value for PartnerParams {
    const NAME: &'static str = "PartnerParams";

    fn plain(&self) -> Json {
        self.0.to_json()
    }

    fn of_plain(json: &Json) -> Option<Self> {
        json.as_object().map(|_| Self(Params::from_json(json)))
    }

    fn shown(&self) -> String {
        "PartnerParams(...)".to_owned()
    }
}

value_methods! {
    impl PartnerParams {
        #[getter]
        fn job_id(&self) -> Option<&str> {
            self.0.job_id.as_deref()
        }

        #[getter]
        fn user_id(&self) -> Option<&str> {
            self.0.user_id.as_deref()
        }

        /// As text.
        #[getter]
        fn job_type(&self) -> Option<&str> {
            self.0.job_type.as_deref()
        }
    }
}

/// An identity document that was checked: heavy personal data.
#[pyclass(frozen, module = "enrollkit")]
pub(crate) struct IdCheck(Arc<Info>, usize);

impl IdCheck {
    fn check(&self) -> &Check {
        static NONE: LazyLock<Check> = LazyLock::new(Check::default);
        // Made only of an entry that has one.
        self.0.history[self.1].id_check.as_ref().unwrap_or(&NONE)
    }
}

impl Value for IdCheck {
    const NAME: &'static str = "IdCheck";

    fn plain(&self) -> Json {
        self.check().to_json()
    }

    fn of_plain(json: &Json) -> Option<Self> {
        json.as_object()?;
        let mut entry = Entry::from_json(&Object::new().into());
        entry.id_check = Some(Check::from_json(json));
        Some(Self(alone(entry), 0))
    }

    fn shown(&self) -> String {
        "IdCheck(...)".to_owned()
    }
}

value_methods! {
    impl IdCheck {
        #[getter]
        fn name(&self) -> Option<&str> {
            self.check().name.as_deref()
        }

        #[getter]
        fn id_number(&self) -> Option<&str> {
            self.check().id_number.as_deref()
        }

        #[getter]
        fn country(&self) -> Option<&str> {
            self.check().country.as_deref()
        }

        #[getter]
        fn id_type(&self) -> Option<&str> {
            self.check().id_type.as_deref()
        }

        /// The date of birth, as the authority writes it.
        #[getter]
        fn dob(&self) -> Option<&str> {
            self.check().dob.as_deref()
        }

        #[getter]
        fn expiration_date(&self) -> Option<&str> {
            self.check().expiration_date.as_deref()
        }

        /// base64
        #[getter]
        fn photo(&self) -> Option<&str> {
            self.check().photo.as_deref()
        }

        #[getter]
        fn address(&self) -> Option<&str> {
            self.check().address.as_deref()
        }

        #[getter]
        fn gender(&self) -> Option<&str> {
            self.check().gender.as_deref()
        }

        #[getter]
        fn phone_number(&self) -> Option<&str> {
            self.check().phone_number.as_deref()
        }

        #[getter]
        fn result_code(&self) -> Option<&str> {
            self.check().result_code.as_deref()
        }

        #[getter]
        fn result_text(&self) -> Option<&str> {
            self.check().result_text.as_deref()
        }

        /// Whatever the authority answered, its own keys kept, as new objects.
        #[getter]
        fn full_data<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
            self.check().full_data.as_ref().map(|json| crate::to_python::python(py, json)).transpose()
        }
    }
}
