//! `enrollkit-wasm-builder INPUT.wasm FOLDER NAME`: writes `glue.js`, its declarations and `NAME_bg.wasm`.
//!
//! The library in place of the `wasm-bindgen` program: one lock file holds both versions, so they can't disagree.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use wasm_bindgen_cli_support::Bindgen;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [input, folder, name] = args.as_slice() else {
        eprintln!("usage: enrollkit-wasm-builder INPUT.wasm FOLDER NAME");
        return ExitCode::from(2);
    };
    match generate(Path::new(input), Path::new(folder), name) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("enrollkit-wasm-builder: {error}");
            ExitCode::FAILURE
        }
    }
}

fn generate(input: &Path, folder: &Path, name: &str) -> Result<(), String> {
    // Nothing of an earlier run may be packed with this one.
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    let mut bindgen = Bindgen::new();
    bindgen.input_path(input).out_name(name);
    // The form that every engine and bundler takes: plain ES, given its bytes by the entry.
    bindgen.web(true).map_err(|error| error.to_string())?;
    // No `new URL(…, import.meta.url)`: bundlers would look for the file, CommonJS has no such thing.
    bindgen.omit_default_module_path(true);
    // For the facade's own compilation, never packed: it fails when the glue changes and the facade doesn't.
    bindgen.typescript(true);
    bindgen.remove_name_section(true).remove_producers_section(true);
    bindgen.generate(folder).map_err(|error| format!("{error:#}"))?;
    // Named by what it is: `enrollkit.js` would be taken for the package.
    for kind in ["js", "d.ts"] {
        let from = folder.join(format!("{name}.{kind}"));
        fs::rename(&from, folder.join(format!("glue.{kind}")))
            .map_err(|error| format!("{}: {error}", from.display()))?;
    }
    Ok(())
}
