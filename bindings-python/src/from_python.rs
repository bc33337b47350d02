//! What Python's callers give for JSON: text, or objects, which become exact JSON.

use enrollkit::json::{MAX_DEPTH, MAX_PLAIN_DEPTH, Writer};
use enrollkit::{InvalidInput, Json, User, Violation, ViolationCode};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString};

use crate::bytes::copied;
use crate::error::{invalid, violation};
use crate::walk::Walk;

/// The levels of what has a user object, or a body, as a member: that may be nested as deep as it may alone.
pub(crate) const AROUND: usize = MAX_DEPTH + 1;
/// JSON that came as text, or as objects with what was wrong in them.
pub(crate) enum Given {
    Text(String),
    Objects(Objects),
}

/// Objects as JSON, null where something was wrong.
pub(crate) struct Objects {
    written: Writer,
    violations: Vec<Violation>,
}

impl Objects {
    /// Paths inside a sign-up's user begin at the user.
    pub(crate) fn within(mut self, member: &str) -> Self {
        for violation in &mut self.violations {
            if let Some(inner) = violation.path.strip_prefix(member).and_then(|rest| rest.strip_prefix('/')) {
                violation.path = inner.to_owned();
            }
        }
        self
    }

    /// What is made of its text, unless something was wrong: then every violation, ours before the core's.
    pub(crate) fn make<T>(
        self,
        build: impl FnOnce(&str) -> Result<T, InvalidInput>,
    ) -> Result<T, InvalidInput> {
        let result = build(&text_of(self.written));
        and_ours(self.violations, result)
    }

    /// Their text.
    pub(crate) fn into_text(self) -> String {
        text_of(self.written)
    }

    /// What is made of options and of a secret beside them; what is wrong with either is said together.
    pub(crate) fn make_with<S, T>(
        self,
        secret: Result<S, InvalidInput>,
        stand_in: S,
        build: impl FnOnce(&str, S) -> Result<T, InvalidInput>,
    ) -> Result<T, InvalidInput> {
        let (secret, wrong) = match secret {
            Ok(secret) => (secret, None),
            Err(wrong) => (stand_in, Some(wrong)),
        };
        let result = self.make(|text| build(text, secret));
        match (result, wrong) {
            (result, None) => result,
            (Ok(_), Some(wrong)) => Err(wrong),
            (Err(first), Some(wrong)) => Err(first.and(wrong)),
        }
    }
}

/// The text of what was walked through.
fn text_of(written: Writer) -> String {
    written.into_text().unwrap_or_else(|| "null".to_owned())
}

/// What the core made, unless something was wrong with Python's own values: then every violation, ours before the core's.
pub(crate) fn and_ours<T>(own: Vec<Violation>, result: Result<T, InvalidInput>) -> Result<T, InvalidInput> {
    if own.is_empty() {
        return result;
    }
    let known = known(&own);
    let others: Vec<Violation> = match &result {
        Ok(_) => Vec::new(),
        Err(invalid) => invalid.violations().iter().filter(|one| !known(&one.path)).cloned().collect(),
    };
    drop(known);
    match invalid(own.into_iter().chain(others).collect()) {
        Some(invalid) => Err(invalid),
        None => result,
    }
}

