//! `cargo xtask gen` writes every generated file; with `--check` it only says which are not up to date.

use std::path::Path;
use std::process::ExitCode;

use enrollkit_facades::facade::{Content, File};

fn main() -> ExitCode {
    let check = std::env::args().any(|arg| arg == "--check");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let catalogue = enrollkit_facades::catalogue();
    let mut failed = false;
    for file in enrollkit_facades::facades().iter().flat_map(|facade| facade.files(&catalogue)) {
        match settle(&root, &file, check) {
            Ok(false) => {}
            Ok(true) if check => {
                eprintln!("{} is not up to date: run `cargo xtask gen`", file.path);
                failed = true;
            }
            Ok(true) => println!("wrote {}", file.path),
            Err(why) => {
                eprintln!("{}: {why}", file.path);
                failed = true;
            }
        }
    }
    if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

/// Whether the file was, or is to be, changed.
fn settle(root: &Path, file: &File, check: bool) -> Result<bool, String> {
    let path = root.join(&file.path);
    let current = std::fs::read_to_string(&path).unwrap_or_default();
    let wanted = match &file.content {
        Content::Whole(text) => text.clone(),
        Content::Part { name, text } => with_part(&current, name, text)?,
    };
    if wanted == current {
        return Ok(false);
    }
    if !check {
        let folder = path.parent().ok_or("has no folder")?;
        std::fs::create_dir_all(folder)
            .and_then(|()| std::fs::write(&path, wanted))
            .map_err(|error| error.to_string())?;
    }
    Ok(true)
}

/// The file's text with another part.
fn with_part(current: &str, name: &str, text: &str) -> Result<String, String> {
    let (begin, end) = (format!("<generated: {name}>"), "</generated>");
    let lines: Vec<&str> = current.split_inclusive('\n').collect();
    let from = lines.iter().position(|line| line.contains(&begin)).ok_or(format!("no line has `{begin}`"))?;
    let length = lines[from..]
        .iter()
        .position(|line| line.contains(end))
        .ok_or(format!("no `{end}` follows `{begin}`"))?;
    Ok([&lines[..=from].concat(), text, &lines[from + length..].concat()].concat())
}
