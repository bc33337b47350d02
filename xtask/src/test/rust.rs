//! The Rust tests. `cargo test` is the last step: its result lines stay the last of standard output.

use crate::need::Need;
use crate::steps::{Done, Extent, Step};
use crate::{demo, public_api, run, toolchain};

/// The workspace's `rust-version`, which this crate inherits; a rustup toolchain is named with all three numbers.
const MSRV: &str = concat!(env!("CARGO_PKG_RUST_VERSION"), ".0");

/// What proptest runs when nothing is said.
const PROPTEST_CASES: u32 = 256;
const FULL_TIMES: u32 = 20;

pub(super) const STEPS: &[Step] = &[
    Step::new(
        "public API",
        "no change of the core's API that nobody meant",
        // It brings its toolchain itself: without it, the step is skipped everywhere.
        &[],
        |given| public_api::check(given, false),
    ),
    Step::new(
        "MSRV",
        "the core compiles with the oldest Rust it promises",
        &[Need::RustToolchain(MSRV)],
        |_| {
            let mut check = toolchain::in_toolchain(MSRV, &["check", "-p", "enrollkit", "--locked"]);
            run::run(&mut check).map(|()| Done::Ran)
        },
    )
    .full(),
    Step::new("demo", "the README's first command, as a newcomer runs it", demo::NEEDS, |given| {
        demo::lifecycle(given).map(|()| Done::Ran)
    }),
    Step::new(
        "cargo test",
        "unit, integration and documentation tests of all crates",
        &[Need::Probe],
        |given| {
            let mut test = run::cargo(&["test", "--workspace", "--locked", "--no-fail-fast"]);
            if given.extent() == Extent::Full {
                test.env("PROPTEST_CASES", full_cases().to_string());
            }
            run::run(given.tell(&mut test)).map(|()| Done::Ran)
        },
    ),
];

/// Twenty times what a run without `--full` would do, be that the default or the caller's own number.
fn full_cases() -> u32 {
    let usual = std::env::var("PROPTEST_CASES").ok().and_then(|text| text.parse().ok());
    usual.unwrap_or(PROPTEST_CASES).saturating_mul(FULL_TIMES)
}
