//! Prints the public API that a file of rustdoc's JSON describes. `cargo xtask public-api` runs it; it is an example
//! because only an example may use dev-dependencies, and `cargo xtask` shouldn't wait for them.

use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let file = std::env::args_os().nth(1).ok_or("usage: list-public-api FILE.json")?;
    let api = public_api::Builder::from_rustdoc_json(file)
        // What the standard library gives to every type says nothing about ours.
        .omit_blanket_impls(true)
        // `Send` and the like, five lines for each type: tests assert those that are promised.
        .omit_auto_trait_impls(true)
        .build()?;
    print!("{api}");
    Ok(())
}
