//! Verifies callbacks and webhooks.

use enrollkit::json::Object;
use enrollkit::smile_id::PartnerIdForm;
use enrollkit::{InvalidInput, Json, SignatureRefused, Timestamp, ViolationCode};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyFloat, PyList, PyTuple};

use crate::bytes;
use crate::clock::time;
use crate::error::{or_refused, raised, violation};
use crate::from_python::{self, text};
use crate::value::{Credential, Value, credential_methods, value_methods};

/// A message whose sender knew a fresh signature of ours. **Body, job id and user id are not authenticated**: act on what a look-up
/// confirms.
///
/// Its plain form and its pickle leave the body out: a callback's holds a live signature.
#[pyclass(frozen, module = "enrollkit.webhooks")]
pub(crate) struct Verified {
    parts: Parts,
    json: Option<Json>,
}

#[derive(Clone)]
struct Parts {
    age_seconds: i64,
    job_id: Option<String>,
    user_id: Option<String>,
    ids_differ: bool,
    result_code: Option<String>,
    partner_id_form: PartnerIdForm,
    delivery_key: String,
    pair_key: String,
}

impl From<enrollkit::smile_id::Verified> for Verified {
    fn from(verified: enrollkit::smile_id::Verified) -> Self {
        let parts = Parts {
            age_seconds: verified.age_seconds(),
            job_id: verified.job_id().map(Into::into),
            user_id: verified.user_id().map(Into::into),
            ids_differ: verified.ids_differ(),
            result_code: verified.result_code().map(Into::into),
            partner_id_form: verified.partner_id_form(),
            delivery_key: verified.delivery_key().into(),
            pair_key: verified.pair_key().into(),
        };
        Self { parts, json: verified.json().cloned() }
    }
}

impl Value for Verified {
    const NAME: &'static str = "Verified";

    fn plain(&self) -> Json {
        let parts = &self.parts;
        let mut object = Object::new();
        object.insert("age_seconds", parts.age_seconds);
        some(&mut object, "job_id", parts.job_id.as_deref());
        some(&mut object, "user_id", parts.user_id.as_deref());
        object.insert("ids_differ", parts.ids_differ);
        some(&mut object, "result_code", parts.result_code.as_deref());
        object.insert("partner_id_form", parts.partner_id_form.slug());
        object.insert("delivery_key", parts.delivery_key.as_str());
        object.insert("pair_key", parts.pair_key.as_str());
        object.into()
    }

    fn of_plain(json: &Json) -> Option<Self> {
        let text = |key: &str| json.get(key).and_then(Json::as_str).map(str::to_owned);
        let parts = Parts {
            age_seconds: json.get("age_seconds")?.as_number()?.as_i64()?,
            job_id: text("job_id"),
            user_id: text("user_id"),
            // What was written before there were these three.
            ids_differ: json.get("ids_differ").and_then(Json::as_bool) == Some(true),
            result_code: text("result_code"),
            partner_id_form: match json.get("partner_id_form") {
                None => PartnerIdForm::AsDisplayed,
                Some(form) => PartnerIdForm::from_slug(form.as_str()?)?,
            },
            delivery_key: text("delivery_key")?,
            pair_key: text("pair_key")?,
        };
        Some(Self { parts, json: None })
    }

    fn shown(&self) -> String {
        format!("Verified(age_seconds={}, ...)", self.parts.age_seconds)
    }
}

#[pymethods]
impl Verified {
    /// How long ago it was signed, in seconds; negative when the sender's clock is ahead of ours.
    #[getter]
    fn age_seconds(&self) -> i64 {
        self.parts.age_seconds
    }

    /// The job, as the sender names it in a header, else in the body. Not authenticated.
    #[getter]
    fn job_id(&self) -> Option<&str> {
        self.parts.job_id.as_deref()
    }

    /// The user, as the sender names it in a header, else in the body. Not authenticated.
    #[getter]
    fn user_id(&self) -> Option<&str> {
        self.parts.user_id.as_deref()
    }

