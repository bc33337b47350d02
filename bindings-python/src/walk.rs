//! Python's objects, walked through C's own interface, so that no method of the caller's runs, and written as JSON on the way.

use enrollkit::json::{MAX_DEPTH, Writer};
use enrollkit::{Timestamp, Violation, ViolationCode};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyFloat, PyInt, PyString};

use crate::clock;
use crate::container::Container;
use crate::error::violation;
use crate::numbers::{decimal, integer, small, written};

/// How much one input may hold, values and texts together. Shared parts count each time, as they do in JSON: a small structure
/// that doubles at every level would otherwise never end.
const MAX_INPUT_BYTES: usize = 64 * 1024 * 1024;
/// What a value counts beside its text.
const VALUE_BYTES: usize = 16;
/// Room for the text of most users. No multiple of a page: a copy that is made right behind it would be at the same place of another, which
/// processors are slow at.
const ROOM: usize = 6000;

/// What was walked through.
pub(crate) struct Walk<'a, 'py> {
    /// Its JSON; null where something was wrong.
    pub(crate) written: Writer,
    pub(crate) violations: Vec<Violation>,
    /// Where the value stands that we began with.
    root: &'a str,
    /// The containers that we are inside of.
    open: Vec<Container<'py>>,
    /// Whether code of others may have run, and may run again.
    has_met_others: bool,
    levels: usize,
    left: usize,
}

impl<'a, 'py> Walk<'a, 'py> {
    /// A walk through so many levels at most.
    pub(crate) fn new(levels: usize) -> Self {
        Self {
            written: Writer::with_room(ROOM),
            violations: Vec::new(),
            root: "",
            open: Vec::with_capacity(8),
            has_met_others: false,
            levels,
            left: MAX_INPUT_BYTES,
        }
    }

    /// Writes a value that stands at `root`, and all inside.
    pub(crate) fn through(&mut self, value: &Bound<'py, PyAny>, root: &'a str) {
        self.root = root;
        self.value(value);
        while let Some(container) = self.open.last_mut() {
            match container.next().filter(|_| self.left > 0) {
                Some((None, item)) => self.value(&item),
                Some((Some(key), value)) => self.member(key, &value),
                None => self.close(),
            }
        }
    }

    fn value(&mut self, value: &Bound<'py, PyAny>) {
        if let Ok(text) = value.cast::<PyString>() {
            return match text.to_str() {
                Ok(text) if self.takes(text.len()) => self.written.string(text),
                Ok(_) => self.written.null(),
                Err(_) => self.refuse(ViolationCode::NotUnicode, None),
            };
        }
        if !self.takes(0) || value.is_none() {
            return self.written.null();
        }
        if let Ok(flag) = value.cast::<PyBool>() {
            return self.written.flag(flag.is_true());
        }
        if let Some(container) = Container::of(value) {
            return self.begin(container);
        }
        if let Ok(number) = value.cast::<PyInt>() {
            return self.integer(number);
        }
        if let Ok(number) = value.cast::<PyFloat>() {
            return self.float(number);
        }
        self.rarer(value);
    }

    fn integer(&mut self, number: &Bound<'py, PyInt>) {
        if let Some(small) = small(number) {
            return self.written.integer(small);
        }
        self.before_others();
        let text = integer(number);
        if !text.is_some_and(|text| self.written.number(&text)) {
            self.refuse(ViolationCode::OutOfRange, Some("an integer of at most 4000 digits"));
        }
    }

    fn float(&mut self, number: &Bound<'py, PyFloat>) {
        self.before_others();
        let class = number.py().get_type::<PyFloat>();
        let text = number.value().is_finite().then(|| written(&class, "__repr__", number.as_any()));
        self.number(text.flatten());
    }

    fn rarer(&mut self, value: &Bound<'py, PyAny>) {
        self.before_others();
        if let Some(decimal) = decimal(value.py())
            && value.get_type().is_subclass(decimal).unwrap_or(false)
        {
            return self.number(written(decimal, "__str__", value));
        }
        match clock::millis(value) {
            Some(Ok(millis)) => match Timestamp::from_unix_millis(millis) {
                Ok(time) => self.written.string(&time.to_text()),
                Err(_) => self.refuse(ViolationCode::OutOfRange, Some(clock::RANGE)),
            },
            Some(Err(expected)) => self.refuse(ViolationCode::BadTimestamp, Some(expected)),
            None => self.refuse(ViolationCode::WrongType, Some("JSON value")),
        }
    }

    fn number(&mut self, text: Option<String>) {
        match text {
            Some(text) if !self.takes(text.len()) => self.written.null(),
            Some(text) if self.written.number(&text) => {}
            _ => self.refuse(ViolationCode::WrongType, Some("finite number")),
        }
    }

    /// A time zone of the caller's may change a container while we are in it: before one is asked, what is left of each is put aside.
    fn before_others(&mut self) {
        if !self.has_met_others {
            self.has_met_others = true;
            self.open.iter_mut().for_each(Container::keep);
        }
    }

    fn begin(&mut self, mut container: Container<'py>) {
        if self.open.len() >= self.levels || self.open.iter().any(|open| open.is(&container)) {
            // Of what is inside, whatever is around it.
            let limit = u64::try_from(MAX_DEPTH).ok();
            self.violations.push(violation(&self.path(), ViolationCode::TooDeep, None, limit));
            return self.written.null();
        }
        if container.is_dict() {
            self.written.begin_object();
        } else {
            self.written.begin_array();
        }
        if self.has_met_others {
            container.keep();
        }
        self.open.push(container);
    }

    fn close(&mut self) {
        self.open.pop();
        // Only keys of a class of the caller's can be the same text and yet two.
        if let Some(again) = self.written.end() {
            let path = step(self.path(), &again);
            self.violations.push(violation(&path, ViolationCode::DuplicateKey, None, None));
        }
    }

    fn member(&mut self, key: Bound<'py, PyAny>, value: &Bound<'py, PyAny>) {
        let expected = Some("object whose keys are texts");
        let Ok(key) = key.cast_into::<PyString>() else {
            return self.wrong_key(ViolationCode::WrongType, expected);
        };
        let Ok(text) = key.to_str() else {
            return self.wrong_key(ViolationCode::NotUnicode, None);
        };
        if self.takes(text.len()) {
            self.written.key(text);
            if let Some(dict) = self.open.last_mut() {
                dict.at_key(key);
            }
            self.value(value);
        }
    }

    fn wrong_key(&mut self, code: ViolationCode, expected: Option<&str>) {
        let path = self.path_in(self.open.len().saturating_sub(1));
        self.violations.push(violation(&path, code, expected, None));
    }

    fn refuse(&mut self, code: ViolationCode, expected: Option<&str>) {
        self.violations.push(violation(&self.path(), code, expected, None));
        self.written.null();
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

    /// Where the value stands that is being written. It is made only when something is wrong there.
    fn path(&self) -> String {
        self.path_in(self.open.len())
    }

    /// The path through so many of the open containers.
    fn path_in(&self, levels: usize) -> String {
        let steps = self.open.iter().take(levels).map(Container::step);
        steps.fold(self.root.to_owned(), |path, inner| step(path, &inner))
    }
}

/// A path with one more step.
fn step(path: String, inner: &str) -> String {
    let inner = inner.replace('~', "~0").replace('/', "~1");
    if path.is_empty() { inner } else { path + "/" + &inner }
}
