//! What ARCHITECTURE.md lists for a new thing.

use std::path::Path;

use super::edits::{Exercise, library_files};
use crate::run::error::{Error, Result};

/// The row's second column must name the files of the library that the exercise edits, and no others.
pub(super) fn check(exercise: &Exercise, architecture: &str) -> Result {
    let row = |line: &&str| {
        line.strip_prefix("| ").is_some_and(|line| line.starts_with(&format!("{} |", exercise.row)))
    };
    let row = architecture.lines().find(row);
    let row = row.ok_or_else(|| Error::Failed(format!("ARCHITECTURE.md has no row `{}`", exercise.row)))?;
    let names = names(row.split(" | ").nth(1).unwrap_or_default());
    let edited = library_files(exercise.edits);
    for file in &edited {
        if !names.iter().any(|name| names_file(name, file)) {
            return Err(Error::Failed(format!(
                "ARCHITECTURE.md's row `{}` does not name {file}",
                exercise.row
            )));
        }
    }
    match names.iter().find(|name| !name.ends_with('/') && !edited.iter().any(|file| names_file(name, file)))
    {
        Some(name) => Err(Error::Failed(format!(
            "ARCHITECTURE.md's row `{}` names {name}, which takes no edit",
            exercise.row
        ))),
        None => Ok(()),
    }
}

/// What stands in backticks and is a file or a folder.
fn names(column: &str) -> Vec<&str> {
    let spans = column.split('`').skip(1).step_by(2);
    spans
        .filter(|span| span.ends_with('/') || Path::new(span).extension().is_some_and(|it| it == "rs"))
        .collect()
}

/// `operation/table.rs` is the end of a path, `unifyia/` the folder of one.
fn names_file(name: &str, file: &str) -> bool {
    let end = |path: &str| path == name || path.ends_with(&format!("/{name}"));
    end(file)
        || file.rsplit_once('/').is_some_and(|(folder, file)| file != "mod.rs" && end(&format!("{folder}/")))
}

#[cfg(test)]
mod tests {
    use super::{names, names_file};

    #[test]
    fn a_name_is_the_end_of_a_path_or_its_folder() {
        assert_eq!(
            names("a file in `smile_id/` or `unifyia/`, `mod`, a row in `operation/table.rs`"),
            ["smile_id/", "unifyia/", "operation/table.rs"]
        );
        assert!(names_file("operation/table.rs", "core/src/operation/table.rs"));
        assert!(names_file("unifyia/", "core/src/unifyia/x.rs"));
        assert!(names_file("mod.rs", "core/src/unifyia/mod.rs"));
        assert!(!names_file("unifyia/", "core/src/unifyia/mod.rs"));
        assert!(!names_file("table.rs", "core/src/operation/vegetable.rs"));
    }
}