    /// Whether two places of the message name different jobs or users: only what a look-up shows counts.
    #[getter]
    fn ids_differ(&self) -> bool {
        self.parts.ids_differ
    }

    /// The job's result as the message claims it, as text: `"0840"`; None when it is of no such form. Not authenticated.
    #[getter]
    fn result_code(&self) -> Option<&str> {
        self.parts.result_code.as_deref()
    }

    /// In which form the partner id was signed: `as_displayed`, or `without_zeros` where the verifier takes that, too.
    #[getter]
    fn partner_id_form(&self) -> &'static str {
        self.parts.partner_id_form.slug()
    }

    /// For finding redeliveries.
    #[getter]
    fn delivery_key(&self) -> &str {
        &self.parts.delivery_key
    }

    /// SHA-256 of the signature, to be stored in its place.
    #[getter]
    fn pair_key(&self) -> &str {
        &self.parts.pair_key
    }

    /// The body as JSON, its own keys kept, as new objects; None when it is not JSON. A callback's holds a live signature: do
    /// not log it.
    fn json<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        crate::outcome::json_object(py, self.json.as_ref())
    }
}

value_methods!(Verified);

/// Verifies what Smile ID sends: callbacks (signature in the body) and webhooks (signature in headers).
///
/// `keys` holds the API key, or several while keys are rotated. A signature may be `max_age_seconds` old and `max_ahead_seconds`
/// ahead of this machine's clock: 300 and 60 unless you say otherwise. `partner_id_without_zeros` also takes a signature over the
/// partner id without its leading zeros, an assumption that is off unless you say so. Raises `InvalidInput` with all that is wrong.
#[pyclass(frozen, module = "enrollkit.webhooks")]
pub(crate) struct Verifier(enrollkit::smile_id::Verifier, String);

impl Credential for Verifier {
    fn shown(&self) -> String {
        self.1.clone()
    }
}

#[pymethods]
impl Verifier {
    #[new]
    #[pyo3(signature = (*, partner_id, keys, max_age_seconds=None, max_ahead_seconds=None, partner_id_without_zeros=false))]
    fn new(
        py: Python<'_>,
        partner_id: &Bound<'_, PyAny>,
        keys: &Bound<'_, PyAny>,
        max_age_seconds: Option<&Bound<'_, PyAny>>,
        max_ahead_seconds: Option<&Bound<'_, PyAny>>,
        partner_id_without_zeros: bool,
    ) -> PyResult<Self> {
        let (age, ahead) = (max_age_seconds.map(finite), max_ahead_seconds.map(finite));
        let zeros = PyBool::new(py, partner_id_without_zeros);
        let options = from_python::options(&[
            ("partner_id", Some(partner_id)),
            ("max_age_seconds", age.as_ref()),
            ("max_ahead_seconds", ahead.as_ref()),
            ("partner_id_without_zeros", Some(zeros.as_any())),
        ]);
        let keys = items(keys);
        let (keys, wrong) = match &keys {
            Ok(keys) => texts(keys),
            Err(wrong) => (vec![STAND_IN], Some(wrong.clone())),
        };
        let verifier = options.make_with(wrong.map_or(Ok(keys.clone()), Err), keys, |options, keys| {
            let verifier = enrollkit::smile_id::Verifier::from_json(options, &keys)?;
            let partner_id = text(partner_id, "partner_id")?;
            Ok(Self(verifier, format!("Verifier(partner_id='{partner_id}', keys=<{}>)", keys.len())))
        });
        or_refused(py, verifier)
    }

    /// Verifies a callback, its body as it came; raises `SignatureRefused`.
    #[pyo3(signature = (body, *, now=None))]
    fn callback(&self, body: &Bound<'_, PyAny>, now: Option<&Bound<'_, PyAny>>) -> PyResult<Verified> {
        or_raised(body.py(), self.of_callback(body, now)?)
    }

