//! What is against the list of floors.

use crate::circles::circles;
use crate::imports::{Import, imports, is_door, room_of};
use crate::plan::{FOLDER, Plan};
use crate::tree::{Crate, Sources};

/// What is against the list, each in a line that begins with the file.
pub(crate) fn faults(plan: &Plan, sources: &Sources) -> Result<Vec<String>, String> {
    let tree = Crate::read(sources).map_err(|error| format!("{FOLDER}/{error}"))?;
    let mut faults = places(plan, &tree, sources);
    let (imports, unclear) = imports(&tree);
    faults.extend(unclear);
    faults.extend(imports.iter().filter_map(|import| upward(plan, &tree, import)));
    faults.extend(circles(imports.iter().map(|import| (import.from.as_str(), import.to.as_str()))));
    Ok(faults)
}

/// Files that are on no floor, or on more than one; names that are no file; files that are no module.
fn places(plan: &Plan, tree: &Crate, sources: &Sources) -> Vec<String> {
    let mut faults = Vec::new();
    for file in sources.keys() {
        let declared = tree.modules.iter().any(|module| module.file == *file);
        if !declared && !tree.of_tests.contains(file) {
            faults.push(format!("{FOLDER}/{file}: no module declares it"));
        }
        if !declared {
            continue;
        }
        match plan.mentions(file) {
            0 if is_door(tree, file) => {}
            0 => faults.push(format!("{FOLDER}/{file}: stands on no floor of ARCHITECTURE.md")),
            1 => {}
            _ => {
                let floors: Vec<String> = plan.floors_of(file).iter().map(ToString::to_string).collect();
                faults.push(format!(
                    "{FOLDER}/{file}: is named more than once, on floor {}",
                    floors.join(" and ")
                ));
            }
        }
    }
    let files: Vec<&str> = sources.keys().map(String::as_str).collect();
    let unknown = plan.unknown(&files).into_iter();
    faults.extend(unknown.map(|name| format!("ARCHITECTURE.md: a floor has `{name}`, and {FOLDER} has not")));
    faults
}

/// The fault of an import that does not go down.
fn upward(plan: &Plan, tree: &Crate, import: &Import) -> Option<String> {
    let Import { from, line, to, path } = import;
    let (from_floor, to_floor) = (floor(plan, tree, from)?, floor(plan, tree, to)?);
    (to_floor >= from_floor).then(|| {
        format!("{FOLDER}/{from}:{line}: floor {from_floor} imports `{path}` of {to}, which stands on floor {to_floor}")
    })
}

/// The floor of a file; a door's is the highest of its room.
fn floor(plan: &Plan, tree: &Crate, file: &str) -> Option<usize> {
    plan.floors_of(file).first().copied().or_else(|| {
        let room = room_of(tree, file)?;
        let inside =
            tree.modules.iter().filter(|module| module.file.starts_with(room) && module.file != file);
        inside.filter_map(|module| plan.floors_of(&module.file).first().copied()).max()
    })
}

#[cfg(test)]
mod tests {
    use super::faults;
    use crate::plan::Plan;
    use crate::tree::Sources;

    fn check(floors: &str, files: &[(&str, &str)]) -> Vec<String> {
        let document = format!("<!-- <floors: core/src> -->\n{floors}\n<!-- </floors> -->\n");
        let sources: Sources =
            files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        faults(&Plan::read(&document).expect("a list"), &sources).expect("a crate")
    }

    const ROOM: &str = "1. `low.rs`: values\n2. `room/inner.rs`: more\n3. `top.rs`: all";

    fn with_top(top: &str) -> Vec<String> {
        check(
            ROOM,
            &[
                ("lib.rs", "mod low;\npub mod room;\nmod top;\npub use low::Low;\npub use top::Top;"),
                ("low.rs", "pub struct Low;\nmade! { pub enum Made {} }\npub const LOW: u8 = 1;"),
                (
                    "room/mod.rs",
                    "//! A room.\nmod inner;\npub use inner::{Inner, inner as deep};\nuse crate::low::Low;",
                ),
                (
                    "room/inner.rs",
                    "use crate::low::{self, Low};\npub struct Inner(Low);\npub fn inner() -> u8 { low::LOW }",
                ),
                ("top.rs", top),
            ],
        )
    }

    #[test]
    fn a_crate_whose_imports_go_down_has_no_fault() {
        let top = "use crate::Low;\nuse crate::room::{self, Inner};\npub struct Top(Low, Inner, super::low::Made);\n\
                   fn f() -> u8 { room::deep() }\n#[cfg(test)] mod tests { use super::super::nowhere; }";
        assert!(with_top(top).is_empty(), "{:?}", with_top(top));
    }

    fn with_low(low: &str) -> Vec<String> {
        check(
            ROOM,
            &[
                ("lib.rs", "mod low;\nmod room;\nmod top;\npub use top::Top;"),
                ("low.rs", low),
                ("room/mod.rs", "mod inner;\npub(crate) use inner::Inner;"),
                ("room/inner.rs", "pub(crate) struct Inner;"),
                ("top.rs", "pub struct Top;"),
            ],
        )
    }

