//! The list of floors, as ARCHITECTURE.md draws it.
//!
//! It stands between two marks, and each numbered line is a floor, from the lowest to the highest: files and rooms in backticks,
//! up to the first colon; behind it, words for the reader.
//!
//! ```text
//! <!-- <floors: core/src> -->
//! 1. `text.rs`, `slug.rs`: characters and closed sets
//! 2. `json/{read,write}.rs`: exact JSON
//! 3. `smile_id/`: a whole room, whose files do not import each other
//! <!-- </floors> -->
//! ```

use std::path::Path;

/// What the list is about, from the repository's root.
pub(crate) const FOLDER: &str = "core/src";

const BEGIN: &str = "<!-- <floors: core/src> -->";
const END: &str = "<!-- </floors> -->";

/// The floors, from the lowest to the highest.
pub(crate) struct Plan {
    floors: Vec<Vec<Place>>,
}

/// What a floor names.
#[derive(Debug, PartialEq)]
enum Place {
    /// `json/read.rs`
    File(String),
    /// `json/`: every file in it.
    Room(String),
}

impl Place {
    fn has(&self, file: &str) -> bool {
        match self {
            Self::File(name) => name == file,
            Self::Room(name) => file.starts_with(name.as_str()),
        }
    }

    fn name(&self) -> &str {
        let (Self::File(name) | Self::Room(name)) = self;
        name
    }
}

impl Plan {
    /// The list of a document.
    pub(crate) fn read(document: &str) -> Result<Self, String> {
        let mut lines = document.lines().map(str::trim);
        lines.by_ref().find(|line| *line == BEGIN).ok_or_else(|| format!("no line is `{BEGIN}`"))?;
        let mut floors = Vec::new();
        for line in lines {
            if line == END {
                return if floors.is_empty() {
                    Err("the list has no floor".into())
                } else {
                    Ok(Self { floors })
                };
            }
            if line.is_empty() {
                continue;
            }
            let floor = floor(line)?;
            floors.push(floor);
        }
        Err(format!("no line is `{END}`"))
    }

    /// The floors on which a file stands, counted from 1: one, if the list is right.
    pub(crate) fn floors_of(&self, file: &str) -> Vec<usize> {
        let on = |floor: &Vec<Place>| floor.iter().any(|place| place.has(file));
        (1..).zip(&self.floors).filter(|(_, floor)| on(floor)).map(|(number, _)| number).collect()
    }

    /// What the list names and no file is.
    pub(crate) fn unknown<'a>(&'a self, files: &[&str]) -> Vec<&'a str> {
        let places = self.floors.iter().flatten();
        places.filter(|place| !files.iter().any(|file| place.has(file))).map(Place::name).collect()
    }

    /// How many files or rooms name this file: more than one is a floor that says it twice.
    pub(crate) fn mentions(&self, file: &str) -> usize {
        self.floors.iter().flatten().filter(|place| place.has(file)).count()
    }
}

/// A numbered line.
fn floor(line: &str) -> Result<Vec<Place>, String> {
    let unclear = || format!("this is no floor: `{line}`; write: 1. `text.rs`, `json/`: words");
    let text = line.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let text = text.strip_prefix(". ").filter(|text| text.len() + 2 < line.len()).ok_or_else(unclear)?;
    let (names, _) = text.split_once(':').ok_or_else(unclear)?;
    let mut places = Vec::new();
    for (number, piece) in names.split('`').enumerate() {
        // Every second piece stood between backticks.
        if number % 2 == 1 {
            places.extend(
                spelled_out(piece).into_iter().map(place).collect::<Option<Vec<_>>>().ok_or_else(unclear)?,
            );
        } else if !piece.trim().is_empty() && piece.trim() != "," {
            return Err(unclear());
        }
    }
    if places.is_empty() { Err(unclear()) } else { Ok(places) }
}

fn place(name: String) -> Option<Place> {
    if name.ends_with('/') {
        return Some(Place::Room(name));
    }
    Path::new(&name).extension().is_some_and(|extension| extension == "rs").then_some(Place::File(name))
}

/// `json/{read,write}.rs` are two files.
fn spelled_out(name: &str) -> Vec<String> {
    let parts = name.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?)));
    match parts {
        Some((before, (choices, after))) => {
            choices.split(',').map(|choice| format!("{before}{}{after}", choice.trim())).collect()
        }
        None => vec![name.to_owned()],
    }
}

#[cfg(test)]
mod tests {
    use super::{BEGIN, END, Plan};

    fn plan(lines: &str) -> Result<Plan, String> {
        Plan::read(&format!("# Text\n\n{BEGIN}\n{lines}\n{END}\n\nMore: text.\n"))
    }

    #[test]
    fn a_line_is_a_floor() {
        let plan =
            plan("1. `a.rs`, `b.rs`: low: very\n2. `json/{read,write}.rs`: middle\n\n3. `room/`: high")
                .expect("a list");
        assert_eq!(plan.floors_of("a.rs"), [1]);
        assert_eq!(plan.floors_of("b.rs"), [1]);
        assert_eq!(plan.floors_of("json/write.rs"), [2]);
        assert_eq!(plan.floors_of("room/deep/x.rs"), [3]);
        assert!(plan.floors_of("c.rs").is_empty());
        assert_eq!(plan.unknown(&["a.rs", "json/read.rs", "room/x.rs"]), ["b.rs", "json/write.rs"]);
    }

    #[test]
    fn a_file_can_be_on_two_floors_or_named_twice() {
        let plan = plan("1. `a.rs`, `a.rs`: low\n2. `room/`, `room/x.rs`: high\n3. `room/x.rs`: higher")
            .expect("a list");
        assert_eq!(plan.floors_of("room/x.rs"), [2, 3]);
        assert_eq!(plan.mentions("a.rs"), 2);
        assert_eq!(plan.mentions("room/y.rs"), 1);
    }

    #[test]
    fn what_is_no_list_is_said() {
        for lines in [
            "",
            "`a.rs`: no number",
            "1. `a.rs` no colon",
            "1. a.rs: no backticks",
            "1. `a.txt`: no Rust",
            "1. `a.rs` and `b.rs`: a word",
        ] {
            assert!(plan(lines).is_err(), "{lines}");
        }
        assert!(Plan::read("").is_err());
        assert!(Plan::read(&format!("{BEGIN}\n1. `a.rs`: no end\n")).is_err());
    }
}