    /// Verifies a webhook by its headers, its body as it came; raises `SignatureRefused`.
    #[pyo3(signature = (headers, body, *, now=None))]
    fn webhook(
        &self,
        headers: &Bound<'_, PyAny>,
        body: &Bound<'_, PyAny>,
        now: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Verified> {
        or_raised(body.py(), self.of_webhook(headers, body, now)?)
    }

    /// Why `callback` would refuse it, as a word: `stale`, `from_the_future`, `mismatch` or `malformed`; None for a valid one.
    #[pyo3(signature = (body, *, now=None))]
    fn callback_refusal(
        &self,
        body: &Bound<'_, PyAny>,
        now: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Option<&'static str>> {
        self.of_callback(body, now).map(refusal)
    }

    /// Why `webhook` would refuse it, as a word; None for a valid one.
    #[pyo3(signature = (headers, body, *, now=None))]
    fn webhook_refusal(
        &self,
        headers: &Bound<'_, PyAny>,
        body: &Bound<'_, PyAny>,
        now: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Option<&'static str>> {
        self.of_webhook(headers, body, now).map(refusal)
    }
}

credential_methods!(Verifier, "make one where it is needed");

type Verdict = Result<enrollkit::smile_id::Verified, SignatureRefused>;

impl Verifier {
    fn of_callback(&self, body: &Bound<'_, PyAny>, now: Option<&Bound<'_, PyAny>>) -> PyResult<Verdict> {
        let now: Timestamp = time(now, body.py(), "now")?;
        Ok(self.0.callback(&bytes::body(body)?, now))
    }

    fn of_webhook(
        &self,
        headers: &Bound<'_, PyAny>,
        body: &Bound<'_, PyAny>,
        now: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Verdict> {
        let now = time(now, body.py(), "now")?;
        let (headers, body) = (bytes::headers(Some(headers))?, bytes::body(body)?);
        Ok(self.0.webhook(headers.iter().map(|(name, value)| (name.as_str(), value)), &body, now))
    }
}

fn or_raised(py: Python<'_>, verdict: Verdict) -> PyResult<Verified> {
    verdict.map(Verified::from).map_err(|refused| raised(py, &refused.into()))
}

fn refusal(verdict: Verdict) -> Option<&'static str> {
    verdict.err().map(|refused| refused.reason().slug())
}

fn some(object: &mut Object, key: &str, text: Option<&str>) {
    if let Some(text) = text {
        object.insert(key, text);
    }
}

/// The items of a list or a tuple; none of None.
fn items<'py>(keys: &Bound<'py, PyAny>) -> Result<Vec<Bound<'py, PyAny>>, InvalidInput> {
    if let Ok(list) = keys.cast::<PyList>() {
        return Ok(list.iter().collect());
    }
    match keys.cast::<PyTuple>() {
        Ok(tuple) => Ok(tuple.iter().collect()),
        Err(_) if keys.is_none() => Ok(Vec::new()),
        Err(_) => Err(violation("keys", ViolationCode::WrongType, Some("array of strings"), None).into()),
    }
}

/// What stands for a key that is no text, so that the others are looked at.
const STAND_IN: &str = "x";

/// Each of them as text, and what is wrong with those that are none.
fn texts<'a>(keys: &'a [Bound<'_, PyAny>]) -> (Vec<&'a str>, Option<InvalidInput>) {
    let mut wrong = Vec::new();
    let each = |(at, key): (usize, &'a Bound<'_, PyAny>)| {
        text(key, &format!("keys/{at}")).unwrap_or_else(|invalid| {
            wrong.push(invalid);
            STAND_IN
        })
    };
    let texts = keys.iter().enumerate().map(each).collect();
    (texts, wrong.into_iter().reduce(InvalidInput::and))
}

/// JSON has no number for what is not finite: one that is out of any range says the same.
fn finite<'py>(seconds: &Bound<'py, PyAny>) -> Bound<'py, PyAny> {
    match seconds.cast::<PyFloat>() {
        Ok(float) if !float.value().is_finite() => PyFloat::new(seconds.py(), f64::MAX).into_any(),
        _ => seconds.clone(),
    }
}
