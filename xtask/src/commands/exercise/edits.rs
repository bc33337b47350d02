//! The edits of the exercise.

use std::collections::BTreeSet;

use crate::run::error::{Error, Result};

/// One thing to add, and the edits that it takes.
pub(super) struct Exercise {
    pub(super) name: &'static str,
    /// How its row begins in ARCHITECTURE.md's "Where a new thing goes".
    pub(super) row: &'static str,
    pub(super) edits: &'static [Edit],
    /// It must take no more.
    most_edits: usize,
    most_files: usize,
}

/// What a hand does in one place of one file.
pub(super) struct Edit {
    /// As in "without a row of the table".
    pub(super) says: &'static str,
    pub(super) file: &'static str,
    /// Must be in the file once; empty for a new file.
    from: &'static str,
    to: &'static str,
    pub(super) missed_by: MissedBy,
}

/// Who says that an edit is left out.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum MissedBy {
    /// What there is without it does not compile.
    Compiler,
    /// What there is without it is whole; but vectors want more.
    Vectors,
    /// The lint that holds files to their floors.
    Floors,
}

/// Vectors of the made-up, by the names of their files.
pub(super) const VECTORS: [(&str, &str); 3] = [
    ("tests/vectors/made-up-intent.json", include_str!("made_up/intent.json")),
    ("tests/vectors/made-up-call.json", include_str!("made_up/call.json")),
    ("tests/vectors/made-up-read.json", include_str!("made_up/read.json")),
];

/// A vector of the made-up that says what is not so: who runs it must fail.
pub(super) struct WrongVector {
    pub(super) file: &'static str,
    pub(super) text: String,
    /// The one case that is wrong.
    pub(super) case: &'static str,
}

const TABLE: &str = "core/src/operation/table.rs";
const ROOM: &str = "core/src/unifyia/mod.rs";
const OUTCOMES: &str = "core/src/outcome/any.rs";
/// Its case of an unknown action says which are known.
const KNOWN: &str = "tests/vectors/intent-enrollee.json";

pub(super) const EXERCISES: &[Exercise] = &[
    Exercise {
        name: "an action of an endpoint that is here",
        row: "action of an endpoint that is here",
        edits: &[
            Edit {
                says: "the action's row of the table",
                file: TABLE,
                from: "                /// Deletes a user for ever;",
                to: r#"                /// Lets nobody see a user's documents.
                hide_documents HideDocuments SmileIdHideDocuments "smile_id.hide_documents" {
                    intent: plain smile_id::UserKeys(user_id: value::UserId),
                    effect: change,
                    again: NewCall,
                    request: enrollee(("hide_documents", true)),
                    outcome: outcome::Acknowledged,
                    shown_by: nothing,
                }

                /// Deletes a user for ever;"#,
                missed_by: MissedBy::Vectors,
            },
            Edit {
                says: "the action in the vector of an unknown one",
                file: KNOWN,
                from: "smile_id.clear_fraud, ",
                to: "smile_id.clear_fraud, smile_id.hide_documents, ",
                missed_by: MissedBy::Vectors,
            },
        ],
        most_edits: 3,
        most_files: 2,
    },
    Exercise {
        name: "an endpoint with an outcome",
        row: "endpoint",
        edits: &[
            Edit {
                says: "the endpoint's file",
                file: "core/src/unifyia/opening_hours.rs",
                from: "",
                to: include_str!("made_up/opening_hours.rs"),
                missed_by: MissedBy::Compiler,
            },
            Edit {
                says: "the file's line in its room",
                file: ROOM,
                from: "mod options;\n",
                to: "mod opening_hours;\nmod options;\n",
                missed_by: MissedBy::Compiler,
            },
            Edit {
                says: "what the room gives of it",
                file: ROOM,
                from: "pub(crate) use options::",
                to: "pub(crate) use opening_hours::OpeningHoursKeys;\npub use opening_hours::{OpenDay, OpeningHours};\npub(crate) use options::",
                missed_by: MissedBy::Compiler,
            },
            Edit {
                says: "the endpoint's row of the table",
                file: TABLE,
                from: "                /// Fetches an organization's branding.",
                to: r#"                /// Says when an organization is open.
                opening_hours OpeningHours UnifyiaOpeningHours "unifyia.opening_hours" {
                    intent: plain unifyia::OpeningHoursKeys(organization: value::OrganizationName),
                    effect: look,
                    again: SameCall,
                    request: opening_hours(),
                    outcome: unifyia::OpeningHours,
                    shown_by: nothing,
                }

                /// Fetches an organization's branding."#,
                missed_by: MissedBy::Compiler,
            },
            Edit {
                says: "its outcome's line in the list",
                file: OUTCOMES,
                from: "    /// The answer to a `raw` call.\n    Raw(",
                to: "    /// When an organization is open.\n    OpeningHours(unifyia::OpeningHours),\n    /// The answer to a `raw` call.\n    Raw(",
                missed_by: MissedBy::Compiler,
            },
            Edit {
                says: "the endpoint in the vector of an unknown action",
                file: KNOWN,
                from: "unifyia.sign_up, ",
                to: "unifyia.sign_up, unifyia.opening_hours, ",
                missed_by: MissedBy::Vectors,
            },
            Edit {
                says: "its floor",
                file: "ARCHITECTURE.md",
                from: "`unifyia/{branding,raw,",
                to: "`unifyia/{branding,opening_hours,raw,",
                missed_by: MissedBy::Floors,
            },
        ],
        most_edits: 8,
        most_files: 4,
    },
];

