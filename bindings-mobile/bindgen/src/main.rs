//! Writes the generated Kotlin or Swift: `enrollkit-mobile-bindgen kotlin|swift LIBRARY FOLDER`.
//!
//! LIBRARY is the static one: what it exports is described in its symbols, which the shared one has lost.

mod swift;

use std::path::Path;
use std::process::ExitCode;

use uniffi_bindgen::bindings::{GenerateOptions, TargetLanguage, generate};

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [language, library, folder] = args.as_slice() else {
        eprintln!("three arguments are needed: kotlin or swift, the library, and a folder to write into");
        return ExitCode::from(2);
    };
    let language = match language.as_str() {
        "kotlin" => TargetLanguage::Kotlin,
        "swift" => TargetLanguage::Swift,
        other => {
            eprintln!("no language `{other}`; there are: kotlin, swift");
            return ExitCode::from(2);
        }
    };
    let is_swift = matches!(language, TargetLanguage::Swift);
    let options = GenerateOptions {
        languages: vec![language],
        source: library.into(),
        out_dir: folder.into(),
        config_override: Some(concat!(env!("CARGO_MANIFEST_DIR"), "/uniffi.toml").into()),
        ..GenerateOptions::default()
    };
    let generated = generate(options).map_err(|error| format!("{error:?}"));
    let improved = generated.and_then(|()| if is_swift { swift::improve(Path::new(folder)) } else { Ok(()) });
    match improved {
        Ok(()) => ExitCode::SUCCESS,
        Err(text) => {
            eprintln!("{text}");
            ExitCode::FAILURE
        }
    }
}
