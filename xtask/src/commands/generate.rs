//! `cargo xtask gen`: what other languages and documents have of the core.

use crate::run;
use crate::run::error::{Result, only_flag};

pub(crate) fn main(args: &[String]) -> Result {
    let check = only_flag("gen", "--check", args)?;
    let mut generate = run::cargo(&["run", "-q", "--locked", "-p", "enrollkit-facades"]);
    if check {
        generate.args(["--", "--check"]);
    }
    run::run(&mut generate)
}
