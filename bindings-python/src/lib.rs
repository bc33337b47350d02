//! The core for Python. Internal: the public surface is the package in `../python`.
//!
//! Python's objects become the core's exact JSON tree, the core's outcomes become Python's values, and what is refused is raised
//! as one of the exceptions that the package defines. No logic lives here.

mod bytes;
mod call;
mod clock;
mod container;
mod error;
mod from_python;
mod generated;
mod intent;
mod interpreter;
mod keys;
mod numbers;
mod outcome;
mod relay;
mod smile_id;
mod to_python;
mod unifyia;
mod value;
mod verifier;
mod walk;

use pyo3::prelude::*;
use pyo3::types::PyTuple;

#[pymodule]
fn _enrollkit(module: &Bound<'_, PyModule>) -> PyResult<()> {
    // Before anything of another interpreter is looked at.
    interpreter::claim(module.py())?;
    classes(module)?;
    functions(module)?;
    generated::add_to(module)?;
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add("ENROLLMENT_STATUSES", PyTuple::new(module.py(), enrollkit::unifyia::ENROLLMENT_STATUSES)?)
}

fn classes(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<call::Call>()?;
    module.add_class::<error::Violation>()?;
    module.add_class::<intent::Intent>()?;
    module.add_class::<relay::Answer>()?;
    module.add_class::<smile_id::Pair>()?;
    module.add_class::<smile_id::SmileId>()?;
    module.add_class::<smile_id::SmileIdActions>()?;
    module.add_class::<smile_id::SmileIdRelay>()?;
    module.add_class::<unifyia::Unifyia>()?;
    module.add_class::<unifyia::UnifyiaActions>()?;
    module.add_class::<unifyia::UnifyiaRelay>()?;
    module.add_class::<verifier::Verified>()?;
    module.add_class::<verifier::Verifier>()
}

fn functions(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(error::error_text, module)?)?;
    module.add_function(wrap_pyfunction!(error::refusal, module)?)?;
    module.add_function(wrap_pyfunction!(intent::check, module)?)?;
    module.add_function(wrap_pyfunction!(intent::parse_intent, module)?)?;
    module.add_function(wrap_pyfunction!(intent::restore_intent, module)?)?;
    module.add_function(wrap_pyfunction!(relay::answer, module)?)?;
    module.add_function(wrap_pyfunction!(relay::confirmed_by, module)?)?;
    module.add_function(wrap_pyfunction!(relay::refused, module)?)?;
    module.add_function(wrap_pyfunction!(relay::restore_answer, module)?)?;
    module.add_function(wrap_pyfunction!(relay::route_refusal, module)?)?;
    module.add_function(wrap_pyfunction!(smile_id::signature, module)?)?;
    module.add_function(wrap_pyfunction!(unifyia::check_user, module)?)
}
