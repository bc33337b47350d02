//! The Swift tests: of the package from source, against the library that is built here; then of the example that uses it.

mod apple;
mod programs;

use crate::languages::swift;
use crate::run;
use crate::run::error::Result;
use crate::steps::{Done, Extent, Given, Need, Step};

pub(super) const STEPS: &[Step] = &[
    Step::new(
        "Apple targets",
        "the library compiles for iPhones, --full: and Macs; linking it needs a Mac",
        swift::CHECKED,
        |given| swift::check_targets(given).map(|()| Done::Ran),
    ),
    Step::new(
        "swift test",
        "vectors, scenarios, hostile input, many tasks, the README",
        &[Need::Swift, Need::SwiftLibrary, Need::Sandbox],
        |given| test(given, "bindings-mobile/swift"),
    ),
    Step::new(
        "examples/swift",
        "a fresh package that depends on ours: an enrollment through a back end, over HTTP",
        &[Need::Swift, Need::SwiftLibrary, Need::Sandbox],
        |given| test(given, "examples/swift/enroll"),
    ),
    Step::new(
        "Swift on Linux",
        "the README's lines, as a new user types them; --full: the example's, too",
        &[Need::Swift, Need::SwiftLibrary],
        programs::readme,
    ),
    Step::new(
        "Swift beside Rust",
        "programs that link another Rust library, too: with LTO, unwinding; --full: every way, and by another compiler",
        &[Need::Swift, Need::SwiftLibrary],
        programs::beside,
    ),
    Step::new(
        "Apple beside Rust",
        "a library for Macs links beside another Rust library",
        &[Need::RustTarget(apple::TARGET)],
        apple::beside,
    )
    .full(),
];

fn test(given: &Given<'_>, package: &str) -> Result<Done> {
    run::run(&mut given.swift()?.swift("test", package, full(given))?).map(|()| Done::Ran)
}

fn full(given: &Given<'_>) -> bool {
    given.extent() == Extent::Full
}
