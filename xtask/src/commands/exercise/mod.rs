//! The exercise: what ARCHITECTURE.md says a new action and a new endpoint take is done, in a scratch copy of the repository, to a
//! made-up action and a made-up endpoint with an outcome. It takes no more than is listed, all the rest is generated, vectors of the
//! made-up pass in every language, and an edit that is left out is an error.

mod copy;
mod edits;
mod languages;
mod listed;

use std::process::{Command, Stdio};

use self::copy::Copy;
use self::edits::{EXERCISES, Edit, MissedBy, VECTORS, library_files};
use crate::bring;
use crate::run::error::{Error, Result, failed};
use crate::run::{self, paths};
use crate::steps::{self, Done, Extent, Step};

/// After [`EDITS`], in full only. All five are also steps of the Rust tests.
pub(crate) use self::languages::{JAVASCRIPT, KOTLIN, PYTHON, SWIFT};

pub(crate) const EDITS: Step = Step::new(
    "exercise",
    "a new action and a new endpoint take the edits that ARCHITECTURE.md lists, none of which can be forgotten",
    &[],
    |given| edits(given.extent()),
);

pub(crate) fn main(args: &[String]) -> Result {
    const STEPS: &[Step] = &[EDITS, JAVASCRIPT, PYTHON, KOTLIN, SWIFT];
    if let Some(arg) = args.first() {
        return Err(Error::Usage(format!("`exercise` takes no arguments, not `{arg}`")));
    }
    steps::run(STEPS, &bring::needs(Extent::Full))
}

/// The edits, what is generated of them; and what happens without one of the edits. In full the core's tests, too, which take minutes to
/// compile, and the edits that only they miss.
fn edits(extent: Extent) -> Result<Done> {
    check_lists()?;
    with_all(&with_all_edits()?, extent)?;
    without_one(&Copy::of_repository()?, extent)?;
    for exercise in EXERCISES {
        let (edits, files) = (exercise.edits.len(), library_files(exercise.edits).len());
        say!("{}: {edits} hand edits, {files} library files", exercise.name);
    }
    Ok(Done::Ran)
}

/// It compiles and keeps the floors; the rest is generated; and in full the vectors pass, the made-up's among them.
fn with_all(copy: &Copy, extent: Extent) -> Result {
    run::run(&mut compiles(copy))?;
    run::run(&mut floors(copy))?;
    run::run(&mut copy.cargo(&["build", "-q", "--locked", "-p", "enrollkit-facades"]))?;
    if !fails(&mut generator(copy, &["--check"]))? {
        return Err(Error::Failed("the generator does not miss what is new".into()));
    }
    generate(copy)?;
    run::run(&mut generator(copy, &["--check"]))?;
    if extent == Extent::Usual {
        return Ok(());
    }
    put_vectors(copy)?;
    run::run(&mut suite(copy))
}

/// Whichever edit is left out, something says so.
fn without_one(copy: &Copy, extent: Extent) -> Result {
    let mut all: Vec<&Edit> = EXERCISES.iter().flat_map(|exercise| exercise.edits).collect();
    // What compiles nothing anew comes first, since all is compiled.
    all.sort_by_key(|edit| !edit.file.starts_with("tests/"));
    for (place, left_out) in all.iter().enumerate() {
        if left_out.missed_by == MissedBy::Vectors && extent == Extent::Usual {
            continue;
        }
        eprintln!("    without {}", left_out.says);
        let others = all.iter().enumerate().filter(|(other, _)| *other != place).map(|(_, edit)| *edit);
        copy.put(others)?;
        if !is_missed(copy, left_out)? {
            return Err(Error::Failed(format!("nothing misses {}", left_out.says)));
        }
    }
    Ok(())
}

fn with_all_edits() -> Result<Copy> {
    let copy = Copy::of_repository()?;
    copy.put(EXERCISES.iter().flat_map(|exercise| exercise.edits))?;
    Ok(copy)
}

/// With all edits, all that is generated of them, and the made-up's vectors.
fn whole_copy() -> Result<Copy> {
    let copy = with_all_edits()?;
    generate(&copy)?;
    put_vectors(&copy)?;
    Ok(copy)
}

/// The exercise does what ARCHITECTURE.md lists, and that is little enough.
fn check_lists() -> Result {
    let file = paths::root().join("ARCHITECTURE.md");
    let text = std::fs::read_to_string(&file).map_err(failed(format!("can't read {}", file.display())))?;
    for exercise in EXERCISES {
        exercise.check_counts()?;
        listed::check(exercise, &text)?;
    }
    Ok(())
}

/// Whether the one says so that is to say so.
fn is_missed(copy: &Copy, edit: &Edit) -> Result<bool> {
    match edit.missed_by {
        MissedBy::Compiler => fails(&mut compiles(copy)),
        MissedBy::Floors => fails(&mut floors(copy)),
        MissedBy::Vectors => {
            generate(copy)?;
            put_vectors(copy)?;
            fails(&mut suite(copy))
        }
    }
}

fn put_vectors(copy: &Copy) -> Result {
    VECTORS.iter().try_for_each(|(file, text)| copy.write(file, text.as_bytes()))
}

/// Code that nothing uses is an error in this project.
fn compiles(copy: &Copy) -> Command {
    let mut rustc =
        copy.cargo(&["rustc", "-q", "--locked", "-p", "enrollkit", "--lib", "--profile", "check"]);
    rustc.args(["--", "-D", "warnings"]);
    rustc
}

fn floors(copy: &Copy) -> Command {
    let mut floors = run::cargo(&["run", "-q", "--locked", "-p", "enrollkit-floors", "--"]);
    floors.arg(copy.root());
    floors
}

fn generator(copy: &Copy, args: &[&str]) -> Command {
    let mut generator = copy.cargo(&["run", "-q", "--locked", "-p", "enrollkit-facades", "--"]);
    generator.args(args);
    generator
}

/// All vectors and their schema, and that each closed set is whole.
fn suite(copy: &Copy) -> Command {
    let mut suite = copy.cargo(&["test", "-q", "--locked", "-p", "enrollkit-tests", "--test", "suite", "--"]);
    suite.args(["vectors::", "api::"]);
    suite
}

fn generate(copy: &Copy) -> Result {
    // Which files it writes is of no interest.
    run::output(&mut generator(copy, &[])).map(drop)
}

/// Whether it can be started and fails; what it says is of no interest.
fn fails(command: &mut Command) -> Result<bool> {
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status();
    Ok(!status.map_err(failed(format!("can't start `{}`", run::show(command))))?.success())
}
