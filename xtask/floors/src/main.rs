//! Every file of the core imports only from floors below its own.
//!
//! The floors are a list in ARCHITECTURE.md, which is also its picture of the core ([`plan`]). [`tree`] reads the files as
//! modules, [`paths`] what each names of the crate; [`resolve`] says which file has it, [`imports`] which file imports which, and
//! [`faults`] which of that is against the list.

mod circles;
mod faults;
mod imports;
mod paths;
mod plan;
mod resolve;
mod tree;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

fn main() -> ExitCode {
    // Of another checkout, when its root is given.
    let root = std::env::args_os()
        .nth(1)
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."), PathBuf::from);
    match check(&root) {
        Ok(faults) if faults.is_empty() => ExitCode::SUCCESS,
        Ok(faults) => {
            eprintln!("{}", faults.join("\n"));
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// What is against the list, each in a line.
fn check(root: &Path) -> Result<Vec<String>, String> {
    let document = root.join("ARCHITECTURE.md");
    let text = std::fs::read_to_string(&document).map_err(|error| format!("ARCHITECTURE.md: {error}"))?;
    let plan = plan::Plan::read(&text).map_err(|error| format!("ARCHITECTURE.md: {error}"))?;
    let sources = tree::sources(&root.join(plan::FOLDER))?;
    faults::faults(&plan, &sources)
}
