//! The Swift tests: of the package from source, against the library that is built here; then of the example that uses it.

use super::Extent;
use crate::error::Error;
use crate::steps::{Done, Steps};
use crate::{node, run, sandbox, swift, swift_toolchain};

pub(super) fn steps(steps: &mut Steps, extent: Extent) {
    steps.step("Apple targets", "the library compiles for iPhones and Macs; linking it needs a Mac", || {
        swift::check_targets().map(|()| Done::Ran)
    });
    let mut found = None;
    steps.step("Swift toolchain", "the one on the path, else Debian's in the cache", || {
        match swift_toolchain::find() {
            Ok(toolchain) => {
                found = Some(toolchain);
                Ok(Done::Ran)
            }
            Err(Error::Failed(reason) | Error::Usage(reason)) => {
                node::skipped(format!("Swift not tested: {reason}"))
            }
        }
    });
    let Some(toolchain) = found else { return };
    let built = steps.step("mobile library", "what the tests link is what would be published", || {
        swift::library().map(|()| Done::Ran)
    });
    // Without it there is nothing to test, or worse: an older one.
    if !built {
        return;
    }
    steps.step("generated Swift", "the committed files are what the library says of itself", || {
        swift::check_generated().map(|()| Done::Ran)
    });
    let sandbox = steps.step("sandbox", "the service that scenarios and examples talk to", || {
        sandbox::build(&["--quiet", "-p", "enrollkit-sandbox"]).map(|()| Done::Ran)
    });
    if !sandbox {
        return;
    }
    let full = extent == Extent::Full;
    steps.step("swift test", "vectors, scenarios, hostile input, many tasks, the README", || {
        run::run(&mut toolchain.swift("test", "bindings-mobile/swift", full)?).map(|()| Done::Ran)
    });
    steps.step(
        "examples/swift",
        "a fresh package that depends on ours: an enrollment through a back end, over HTTP",
        || run::run(&mut toolchain.swift("test", "examples/swift/enroll", full)?).map(|()| Done::Ran),
    );
    if full {
        steps.step("Swift bench", "what a call costs, optimized, beside the platform's own HMAC", || {
            let mut bench = toolchain.swift("run", "bindings-mobile/swift", full)?;
            run::run(bench.args(["-c", "release", "enrollkit-bench"])).map(|()| Done::Ran)
        });
    }
}
