//! Writes the generated Swift: `enrollkit-mobile-bindgen LIBRARY FOLDER`.
//!
//! LIBRARY is the one that cargo builds: what it exports is described in its symbols.

mod swift;

use std::path::Path;
use std::process::ExitCode;

use uniffi_bindgen::bindings::{GenerateOptions, TargetLanguage, generate};

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [library, folder] = args.as_slice() else {
        eprintln!("two arguments are needed: the library, and a folder to write into");
        return ExitCode::from(2);
    };
    let options = GenerateOptions {
        languages: vec![TargetLanguage::Swift],
        source: library.into(),
        out_dir: folder.into(),
        config_override: Some(concat!(env!("CARGO_MANIFEST_DIR"), "/uniffi.toml").into()),
        ..GenerateOptions::default()
    };
    let generated = generate(options).map_err(|error| format!("{error:?}"));
    let improved = generated.and_then(|()| swift::improve(Path::new(folder)));
    match improved {
        Ok(()) => ExitCode::SUCCESS,
        Err(text) => {
            eprintln!("{text}");
            ExitCode::FAILURE
        }
    }
}