    #[test]
    fn an_import_upwards_is_named_with_file_and_line() {
        let fault = |line: usize, path: &str, file: &str, floor: usize| {
            vec![format!(
                "core/src/low.rs:{line}: floor 1 imports `{path}` of {file}, which stands on floor {floor}"
            )]
        };
        assert_eq!(with_low("\nuse crate::top::Top;"), fault(2, "crate::top::Top", "top.rs", 3));
        // Through the doors of the crate and of a room.
        assert_eq!(with_low("use crate::Top;"), fault(1, "crate::Top", "top.rs", 3));
        assert_eq!(with_low("use crate::room::Inner;"), fault(1, "crate::room::Inner", "room/inner.rs", 2));
        // In a body, in a macro, by a name that an import has brought.
        assert_eq!(with_low("fn f() {\n super::top::Top; }"), fault(2, "super::top::Top", "top.rs", 3));
        assert_eq!(with_low("fn f() { vec![crate::Top]; }"), fault(1, "crate::Top", "top.rs", 3));
        assert_eq!(
            with_low("use crate::room;\nfn f(_: room::Inner) {}"),
            fault(2, "room::Inner", "room/inner.rs", 2)
        );
        assert_eq!(
            with_low("fn f() { use crate::room as r;\n r::Inner; }"),
            fault(2, "r::Inner", "room/inner.rs", 2)
        );
        // What a macro makes is where the macro is called.
        assert_eq!(with_low("use crate::room::Made;").len(), 1);
    }

    #[test]
    fn a_path_can_begin_at_the_root_in_a_macro() {
        let low = "macro_rules! m { ($($room:ident::$Type:ident)+) => { $(fn f(_: crate::$room::$Type) {})+ } }\nm!(room::Inner);";
        let fault = "core/src/low.rs:2: floor 1 imports `crate::room::Inner` of room/inner.rs, which stands on floor 2";
        assert_eq!(with_low(low), [fault]);
    }

    #[test]
    fn what_a_table_names_counts_where_the_table_is_given() {
        let faults = check(
            "1. `table.rs`: low\n2. `user.rs`: middle\n3. `room/inner.rs`: high",
            &[
                ("lib.rs", "mod room;\nmod table;\nmod user;"),
                ("room/mod.rs", "mod inner;\npub(crate) use inner::Inner;"),
                ("room/inner.rs", "pub(crate) struct Inner;"),
                (
                    "table.rs",
                    "macro_rules! table { ($m:ident) => { $m! { room::Inner } } }\npub(crate) use table;",
                ),
                (
                    "user.rs",
                    "use crate::room;\nuse crate::table::table;\nmacro_rules! m { ($($x:tt)*) => {} }\ntable!(m);",
                ),
            ],
        );
        let fault =
            "core/src/user.rs:4: floor 2 imports `room::Inner` of room/inner.rs, which stands on floor 3";
        assert_eq!(faults, [fault]);
    }

    #[test]
    fn a_star_is_a_fault_of_its_own() {
        assert_eq!(
            with_low("use crate::room::*;"),
            ["core/src/low.rs:1: a star hides what is imported of `crate::room`"]
        );
        assert!(with_low("pub enum Own { A }\nuse Own::*;\nfn f() { let _ = A; }").is_empty());
    }

    #[test]
    fn files_of_one_floor_do_not_import_each_other() {
        let files =
            [("lib.rs", "mod a;\nmod b;"), ("a.rs", "use crate::b::B;"), ("b.rs", "pub(crate) struct B;")];
        let faults = check("1. `a.rs`, `b.rs`: both", &files);
        assert_eq!(
            faults,
            ["core/src/a.rs:1: floor 1 imports `crate::b::B` of b.rs, which stands on floor 1"]
        );
        assert!(check("1. `b.rs`: low\n2. `a.rs`: high", &files).is_empty());
    }

    #[test]
    fn every_file_is_on_one_floor() {
        let files = [
            ("lib.rs", "mod a;\n#[cfg(test)]\nmod made_up;"),
            ("a.rs", "mod deep {}"),
            ("made_up.rs", ""),
            ("lost.rs", ""),
        ];
        let faults = check("1. `b.rs`: none", &files);
        assert_eq!(
            faults,
            [
                "core/src/a.rs: stands on no floor of ARCHITECTURE.md",
                "core/src/lost.rs: no module declares it",
                "ARCHITECTURE.md: a floor has `b.rs`, and core/src has not",
            ]
        );
        let faults = check("1. `a.rs`: low\n2. `a.rs`: high", &files[..3]);
        assert_eq!(faults, ["core/src/a.rs: is named more than once, on floor 1 and 2"]);
    }

    #[test]
    fn a_door_with_something_of_its_own_needs_a_floor() {
        let files = [
            ("lib.rs", "mod room;"),
            ("room/mod.rs", "mod x;\npub(crate) const OWN: u8 = 1;"),
            ("room/x.rs", "use super::OWN;"),
        ];
        let faults = check("1. `room/x.rs`: low", &files);
        assert_eq!(faults, ["core/src/room/mod.rs: stands on no floor of ARCHITECTURE.md"]);
        let faults = check("1. `room/x.rs`: low\n2. `room/mod.rs`: high", &files);
        assert_eq!(
            faults,
            ["core/src/room/x.rs:1: floor 1 imports `super::OWN` of room/mod.rs, which stands on floor 2"]
        );
    }
}
