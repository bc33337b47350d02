//! The JavaScript tests: of the package as it is built, then of the packed file in everything that people use, the two
//! examples among it. A further kind of project is a folder in `bindings-wasm/npm/acceptance`.

use crate::commands::demo::web;
use crate::commands::{acceptance, costs};
use crate::run;
use crate::run::error::Result;
use crate::steps::{Done, Extent, Given, Need, Step};
use crate::tools::node;

pub(super) const STEPS: &[Step] = &[
    Step::new(
        "npm test",
        "units, vectors and scenarios, in Node and a browser, against the built package",
        &[Need::NpmPackage, Need::Sandbox],
        |given| test(given, "bindings-wasm/npm"),
    )
    .wants(&[Need::Chromium]),
    costs::NPM_STEP,
    Step::new(
        "examples/node",
        "log-in, relay, sign-up and webhooks over HTTP, also against a hostile client",
        &[Need::NpmProject("examples/node"), Need::Sandbox],
        |given| test(given, "examples/node"),
    ),
    Step::new(
        "examples/web",
        "both pages in a real browser: by keyboard, on a phone, in the dark",
        // The page's back end is the other example's.
        &[Need::NpmProject("examples/web"), Need::NpmProject("examples/node"), Need::Chromium, Need::Sandbox],
        |given| test(given, "examples/web"),
    ),
    Step::new("demo web", "what `cargo xtask demo web` starts finds its parts", web::NEEDS, |given| {
        web::check(given).map(|()| Done::Ran)
    }),
];

pub(super) const ACCEPTANCE: &[Step] = &[Step::new(
    "acceptance",
    "the packed file, installed in fresh projects of every kind",
    // A row brings what it needs besides.
    &[Need::NpmPackage],
    |given| acceptance::run(given, &[]).map(|()| Done::Ran),
)];

fn test(given: &Given<'_>, folder: &str) -> Result<Done> {
    let mut test = node::npm();
    test.args(["--prefix", folder, "--silent", "test"]);
    test.env("ENROLLKIT_SCREENSHOTS", run::target_dir()?.join("web-screenshots"));
    if given.extent() == Extent::Full {
        test.env("ENROLLKIT_FULL", "1");
    }
    run::run(given.tell(&mut test)).map(|()| Done::Ran)
}
