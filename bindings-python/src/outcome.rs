//! What the generated classes of outcomes are made of. A look-up's parts share what was read: its photos are copied when they are
//! looked at, not before.

use std::ops::Deref;
use std::sync::Arc;

use enrollkit::{Json, Operation, RawBody, Reader};
use pyo3::PyClass;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyTuple};

use crate::to_python::object;
use crate::value::{Value, quoted};

/// The core's outcomes and records, wherever they stand.
#[allow(clippy::wildcard_imports, reason = "a new one needs no line here")]
pub(crate) mod of_core {
    pub(crate) use enrollkit::smile_id::*;
    pub(crate) use enrollkit::unifyia::*;
    pub(crate) use enrollkit::*;
}

/// A whole outcome, or a part of one that keeps the whole.
pub(crate) struct Part<T>(Arc<dyn Holder<T>>);

trait Holder<T>: Send + Sync {
    fn held(&self) -> &T;

    /// Whether a raw body came with it.
    fn has_raw(&self) -> bool {
        true
    }
}

struct Answer<T>(T);

struct Restored<T>(T);

struct Member<W, F> {
    whole: Part<W>,
    pick: F,
}

impl<T: Send + Sync> Holder<T> for Answer<T> {
    fn held(&self) -> &T {
        &self.0
    }
}

impl<T: Send + Sync> Holder<T> for Restored<T> {
    fn held(&self) -> &T {
        &self.0
    }

    fn has_raw(&self) -> bool {
        false
    }
}

impl<W, T, F: Fn(&W) -> &T + Send + Sync> Holder<T> for Member<W, F> {
    fn held(&self) -> &T {
        (self.pick)(&self.whole)
    }
}

impl<T> Deref for Part<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.0.held()
    }
}

impl<T: Send + Sync + 'static> Part<T> {
    /// What an answer said.
    pub(crate) fn of_answer(whole: T) -> Self {
        Self(Arc::new(Answer(whole)))
    }

    /// What a plain form said, which holds no raw body.
    pub(crate) fn of_plain(whole: T) -> Self {
        Self(Arc::new(Restored(whole)))
    }
}

impl<W: 'static> Part<W> {
    /// A part that is always there.
    pub(crate) fn part<T: 'static>(&self, pick: impl Fn(&W) -> &T + Send + Sync + 'static) -> Part<T> {
        Part(Arc::new(Member { whole: Self(Arc::clone(&self.0)), pick }))
    }

    /// A part that may be missing.
    pub(crate) fn part_if<T: 'static>(&self, pick: fn(&W) -> Option<&T>) -> Option<Part<T>> {
        pick(self)?;
        Some(self.part(move |whole| pick(whole).unwrap_or_else(|| unreachable!("what was read stays"))))
    }

    /// The parts of a list.
    pub(crate) fn parts<T: 'static>(&self, list: fn(&W) -> &[T]) -> impl Iterator<Item = Part<T>> {
        (0..list(self).len()).map(move |place| self.part(move |whole| &list(whole)[place]))
    }

    /// The body as it came.
    pub(crate) fn body<'py>(&self, py: Python<'py>, raw: fn(&W) -> &RawBody) -> Bound<'py, PyBytes> {
        PyBytes::new(py, if self.0.has_raw() { raw(self).bytes() } else { &[] })
    }
}

/// A tuple of new objects.
pub(crate) fn tuple<T: PyClass<BaseType = PyAny>>(
    py: Python<'_>,
    items: impl Iterator<Item = T>,
) -> PyResult<Bound<'_, PyTuple>> {
    PyTuple::new(py, items.map(|item| Py::new(py, item)).collect::<PyResult<Vec<_>>>()?)
}

/// JSON of any shape as new objects; None for none.
pub(crate) fn json_object<'py>(py: Python<'py>, json: Option<&Json>) -> PyResult<Option<Bound<'py, PyAny>>> {
    json.map(|json| object(py, json)).transpose()
}

/// The reply that a plain form was written of. The core reads one from an answer only, so the plain form becomes that answer again.
pub(crate) fn raw_reply(json: &Json) -> Option<enrollkit::RawReply> {
    let operation = Operation::from_slug(json.get("operation")?.as_str()?)?;
    let status = json.get("status")?.as_number()?.as_i64()?.try_into().ok()?;
    let body = json.get("json").map(Json::to_text).unwrap_or_default();
    let answer = || Reader::direct(operation, None, &[]).read(status, [("", ""); 0], body.as_bytes());
    operation.action().is_none().then(answer)?.ok()
}

/// The `repr` of a value, made of the fields that may be shown.
pub(crate) struct Shown {
    class: &'static str,
    fields: Vec<String>,
}

impl Shown {
    pub(crate) fn of(class: &'static str) -> Self {
        Self { class, fields: Vec::new() }
    }

    fn with(mut self, name: &str, value: Option<impl AsRef<str>>) -> Self {
        self.fields.extend(value.map(|value| format!("{name}={}", value.as_ref())));
        self
    }

    pub(crate) fn text<'a>(self, name: &str, text: impl Into<Option<&'a str>>) -> Self {
        self.with(name, text.into().map(quoted))
    }

    pub(crate) fn flag(self, name: &str, flag: Option<bool>) -> Self {
        self.with(name, flag.map(|flag| if flag { "True" } else { "False" }))
    }

    pub(crate) fn status(self, name: &str, status: u16) -> Self {
        self.with(name, Some(status.to_string()))
    }

    pub(crate) fn part(self, name: &str, part: Option<impl Value>) -> Self {
        self.with(name, Some(part.map_or_else(|| "None".to_owned(), |part| part.shown())))
    }

    pub(crate) fn count(self, name: &str, count: usize) -> Self {
        self.with(name, Some(format!("<{count}>")))
    }

    /// The text of a value that has nothing else.
    pub(crate) fn all(self) -> String {
        format!("{}({})", self.class, self.fields.join(", "))
    }

    /// The text of a value that has more than may be shown.
    pub(crate) fn and_more(self) -> String {
        let fields = if self.fields.is_empty() { "...".to_owned() } else { self.fields.join(", ") };
        format!("{}({fields})", self.class)
    }
}
