//! The core for Python. Internal: the public surface is the package in `../python`.
//!
//! Python's objects become the core's exact JSON tree, the core's outcomes become Python's values, and what is refused is raised
//! as one of the exceptions that the package defines. No logic lives here.

mod bytes;
mod call;
mod clock;
mod error;
mod from_python;
mod intent;
mod outcome;
mod relay;
mod smile_id;
mod to_python;
mod unifyia;
mod value;
mod verifier;

use pyo3::prelude::*;

#[pymodule]
mod _enrollkit {
    use pyo3::prelude::*;

    #[pymodule_export]
    use crate::call::Call;
    #[pymodule_export]
    use crate::error::{Violation, error_text, refusal};
    #[pymodule_export]
    use crate::intent::{Intent, check, parse_intent, restore_intent};
    #[pymodule_export]
    use crate::outcome::{
        Acknowledged, Branding, EnrolledUser, EnrolleeInfo, HistoryEntry, IdCheck, PartnerParams, RawReply,
        SignedUp,
    };
    #[pymodule_export]
    use crate::relay::{Answer, answer, confirmed_by, refused, restore_answer, route_refusal};
    #[pymodule_export]
    use crate::smile_id::{Pair, SmileId, signature};
    #[pymodule_export]
    use crate::unifyia::{Unifyia, check_user};
    #[pymodule_export]
    use crate::verifier::{Verified, Verifier};

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))?;
        module.add("MAX_RESPONSE_BYTES", enrollkit::MAX_RESPONSE_BYTES)?;
        let statuses = pyo3::types::PyTuple::new(module.py(), enrollkit::unifyia::ENROLLMENT_STATUSES)?;
        module.add("ENROLLMENT_STATUSES", statuses)
    }
}
