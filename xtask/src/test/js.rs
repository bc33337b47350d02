//! The JavaScript tests: of the package as it is built, then of the packed file in everything that people use, the two
//! examples among it.

use std::process::Command;

use super::Extent;
use crate::error::Result;
use crate::steps::{Done, Steps};
use crate::{acceptance, chromium, demo_web, node, npm, paths, run, sandbox};

pub(super) fn steps(steps: &mut Steps, extent: Extent) {
    if let Some(missing) = node::missing() {
        steps.step("JavaScript", "the npm package and its tests", || node::skipped(missing));
        return;
    }
    let mut packed = None;
    steps.step("npm package", "what the tests test is what would be published", || {
        packed = Some(npm::package()?);
        Ok(Done::Ran)
    });
    // Without it there is nothing to test, or worse: an older one.
    let Some(packed) = packed else { return };
    steps.run(
        "npm test",
        "units, vectors and scenarios, in Node against the built package",
        node::npm().args(["--prefix", "bindings-wasm/npm", "--silent", "test"]),
    );
    steps.step("acceptance", "the packed file, installed in fresh projects of every kind", || {
        acceptance::run(&[], extent == Extent::Full).map(|()| Done::Ran)
    });
    let prepared =
        steps.step("examples", "the packed file, the page and the sandbox, for the steps below", || {
            demo_web::prepare(&packed).map(|()| Done::Ran)
        });
    // It would be an older package, or none, that they run with.
    if !prepared {
        return;
    }
    steps.step(
        "examples/node",
        "log-in, relay, sign-up and webhooks over HTTP, also against a hostile client",
        || run::run(&mut test("examples/node")?).map(|()| Done::Ran),
    );
    steps.step("examples/web", "both pages in a real browser: by keyboard, on a phone, in the dark", || {
        match chromium::ensure()? {
            Ok(chromium) => run::run(test("examples/web")?.env("CHROMIUM", chromium)).map(|()| Done::Ran),
            Err(missing) => node::skipped(missing),
        }
    });
    steps.step("demo web", "what `cargo xtask demo web` starts finds its parts", || {
        demo_web::check().map(|()| Done::Ran)
    });
}

/// The tests of an example, with what they need and do not find themselves.
fn test(folder: &str) -> Result<Command> {
    let mut test = node::npm();
    test.args(["--prefix", folder, "--silent", "test"]);
    test.env("ENROLLKIT_SANDBOX", sandbox::program()?);
    test.env("ENROLLKIT_SCREENSHOTS", paths::target_dir()?.join("web-screenshots"));
    Ok(test)
}