/// The files of the library that these edits touch.
pub(super) fn library_files(edits: &[Edit]) -> BTreeSet<&'static str> {
    edits.iter().map(|edit| edit.file).filter(|file| file.contains("/src/")).collect()
}

impl Exercise {
    pub(super) fn check_counts(&self) -> Result {
        let (edits, files) = (self.edits.len(), library_files(self.edits).len());
        if edits <= self.most_edits && files <= self.most_files {
            return Ok(());
        }
        let Self { name, most_edits, most_files, .. } = self;
        Err(Error::Failed(format!(
            "{name} takes {edits} hand edits in {files} library files, more than {most_edits} in {most_files}"
        )))
    }
}

impl WrongVector {
    pub(super) fn made_up() -> Result<Self> {
        const EDIT: Edit = Edit {
            says: "the path of the made-up endpoint",
            file: "tests/vectors/made-up-call.json",
            from: "/openingHours\"",
            to: "/closingHours\"",
            missed_by: MissedBy::Vectors,
        };
        let (file, text) = VECTORS
            .iter()
            .find(|(file, _)| *file == EDIT.file)
            .ok_or_else(|| Error::Failed(format!("no {}", EDIT.file)))?;
        Ok(Self { file, text: EDIT.apply(text)?, case: "made-up-call-opening-hours" })
    }
}

impl Edit {
    /// The file's text with it.
    pub(super) fn apply(&self, text: &str) -> Result<String> {
        let Self { file, from, to, .. } = self;
        match text.matches(from).count() {
            _ if from.is_empty() && text.is_empty() => Ok((*to).to_owned()),
            1 => Ok(text.replace(from, to)),
            count => Err(Error::Failed(format!(
                "{file} has `{from}` {count} times: the exercise must follow what has changed there"
            ))),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::{EXERCISES, Edit, MissedBy, VECTORS, WrongVector};
    use crate::run::paths;

    #[test]
    fn an_edit_has_one_place() {
        let edit = Edit { says: "", file: "x", from: "b", to: "cb", missed_by: MissedBy::Compiler };
        assert_eq!(edit.apply("a b").as_deref(), Ok("a cb"));
        assert!(edit.apply("bb").is_err());
        assert!(edit.apply("").is_err());
    }

    #[test]
    fn a_wrong_vector_is_wrong_in_the_case_that_it_names() {
        let cases = |text: &str| {
            let file: Value = serde_json::from_str(text).expect("JSON");
            file["cases"].as_array().expect("a list").clone()
        };
        let wrong = WrongVector::made_up().expect("its place is there");
        let right = VECTORS.iter().find(|(file, _)| *file == wrong.file).expect("its file").1;
        let pairs = cases(right).into_iter().zip(cases(&wrong.text));
        let differing: Vec<_> = pairs.filter(|(right, wrong)| right != wrong).collect();
        let [(right, other)] = &differing[..] else { panic!("{differing:?}") };
        assert_eq!((&right["id"], &right["input"]), (&Value::from(wrong.case), &other["input"]));
    }

    #[test]
    fn the_exercises_take_what_they_may() {
        for exercise in EXERCISES {
            assert_eq!(exercise.check_counts(), Ok(()));
            let mut files: Vec<&str> = exercise.edits.iter().map(|edit| edit.file).collect();
            files.dedup();
            for file in files {
                let mut text = std::fs::read_to_string(paths::root().join(file)).unwrap_or_default();
                for edit in exercise.edits.iter().filter(|edit| edit.file == file) {
                    text = edit.apply(&text).expect(edit.says);
                }
            }
        }
    }
}