/// Whether a path is one of these, or inside one: what the core says of a null that we put there is no news.
fn known(violations: &[Violation]) -> impl Fn(&str) -> bool + '_ {
    move |path| {
        violations.iter().any(|mine| {
            let rest = path.strip_prefix(mine.path.as_str());
            mine.path.is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    }
}

/// JSON text (as `str` or UTF-8 bytes), or Python's objects, of so many levels at most. The core counts those of a text.
pub(crate) fn given(value: &Bound<'_, PyAny>, levels: usize) -> Result<Given, InvalidInput> {
    let not_unicode = || InvalidInput::from(violation("", ViolationCode::NotUnicode, None, None));
    if let Ok(text) = value.cast::<PyString>() {
        return text.to_str().map(|text| Given::Text(text.to_owned())).map_err(|_| not_unicode());
    }
    let bytes = match value.cast::<PyBytes>() {
        Ok(bytes) => Some(bytes.as_bytes().to_vec()),
        Err(_) => copied(value).and_then(Result::ok),
    };
    match bytes {
        Some(bytes) => String::from_utf8(bytes).map(Given::Text).map_err(|_| not_unicode()),
        None => Ok(Given::Objects(objects(value, levels, ""))),
    }
}

/// Objects of so many levels at most; `path` is where they stand.
fn objects(value: &Bound<'_, PyAny>, levels: usize, path: &str) -> Objects {
    let mut walk = Walk::new(levels);
    walk.through(value, path);
    Objects { written: walk.written, violations: walk.violations }
}

/// A user object, as a dict or as JSON text, with what was wrong inside it.
pub(crate) fn user(value: &Bound<'_, PyAny>) -> Result<(User, Vec<Violation>), InvalidInput> {
    let Objects { written, violations } = match given(value, MAX_DEPTH)? {
        Given::Text(text) => return Ok((User::from_json(&text)?, Vec::new())),
        Given::Objects(objects) => objects,
    };
    match User::from_written(written) {
        Some(user) => Ok((user, violations)),
        None => {
            and_ours(violations, Err(violation("", ViolationCode::WrongType, Some("object"), None).into()))
        }
    }
}

/// The tree of JSON text or of objects.
pub(crate) fn json(value: &Bound<'_, PyAny>) -> Result<Json, InvalidInput> {
    with(value, MAX_DEPTH, Json::parse)
}

/// The tree of a plain form of ours, or of its text.
pub(crate) fn plain(value: &Bound<'_, PyAny>) -> Result<Json, InvalidInput> {
    with(value, MAX_PLAIN_DEPTH, Json::parse_plain)
}

/// The text of a request around a body, as JSON text or as objects, for what the core reads from text.
pub(crate) fn with_text<T>(
    value: &Bound<'_, PyAny>,
    read: impl FnOnce(&str) -> Result<T, InvalidInput>,
) -> Result<T, InvalidInput> {
    with(value, AROUND, read)
}

/// What is read of the text.
pub(crate) fn with<T>(
    value: &Bound<'_, PyAny>,
    levels: usize,
    read: impl FnOnce(&str) -> Result<T, InvalidInput>,
) -> Result<T, InvalidInput> {
    match given(value, levels)? {
        Given::Text(text) => read(&text),
        Given::Objects(objects) => objects.make(read),
    }
}

/// The tree of an object; `path` is where it stands.
pub(crate) fn tree(value: &Bound<'_, PyAny>, path: &str) -> Result<Json, InvalidInput> {
    objects(value, MAX_DEPTH, path).make(Json::parse)
}

/// The options of a client: those that are given, each under its own name.
pub(crate) fn options(options: &[(&str, Option<&Bound<'_, PyAny>>)]) -> Objects {
    let mut walk = Walk::new(MAX_DEPTH);
    walk.written.begin_object();
    for (name, value) in options.iter().filter_map(|(name, value)| value.map(|value| (name, value))) {
        walk.written.key(name);
        walk.through(value, name);
    }
    walk.written.end();
    Objects { written: walk.written, violations: walk.violations }
}

/// The text of an argument; a missing one is `required`.
pub(crate) fn text<'a>(value: &'a Bound<'_, PyAny>, path: &str) -> Result<&'a str, InvalidInput> {
    if value.is_none() {
        return Err(violation(path, ViolationCode::Required, None, None).into());
    }
    let Ok(text) = value.cast::<PyString>() else {
        return Err(violation(path, ViolationCode::WrongType, Some("string"), None).into());
    };
    text.to_str().map_err(|_| violation(path, ViolationCode::NotUnicode, None, None).into())
}
