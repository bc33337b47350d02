//! `cargo xtask bench`: what a call costs.

use crate::run;
use crate::run::error::Result;

pub(crate) fn main(args: &[String]) -> Result {
    let mut bench = run::cargo(&["bench", "--locked", "-p", "enrollkit-benches", "--bench", "cost"]);
    // Behind `--`, so that what one types goes to the benchmarks and not to cargo.
    if !args.is_empty() {
        bench.arg("--").args(args);
    }
    run::run(&mut bench)
}
