//! The Rust tests. `cargo test` is the last step: its result lines stay the last of standard output.

use super::Extent;
use crate::steps::{Done, Steps};
use crate::{paths, public_api, run, toolchain};

const WASM: &str = "wasm32-unknown-unknown";

/// The workspace's `rust-version`, which this crate inherits; a rustup toolchain is named with all three numbers.
const MSRV: &str = concat!(env!("CARGO_PKG_RUST_VERSION"), ".0");

/// What proptest runs when nothing is said.
const PROPTEST_CASES: u32 = 256;
const FULL_TIMES: u32 = 20;

pub(super) fn steps(steps: &mut Steps, extent: Extent) {
    let probe =
        steps.step("probe", "the core for wasm, which the tests load to see that it imports nothing", || {
            toolchain::ensure_target(WASM)?;
            let mut build = run::cargo(&["build", "-p", "enrollkit-probe", "--release", "--locked"]);
            run::run(build.args(["--target", WASM])).map(|()| Done::Ran)
        });
    steps.step("public API", "no change of the core's API that nobody meant", || public_api::check(false));
    if extent == Extent::Full {
        steps.step("MSRV", "the core compiles with the oldest Rust it promises", || {
            toolchain::ensure_toolchain(MSRV)?;
            let mut check = toolchain::in_toolchain(MSRV, &["check", "-p", "enrollkit", "--locked"]);
            run::run(&mut check).map(|()| Done::Ran)
        });
    }
    steps.step("demo", "the README's first command, as a newcomer runs it", || {
        crate::demo::main(&[]).map(|()| Done::Ran)
    });
    steps.step("cargo test", "unit, integration and documentation tests of all crates", || {
        let mut test = run::cargo(&["test", "--workspace", "--locked", "--no-fail-fast"]);
        if probe {
            let file = paths::target_dir()?.join(WASM).join("release/enrollkit_probe.wasm");
            test.env("ENROLLKIT_PROBE_WASM", file);
        }
        if extent == Extent::Full {
            test.env("PROPTEST_CASES", full_cases().to_string());
        }
        run::run(&mut test).map(|()| Done::Ran)
    });
}

/// Twenty times what a run without `--full` would do, be that the default or the caller's own number.
fn full_cases() -> u32 {
    let usual = std::env::var("PROPTEST_CASES").ok().and_then(|text| text.parse().ok());
    usual.unwrap_or(PROPTEST_CASES).saturating_mul(FULL_TIMES)
}
