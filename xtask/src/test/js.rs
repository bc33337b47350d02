//! The JavaScript tests: of the package as it is built, then of the packed file in everything that people use.

use super::Extent;
use crate::steps::{Done, Steps};
use crate::{acceptance, node, npm};

pub(super) fn steps(steps: &mut Steps, extent: Extent) {
    if let Some(missing) = node::missing() {
        steps.step("JavaScript", "the npm package and its tests", || node::skipped(missing));
        return;
    }
    let packed = steps.step("npm package", "what the tests test is what would be published", || {
        npm::package().map(|_| Done::Ran)
    });
    // Without it there is nothing to test, or worse: an older one.
    if !packed {
        return;
    }
    steps.run(
        "npm test",
        "units, vectors and scenarios, in Node against the built package",
        node::npm().args(["--prefix", "bindings-wasm/npm", "--silent", "test"]),
    );
    steps.step("acceptance", "the packed file, installed in fresh projects of every kind", || {
        acceptance::run(&[], extent == Extent::Full).map(|()| Done::Ran)
    });
}
