//! Text as other texts need it: path steps and strings that are safe to show.

use alloc::borrow::Cow;
use alloc::string::String;

/// One step of a violation's path, escaped as in JSON Pointer, so that a `/` inside a key is not read as a step.
pub(crate) fn escape_path(step: &str) -> Cow<'_, str> {
    if step.contains(['~', '/']) {
        Cow::Owned(step.replace('~', "~0").replace('/', "~1"))
    } else {
        step.into()
    }
}

/// Joins a path and its next step.
pub(super) fn join(path: Option<&str>, step: &str) -> String {
    let step = escape_path(step);
    match path {
        Some(path) => alloc::format!("{path}/{step}"),
        None => step.into_owned(),
    }
}
