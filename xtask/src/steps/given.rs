//! Brings what is needed, once in a run, and gives a step what it has declared and nothing else.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use super::extent::Extent;
use super::need::Need;
use super::thing::{Packed, Thing};
use crate::run::error::{Error, Result};
use crate::tools::python::{Python, Venv};
use crate::tools::swift_toolchain::Toolchain;

type Bring = fn(Need, &Given<'_>) -> Result<Thing>;

/// What was brought in this run, or could not be.
pub(crate) struct Needs {
    bring: Bring,
    extent: Extent,
    brought: Mutex<BTreeMap<Need, Arc<OnceLock<Brought>>>>,
}

struct Brought {
    took: Duration,
    result: Result<Arc<Thing>>,
}

/// What a step or a command has declared, and what that needs in its turn: all of it is there.
pub(crate) struct Given<'a> {
    needs: &'a Needs,
    things: BTreeMap<Need, Arc<Thing>>,
}

impl Needs {
    /// Nothing is brought yet; `bring` knows how.
    pub(crate) fn new(extent: Extent, bring: Bring) -> Self {
        Self { bring, extent, brought: Mutex::default() }
    }

    /// Brings them all, what is below each before it. The error is one line that names what could not be had.
    pub(crate) fn bring(&self, declared: &[Need]) -> Result<Given<'_>> {
        let mut things = BTreeMap::new();
        for need in in_order(declared) {
            let cell = Arc::clone(self.brought().entry(need).or_default());
            // Who asks for the same meanwhile waits here.
            let brought = cell.get_or_init(|| {
                let (start, below) = (Instant::now(), Given { needs: self, things: things.clone() });
                eprintln!("    needs {need}");
                let result = (self.bring)(need, &below).map(Arc::new).map_err(in_one_line);
                Brought { took: start.elapsed(), result }
            });
            match &brought.result {
                Ok(thing) => things.insert(need, Arc::clone(thing)),
                Err(error) => return Err(error.clone().map(|text| format!("needs {need}: {text}"))),
            };
        }
        Ok(Given { needs: self, things })
    }

    pub(crate) fn extent(&self) -> Extent {
        self.extent
    }

    /// What took time.
    pub(crate) fn times(&self) -> Vec<(Need, Duration)> {
        let took = |cell: &OnceLock<Brought>| cell.get().map(|brought| brought.took);
        self.brought().iter().filter_map(|(need, cell)| Some((*need, took(cell)?))).collect()
    }

    fn brought(&self) -> MutexGuard<'_, BTreeMap<Need, Arc<OnceLock<Brought>>>> {
        self.brought.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What a program said comes out here; it is repeated for no step that is in want of the same.
fn in_one_line(error: Error) -> Error {
    error.map(|text| match text.split_once('\n') {
        Some((first, said)) => {
            eprintln!("{said}");
            first.to_owned()
        }
        None => text,
    })
}

/// Each once, and behind all that it needs.
pub(crate) fn in_order(declared: &[Need]) -> Vec<Need> {
    fn add(need: Need, order: &mut Vec<Need>, seen: &mut BTreeSet<Need>) {
        if seen.insert(need) {
            for below in need.needs() {
                add(below, order, seen);
            }
            order.push(need);
        }
    }
    let (mut order, mut seen) = (Vec::new(), BTreeSet::new());
    for need in declared {
        add(*need, &mut order, &mut seen);
    }
    order
}

impl Given<'_> {
    pub(crate) fn extent(&self) -> Extent {
        self.needs.extent
    }

    /// With further needs, where only the step itself finds out what they are.
    pub(crate) fn with(&self, further: &[Need]) -> Result<Self> {
        let mut more = self.needs.bring(further)?;
        more.things.extend(self.things.iter().map(|(need, thing)| (*need, Arc::clone(thing))));
        Ok(more)
    }

    /// With what a part of the step needs. At a desk, where something of it is missing, the rest runs without.
    pub(crate) fn with_wanted(mut self, wanted: &[Need], everything_must_run: bool) -> Result<Self> {
        for need in wanted {
            match self.with(&[*need]) {
                Ok(more) => self = more,
                Err(Error::Missing(text)) if !everything_must_run => eprintln!("    goes on without: {text}"),
                Err(error) => return Err(error),
            }
        }
        Ok(self)
    }

    /// Tells a program by its environment where the things are.
    pub(crate) fn tell<'c>(&self, command: &'c mut Command) -> &'c mut Command {
        for (need, thing) in &self.things {
            if let (Some(variable), Thing::File(file)) = (need.variable(), &**thing) {
                command.env(variable, file);
            }
        }
        command
    }

    pub(crate) fn file(&self, need: Need) -> Result<&Path> {
        self.get(need, |thing| if let Thing::File(file) = thing { Some(file.as_path()) } else { None })
    }

    pub(crate) fn python(&self) -> Result<&Python> {
        self.get(Need::Python, |thing| if let Thing::Python(python) = thing { Some(python) } else { None })
    }

    pub(crate) fn venv(&self, need: Need) -> Result<&Venv> {
        self.get(need, |thing| if let Thing::Venv(venv) = thing { Some(venv) } else { None })
    }

    pub(crate) fn packed(&self) -> Result<&Packed> {
        self.get(Need::Wheel, |thing| if let Thing::Packed(packed) = thing { Some(packed) } else { None })
    }

    pub(crate) fn swift(&self) -> Result<&Toolchain> {
        self.get(
            Need::Swift,
            |thing| if let Thing::Swift(toolchain) = thing { Some(toolchain) } else { None },
        )
    }

    /// What was not declared is not given, even where it is there: on another machine it would not be.
    fn get<T>(&self, need: Need, as_what: impl for<'t> Fn(&'t Thing) -> Option<&'t T>) -> Result<&T>
    where
        T: ?Sized,
    {
        let thing = self.things.get(&need);
        let thing = thing.ok_or_else(|| Error::Failed(format!("uses {need:?} and doesn't declare it")))?;
        as_what(thing).ok_or_else(|| Error::Failed(format!("{need:?} is something else")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_only_wanted_may_be_missing_at_a_desk() {
        let needs = Needs::new(Extent::Usual, |need, _| match need {
            Need::Chromium => Err(Error::Missing("no Chromium: install one".into())),
            _ => Ok(Thing::Ready),
        });
        let wanted = |everything| {
            let given =
                needs.bring(&[Need::Node]).and_then(|given| given.with_wanted(&[Need::Chromium], everything));
            given.map(drop)
        };
        assert_eq!(wanted(false), Ok(()));
        assert_eq!(wanted(true), Err(Error::Missing("needs Chromium: no Chromium: install one".into())));
    }
}
