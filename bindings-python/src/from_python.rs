//! Python's objects as exact JSON text: walked through C's own interface, so that no method of the caller's runs.

use std::collections::HashSet;

use enrollkit::json::{MAX_DEPTH, MAX_PLAIN_DEPTH, Number, write_string};
use enrollkit::{InvalidInput, Json, Timestamp, Violation, ViolationCode};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBool, PyBytes, PyDict, PyFloat, PyInt, PyList, PyString, PyTuple, PyType};

use crate::bytes::copied;
use crate::clock;
use crate::error::{invalid, violation};

/// How much one input may hold, values and texts together. Shared parts count each time, as they do in JSON: a small structure
/// that doubles at every level would otherwise never end.
const MAX_INPUT_BYTES: usize = 64 * 1024 * 1024;
/// What a value counts beside its text.
const VALUE_BYTES: usize = 16;
/// The levels of what has a user object, or a body, as a member: that may be nested as deep as it may alone.
pub(crate) const AROUND: usize = MAX_DEPTH + 1;
/// Room for the text of most users.
const ROOM: usize = 4096;
/// 4000 decimal digits: no longer one is turned into text, which takes time with the square of its length.
const MAX_INTEGER_BITS: u64 = 13_287;

/// JSON that came as text, or as objects with what was wrong in them.
pub(crate) enum Given {
    Text(String),
    Objects(Objects),
}

/// The text of objects, null where something was wrong.
pub(crate) struct Objects {
    pub(crate) text: String,
    pub(crate) violations: Vec<Violation>,
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

