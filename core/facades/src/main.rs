//! `cargo xtask gen` writes every generated file; with `--check` it only says which are not up to date.

use std::path::Path;
use std::process::ExitCode;

use enrollkit_facades::disk;
use enrollkit_facades::facade::File;

fn main() -> ExitCode {
    let check = std::env::args().any(|arg| arg == "--check");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let catalogue = enrollkit_facades::catalogue();
    let files: Vec<File> =
        enrollkit_facades::facades().iter().flat_map(|facade| facade.files(&catalogue)).collect();
    let mut faults = Vec::new();
    for file in &files {
        match disk::settle(&root, file, check) {
            Ok(false) => {}
            Ok(true) if check => {
                faults.push(format!("{} is not up to date: run `cargo xtask gen`", file.path));
            }
            Ok(true) => println!("wrote {}", file.path),
            Err(why) => faults.push(format!("{}: {why}", file.path)),
        }
    }
    match disk::strays(&root, &files) {
        Ok(strays) => {
            for stray in strays {
                if check {
                    faults.push(format!("{stray}: nothing writes it: run `cargo xtask gen`"));
                } else {
                    match disk::remove(&root, &stray) {
                        Ok(()) => println!("removed {stray}"),
                        Err(why) => faults.push(format!("{stray}: {why}")),
                    }
                }
            }
        }
        Err(why) => faults.push(why),
    }
    for fault in &faults {
        eprintln!("{fault}");
    }
    if faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
