//! A dict, list or tuple of Python's that is being walked through.

use std::ptr::null_mut;
use std::vec::IntoIter;

use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::iter::{BoundListIterator, BoundTupleIterator};
use pyo3::types::{PyDict, PyList, PyString, PyTuple};

/// A dict, list or tuple, and what of it is still to come.
pub(crate) struct Container<'py> {
    object: Bound<'py, PyAny>,
    rest: Rest<'py>,
    /// The key of the value that came last.
    key: Option<Bound<'py, PyString>>,
    /// How many items came.
    count: usize,
}

enum Rest<'py> {
    Dict(Members<'py>),
    /// A copy.
    Pairs(IntoIter<(Bound<'py, PyAny>, Bound<'py, PyAny>)>),
    List(BoundListIterator<'py>),
    Tuple(BoundTupleIterator<'py>),
}

impl<'py> Container<'py> {
    /// Of an object, if it is one.
    pub(crate) fn of(object: &Bound<'py, PyAny>) -> Option<Self> {
        let rest = if let Ok(dict) = object.cast::<PyDict>() {
            Rest::Dict(Members { dict: dict.clone(), at: 0 })
        } else if let Ok(list) = object.cast::<PyList>() {
            Rest::List(list.iter())
        } else {
            Rest::Tuple(object.cast::<PyTuple>().ok()?.iter())
        };
        Some(Self { object: object.clone(), rest, key: None, count: 0 })
    }

    pub(crate) fn is(&self, other: &Self) -> bool {
        self.object.is(&other.object)
    }

    pub(crate) fn is_dict(&self) -> bool {
        matches!(self.rest, Rest::Dict(_) | Rest::Pairs(_))
    }

    /// Puts aside what is still to come of a dict, which must not change while it is walked through.
    pub(crate) fn keep(&mut self) {
        if let Rest::Dict(rest) = &mut self.rest {
            self.rest = Rest::Pairs(rest.collect::<Vec<_>>().into_iter());
        }
    }

    /// The next member with its key, or the next item.
    pub(crate) fn next(&mut self) -> Option<(Option<Bound<'py, PyAny>>, Bound<'py, PyAny>)> {
        let pair = |(key, value)| (Some(key), value);
        let item = match &mut self.rest {
            Rest::Dict(rest) => return rest.next().map(pair),
            Rest::Pairs(rest) => return rest.next().map(pair),
            Rest::List(rest) => rest.next(),
            Rest::Tuple(rest) => rest.next(),
        };
        self.count += 1;
        item.map(|item| (None, item))
    }

    /// The value that is written next has this key.
    pub(crate) fn at_key(&mut self, key: Bound<'py, PyString>) {
        self.key = Some(key);
    }

    /// The step to the value that came last: its key, or its place.
    pub(crate) fn step(&self) -> String {
        match &self.key {
            Some(key) => key.to_str().unwrap_or_default().to_owned(),
            None => (self.count - 1).to_string(),
        }
    }
}

/// The members of a dict. `PyO3`'s own iterator panics where a dict changes meanwhile, as one may whenever Python collects its garbage.
struct Members<'py> {
    dict: Bound<'py, PyDict>,
    at: ffi::Py_ssize_t,
}

impl<'py> Iterator for Members<'py> {
    type Item = (Bound<'py, PyAny>, Bound<'py, PyAny>);

    #[allow(unsafe_code, reason = "only C's interface goes through a dict without a copy")]
    fn next(&mut self) -> Option<Self::Item> {
        let (mut key, mut value) = (null_mut(), null_mut());
        // SAFETY: it is a dict, and the place is compared with its size at every call. What is given is borrowed from the dict: both
        // are taken hold of before anything else happens.
        unsafe {
            if ffi::PyDict_Next(self.dict.as_ptr(), &raw mut self.at, &raw mut key, &raw mut value) == 0 {
                return None;
            }
            let py = self.dict.py();
            Some((Bound::from_borrowed_ptr(py, key), Bound::from_borrowed_ptr(py, value)))
        }
    }
}