    /// What is made of it, unless something was wrong: then every violation, ours before the core's.
    pub(crate) fn make<T>(
        self,
        build: impl FnOnce(&str) -> Result<T, InvalidInput>,
    ) -> Result<T, InvalidInput> {
        let Self { text, violations: own } = self;
        let result = build(&text);
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
        None => Ok(Given::Objects(walk(levels, |walk| walk.value(value, &Place::Root(""))))),
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
    walk(MAX_DEPTH, |walk| walk.value(value, &Place::Root(path))).make(Json::parse)
}

/// The options of a client: those that are given, each under its own name.
pub(crate) fn options(options: &[(&str, Option<&Bound<'_, PyAny>>)]) -> Objects {
    walk(MAX_DEPTH, |walk| {
        walk.out.push('{');
        for (name, value) in options.iter().filter_map(|(name, value)| value.map(|value| (name, value))) {
            walk.key(name);
            walk.value(value, &Place::Root(name));
        }
        walk.out.push('}');
    })
}

fn walk(levels: usize, through: impl FnOnce(&mut Walk)) -> Objects {
    let out = String::with_capacity(ROOM);
    let mut walk = Walk { out, violations: Vec::new(), open: Vec::new(), levels, left: MAX_INPUT_BYTES };
    through(&mut walk);
    Objects { text: walk.out, violations: walk.violations }
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

/// Where a value stands. Text is made of it only when something is wrong there.
enum Place<'a> {
    Root(&'a str),
    Key(&'a Place<'a>, &'a str),
    Item(&'a Place<'a>, usize),
}

impl Place<'_> {
    fn path(&self) -> String {
        let (parent, step) = match self {
            Self::Root(name) => return (*name).to_owned(),
            Self::Key(parent, key) => (parent, key.replace('~', "~0").replace('/', "~1")),
            Self::Item(parent, place) => (parent, place.to_string()),
        };
        let parent = parent.path();
        if parent.is_empty() { step } else { format!("{parent}/{step}") }
    }
}

struct Walk {
    /// What was walked through, as JSON text.
    out: String,
    violations: Vec<Violation>,
    /// The containers that we are inside of, by address.
    open: Vec<usize>,
    levels: usize,
    left: usize,
}

impl Walk {
    fn null(&mut self) {
        self.out.push_str("null");
    }

    fn refuse(&mut self, place: &Place<'_>, code: ViolationCode, expected: Option<&str>) {
        self.violations.push(violation(&place.path(), code, expected, None));
        self.null();
    }

    /// Whether there is still room; says so once.
    fn takes(&mut self, bytes: usize) -> bool {
        if self.left == 0 {
            return false;
        }
        self.left = self.left.saturating_sub(bytes.saturating_add(VALUE_BYTES));
        if self.left == 0 {
            let limit = u64::try_from(MAX_INPUT_BYTES).ok();
            self.violations.push(violation("", ViolationCode::TooLong, None, limit));
        }
        self.left > 0
    }

    /// Recursion is bounded: containers deeper than the limit are refused.
    fn value(&mut self, value: &Bound<'_, PyAny>, place: &Place<'_>) {
        if let Ok(text) = value.cast::<PyString>() {
            return match text.to_str() {
                Ok(text) if self.takes(text.len()) => write_string(&mut self.out, text),
                Ok(_) => self.null(),
                Err(_) => self.refuse(place, ViolationCode::NotUnicode, None),
            };
        }
        if !self.takes(0) || value.is_none() {
            return self.null();
        }
        if let Ok(flag) = value.cast::<PyBool>() {
            return self.out.push_str(if flag.is_true() { "true" } else { "false" });
        }
        if let Ok(dict) = value.cast::<PyDict>() {
            return self.inside(value, place, |walk| walk.dict(dict, place));
        }
        if let Ok(list) = value.cast::<PyList>() {
            return self.inside(value, place, |walk| walk.items(list.iter(), place));
        }
        if let Ok(tuple) = value.cast::<PyTuple>() {
            return self.inside(value, place, |walk| walk.items(tuple.iter(), place));
        }
        if let Ok(number) = value.cast::<PyInt>() {
            return match integer(number) {
                Some(text) => self.out.push_str(&text),
                None => {
                    self.refuse(place, ViolationCode::OutOfRange, Some("an integer of at most 4000 digits"));
                }
            };
        }
        if let Ok(number) = value.cast::<PyFloat>() {
            let text = number
                .value()
                .is_finite()
                .then(|| written(&value.py().get_type::<PyFloat>(), "__repr__", value));
            return self.number(text.flatten(), place);
        }
        self.rarer(value, place);
    }

    fn rarer(&mut self, value: &Bound<'_, PyAny>, place: &Place<'_>) {
        if let Some(decimal) = decimal(value.py())
            && value.get_type().is_subclass(decimal).unwrap_or(false)
        {
            return self.number(written(decimal, "__str__", value), place);
        }
        match clock::millis(value) {
            Some(Ok(millis)) => match Timestamp::from_unix_millis(millis) {
                Ok(time) => write_string(&mut self.out, &time.to_text()),
                Err(_) => self.refuse(place, ViolationCode::OutOfRange, Some(clock::RANGE)),
            },
            Some(Err(expected)) => self.refuse(place, ViolationCode::BadTimestamp, Some(expected)),
            None => self.refuse(place, ViolationCode::WrongType, Some("JSON value")),
        }
    }

    fn number(&mut self, text: Option<String>, place: &Place<'_>) {
        match text.filter(|text| Number::parse(text).is_some()) {
            Some(text) if self.takes(text.len()) => self.out.push_str(&text),
            Some(_) => self.null(),
            None => self.refuse(place, ViolationCode::WrongType, Some("finite number")),
        }
    }

    fn inside(&mut self, container: &Bound<'_, PyAny>, place: &Place<'_>, read: impl FnOnce(&mut Self)) {
        let address = container.as_ptr().addr();
        if self.open.len() >= self.levels || self.open.contains(&address) {
            // Of what is inside, whatever is around it.
            let limit = u64::try_from(MAX_DEPTH).ok();
            self.violations.push(violation(&place.path(), ViolationCode::TooDeep, None, limit));
            return self.null();
        }
        self.open.push(address);
        read(self);
        self.open.pop();
    }

    /// What stands before a key or an item.
    fn comma(&mut self) {
        if !self.out.ends_with(['{', '[']) {
            self.out.push(',');
        }
    }

    fn key(&mut self, key: &str) {
        self.comma();
        write_string(&mut self.out, key);
        self.out.push(':');
    }

    fn items<'py>(&mut self, items: impl Iterator<Item = Bound<'py, PyAny>>, place: &Place<'_>) {
        self.out.push('[');
        for (at, item) in items.enumerate() {
            if self.left == 0 {
                break;
            }
            self.comma();
            self.value(&item, &Place::Item(place, at));
        }
        self.out.push(']');
    }

    fn dict(&mut self, dict: &Bound<'_, PyDict>, place: &Place<'_>) {
        let start = self.out.len();
        self.out.push('{');
        let keys = dict.keys();
        let mut has_others_keys = false;
        // A copy: a time zone of the caller's may change the dict while we are in it. Two lists cost less than one of pairs.
        for (key, value) in keys.iter().zip(dict.values()) {
            if self.left == 0 {
                break;
            }
            let Ok(key) = key.cast::<PyString>() else {
                self.violations.push(wrong_keys(place));
                continue;
            };
            has_others_keys |= !key.is_exact_instance_of::<PyString>();
            let Ok(key) = key.to_str() else {
                self.violations.push(violation(&place.path(), ViolationCode::NotUnicode, None, None));
                continue;
            };
            if !self.takes(key.len()) {
                break;
            }
            self.key(key);
            self.value(&value, &Place::Key(place, key));
        }
        self.out.push('}');
        // Only keys of a class of the caller's can be the same text and yet two.
        if let Some(again) = has_others_keys.then(|| first_again(&keys)).flatten() {
            self.out.truncate(start);
            self.refuse(&Place::Key(place, &again), ViolationCode::DuplicateKey, None);
        }
    }
}

/// The first text that is a key for the second time.
fn first_again(keys: &Bound<'_, PyList>) -> Option<String> {
    let mut seen = HashSet::new();
    let texts = keys.iter().filter_map(|key| key.cast::<PyString>().ok()?.to_str().ok().map(str::to_owned));
    texts.into_iter().find(|text| !seen.insert(text.clone()))
}

fn wrong_keys(place: &Place<'_>) -> Violation {
    violation(&place.path(), ViolationCode::WrongType, Some("object whose keys are texts"), None)
}

fn integer(number: &Bound<'_, PyInt>) -> Option<String> {
    if let Ok(number) = number.extract::<i64>() {
        return Some(number.to_string());
    }
    let class = number.py().get_type::<PyInt>();
    let bits = class.call_method1("bit_length", (number,)).ok()?.extract::<u64>().ok()?;
    let text = (bits <= MAX_INTEGER_BITS).then(|| written(&class, "__repr__", number.as_any())).flatten();
    text.filter(|text| Number::parse(text).is_some())
}

/// A number's text, by the class's own method: a subclass's is not asked.
fn written(class: &Bound<'_, PyType>, method: &str, value: &Bound<'_, PyAny>) -> Option<String> {
    class.call_method1(method, (value,)).ok()?.extract().ok()
}

/// The class of exact decimals. Where nobody has imported it, nobody can hold one.
fn decimal(py: Python<'_>) -> Option<&Bound<'_, PyType>> {
    static DECIMAL: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    let import = || {
        let modules = py.import("sys")?.getattr("modules")?;
        if !modules.contains("decimal")? && !modules.contains("_decimal")? {
            return Err(pyo3::exceptions::PyLookupError::new_err("no decimals yet"));
        }
        Ok(py.import("decimal")?.getattr("Decimal")?.cast_into::<PyType>()?.unbind())
    };
    DECIMAL.get_or_try_init(py, import).ok().map(|class| class.bind(py))
}
