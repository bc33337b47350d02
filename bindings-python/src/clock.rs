//! Times: what Python gives for one, and Python's own clock where it gives none.

use enrollkit::{Timestamp, ViolationCode};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyString, PyType, PyTzInfo};

use crate::error::refused_for;

const EXAMPLE: &str = "2026-11-22T10:00:00.000Z";
const AWARE: &str = "datetime.now(timezone.utc): this one has no time zone";
pub(crate) const RANGE: &str = "a time from 1970 to 9999";

/// The class of Python's times. Of the C module: libraries that freeze time replace the one that people import.
static DATETIME: PyOnceLock<Py<PyType>> = PyOnceLock::new();
static EPOCH: PyOnceLock<Py<PyAny>> = PyOnceLock::new();

/// An aware `datetime` or a text; Python's clock for none of either.
pub(crate) fn time(given: Option<&Bound<'_, PyAny>>, py: Python<'_>, path: &str) -> PyResult<Timestamp> {
    let of_millis = |millis| {
        Timestamp::from_unix_millis(millis)
            .map_err(|_| refused_for(py, path, ViolationCode::OutOfRange, RANGE))
    };
    let Some(given) = given else { return of_millis(now(py)?) };
    if let Ok(text) = given.cast::<PyString>() {
        let wrong = || refused_for(py, path, ViolationCode::BadTimestamp, EXAMPLE);
        return Timestamp::parse(text.to_str().map_err(|_| wrong())?).map_err(|_| wrong());
    }
    match millis(given) {
        Some(Ok(millis)) => of_millis(millis),
        Some(Err(expected)) => Err(refused_for(py, path, ViolationCode::BadTimestamp, expected)),
        None => Err(refused_for(py, path, ViolationCode::BadTimestamp, EXAMPLE)),
    }
}

/// Whole milliseconds since 1970 by `time.time`, as it is at this moment: a test may have put a clock of its own there.
fn now(py: Python<'_>) -> PyResult<i64> {
    static TIME: PyOnceLock<Py<PyModule>> = PyOnceLock::new();
    let module = TIME.get_or_try_init(py, || py.import("time").map(Bound::unbind))?.bind(py);
    // Out of the module's own dict, since its class has nothing of that name to look for first.
    let seconds: f64 = match module.dict().get_item(intern!(py, "time"))? {
        Some(clock) => clock.call0()?.extract()?,
        None => module.call_method0(intern!(py, "time"))?.extract()?,
    };
    if seconds.is_nan() {
        return Ok(-1);
    }
    // A float's last digit would be a millisecond less: microseconds are what it holds.
    #[allow(clippy::cast_possible_truncation, reason = "beyond the range it saturates, and is refused")]
    let micros = (seconds * 1e6).round() as i64;
    Ok(micros.div_euclid(1000))
}

/// Whole milliseconds since 1970, floored, of a `datetime`; or what is wrong with it; nothing for any other object.
pub(crate) fn millis(value: &Bound<'_, PyAny>) -> Option<Result<i64, &'static str>> {
    let py = value.py();
    let class = datetime(py)?;
    if !value.get_type().is_subclass(class).unwrap_or(false) {
        return None;
    }
    Some(since_epoch(class, value).unwrap_or(Err(EXAMPLE)))
}

/// The base class's own methods are called, not a subclass's; a time zone may be anybody's and may fail.
fn since_epoch(class: &Bound<'_, PyType>, value: &Bound<'_, PyAny>) -> PyResult<Result<i64, &'static str>> {
    let py = value.py();
    if class.call_method1("utcoffset", (value,))?.is_none() {
        return Ok(Err(AWARE));
    }
    let epoch = EPOCH.get_or_try_init(py, || {
        class.call1((1970, 1, 1, 0, 0, 0, 0, PyTzInfo::utc(py)?)).map(Bound::unbind)
    })?;
    let since = class.call_method1("__sub__", (value, epoch))?;
    let part = |name: &str| since.getattr(name)?.extract::<i64>();
    let seconds = part("days")? * 86_400 + part("seconds")?;
    Ok(Ok(seconds * 1000 + part("microseconds")? / 1000))
}

/// Where nobody has imported it, nobody can hold a time of it.
fn datetime(py: Python<'_>) -> Option<&Bound<'_, PyType>> {
    let import = || {
        let modules = py.import("sys")?.getattr("modules")?;
        let names = ["_datetime", "datetime", "_pydatetime"];
        if !names.iter().any(|name| modules.contains(name).unwrap_or(false)) {
            return Err(pyo3::exceptions::PyLookupError::new_err("no times yet"));
        }
        let module = py.import("_datetime").or_else(|_| py.import("datetime"))?;
        Ok(module.getattr("datetime")?.cast_into::<PyType>()?.unbind())
    };
    DATETIME.get_or_try_init(py, import).ok().map(|class| class.bind(py))
}
