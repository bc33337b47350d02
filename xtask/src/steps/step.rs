//! A command of several steps: each says what it does and why and what it needs, all of them run, and the end says how they
//! went.
//!
//! Everything here goes to standard error, so that standard output is that of the programs which are run.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};
use std::{fs, thread};

use super::ahead;
use super::extent::Extent;
use super::given::{Given, Needs};
use super::need::Need;
use crate::run::error::{Error, Result, failed};
use crate::run::{log, target_dir};

/// How a step that didn't fail went.
#[derive(Debug, PartialEq)]
pub(crate) enum Done {
    Ran,
    /// With the reason.
    Skipped(String),
}

/// One row of a command's table.
pub(crate) struct Step {
    pub(crate) name: &'static str,
    pub(crate) why: &'static str,
    /// What must be there before it. It is brought, whatever ran earlier, and the step is given nothing else.
    pub(crate) needs: &'static [Need],
    /// What only a part of it needs: at a desk it runs without.
    pub(super) wants: &'static [Need],
    /// The smallest extent in which it runs.
    pub(super) extent: Extent,
    run: Work,
}

type Work = fn(&Given<'_>) -> Result<Done>;

struct End {
    name: &'static str,
    took: Duration,
    result: Result<Done>,
}

/// Runs them in their order. A failure doesn't end the run: one run shows all that is wrong.
pub(crate) fn run(steps: &'static [Step], needs: &Needs) -> Result {
    run_beside(&[steps], needs, 1)
}

/// Runs tables beside each other, the steps of each in their order, as many tables at a time as there are workers. Then what
/// a step says is kept in a file, and comes out when the step has ended; and what they need from elsewhere is fetched ahead.
pub(crate) fn run_beside(tables: &[&'static [Step]], needs: &Needs, workers: usize) -> Result {
    let logs = target_dir()?.join("steps");
    fs::create_dir_all(&logs).map_err(failed(format!("can't make {}", logs.display())))?;
    let (start, alone) = (Instant::now(), workers.min(tables.len()) < 2);
    let run_table = |table: &[Step]| -> Vec<End> {
        let chosen = table.iter().filter(|step| step.extent <= needs.extent());
        chosen.map(|step| if alone { step.run(needs) } else { step.run_kept(needs, &logs) }).collect()
    };
    // By their places, so that the times are listed in the same order whoever was faster.
    let (next, ends) = (AtomicUsize::new(0), Mutex::new(BTreeMap::new()));
    thread::scope(|scope| {
        if !alone {
            scope.spawn(|| ahead::fetch(tables, needs, &logs));
        }
        for _ in 0..workers.clamp(1, tables.len()) {
            scope.spawn(|| {
                loop {
                    let place = next.fetch_add(1, Ordering::Relaxed);
                    let Some(table) = tables.get(place) else { break };
                    let ended = run_table(table);
                    ends.lock().unwrap_or_else(PoisonError::into_inner).insert(place, ended);
                }
            });
        }
    });
    let ends = ends.into_inner().unwrap_or_else(PoisonError::into_inner);
    report(&ends.into_values().flatten().collect::<Vec<_>>(), needs, start.elapsed())
}

/// The times, what was skipped, and what failed with the command that repeats it.
fn report(ends: &[End], needs: &Needs, took: Duration) -> Result {
    eprintln!("==> times");
    for (need, took) in needs.times() {
        if took >= Duration::from_secs(1) {
            eprintln!("{:>7.1} s  needs {need}", took.as_secs_f64());
        }
    }
    for End { name, took, result } in ends {
        let seconds = took.as_secs_f64();
        match result {
            Ok(Done::Ran) => eprintln!("{seconds:>7.1} s  {name}"),
            Ok(Done::Skipped(reason)) => eprintln!("{seconds:>7.1} s  {name}: SKIPPED, {reason}"),
            Err(_) => eprintln!("{seconds:>7.1} s  {name}: FAILED"),
        }
    }
    eprintln!("{:>7.1} s  in all", took.as_secs_f64());
    let failures: Vec<String> = ends
        .iter()
        .filter_map(|end| Some(format!("\n  {}: {}", end.name, end.result.as_ref().err()?.text())))
        .collect();
    if failures.is_empty() {
        return Ok(());
    }
    Err(Error::Failed(format!("{} failed:{}", failures.len(), failures.concat())))
}

impl Step {
    pub(crate) const fn new(
        name: &'static str,
        why: &'static str,
        needs: &'static [Need],
        run: Work,
    ) -> Self {
        Self { name, why, needs, wants: &[], extent: Extent::Usual, run }
    }

    pub(crate) const fn wants(self, wants: &'static [Need]) -> Self {
        Self { wants, ..self }
    }

    /// Too slow for every run.
    pub(crate) const fn full(self) -> Self {
        Self { extent: Extent::Full, ..self }
    }

    fn run_kept(&self, needs: &Needs, logs: &Path) -> End {
        let log = logs.join(format!("{}.log", self.name.replace(['/', ' '], "-")));
        let end = log::kept(&log, || self.run(needs));
        let mut end =
            end.unwrap_or_else(|error| End { name: self.name, took: Duration::ZERO, result: Err(error) });
        // Whoever sees only the end of a long run sees why.
        end.result = end.result.map_err(|error| match error {
            Error::Failed(text) => Error::Failed(text + &log::last_lines(&log, 25)),
            other => other,
        });
        eprintln!("==> {} has ended; what it said is in {}", self.name, log.display());
        end
    }

    fn run(&self, needs: &Needs) -> End {
        let Self { name, why, .. } = *self;
        eprintln!("==> {name}: {why}");
        let given =
            needs.bring(self.needs).and_then(|given| given.with_wanted(self.wants, everything_must_run()));
        // What a need takes is listed by itself.
        let start = Instant::now();
        let result =
            given.and_then(|given| (self.run)(&given)).or_else(|error| skipped(error, everything_must_run()));
        if let Err(error) = &result {
            eprintln!("{name} FAILED: {}", error.text());
        }
        End { name, took: start.elapsed(), result }
    }
}

/// What a machine lacks is a skip at a desk, a failure where everything must run.
pub(crate) fn skipped(error: Error, everything_must_run: bool) -> Result<Done> {
    match error {
        Error::Missing(reason) if everything_must_run => {
            Err(Error::Failed(format!("{reason} (CI=true, so this is no skip)")))
        }
        Error::Missing(reason) => Ok(Done::Skipped(reason)),
        other => Err(other),
    }
}

pub(crate) fn everything_must_run() -> bool {
    std::env::var("CI").is_ok_and(|ci| ci == "true")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::steps::Thing;

    /// Where nothing is needed.
    const NOTHING: fn(Need, &Given<'_>) -> Result<Thing> = |need, _| panic!("{need}");

    const fn step(name: &'static str, needs: &'static [Need], run: Work) -> Step {
        Step::new(name, "to be run", needs, run)
    }

    fn failure(steps: &'static [Step], needs: &Needs) -> String {
        match run(steps, needs) {
            Err(Error::Failed(text)) => text,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_failure_lets_the_others_run_and_fails_the_whole() {
        static RAN: AtomicUsize = AtomicUsize::new(0);
        const STEPS: &[Step] = &[
            step("broken", &[], |_| Err(Error::Failed("it broke".to_owned()))),
            step("counted", &[], |_| {
                RAN.fetch_add(1, Ordering::Relaxed);
                Ok(Done::Ran)
            }),
        ];
        let text = failure(STEPS, &Needs::new(Extent::Usual, NOTHING));
        assert_eq!((text.as_str(), RAN.load(Ordering::Relaxed)), ("1 failed:\n  broken: it broke", 1));
    }

    #[test]
    fn what_is_missing_is_skipped_at_a_desk_only() {
        let missing = || Error::Missing("no `node`: install it".into());
        assert_eq!(skipped(missing(), false), Ok(Done::Skipped("no `node`: install it".into())));
        assert!(skipped(missing(), true).is_err());
        assert!(skipped(Error::Failed("npm ci".into()), false).is_err());
    }

    #[test]
    fn the_slow_ones_run_when_all_is_asked_for() {
        const SLOW: &[Step] = &[step("slow", &[], |_| Err(Error::Failed("it ran".to_owned()))).full()];
        assert!(run(SLOW, &Needs::new(Extent::Usual, NOTHING)).is_ok());
        assert!(run(SLOW, &Needs::new(Extent::Full, NOTHING)).is_err());
    }

    #[test]
    fn needs_come_before_a_step_once_in_a_run_and_those_below_before_them() {
        static BROUGHT: std::sync::Mutex<Vec<Need>> = std::sync::Mutex::new(Vec::new());
        const AFTER: Work = |given| {
            let brought = BROUGHT.lock().expect("no panic");
            assert!(given.file(Need::Page).is_ok());
            assert_eq!(brought.last(), Some(&Need::Page));
            for (place, need) in brought.iter().enumerate() {
                assert!(need.needs().iter().all(|below| brought[..place].contains(below)), "{need}");
                assert!(!brought[..place].contains(need), "{need} twice");
            }
            Ok(Done::Ran)
        };
        const STEPS: &[Step] =
            &[step("page", &[Need::Page], AFTER), step("page again", &[Need::Page], AFTER)];
        let needs = Needs::new(Extent::Usual, |need, _| {
            BROUGHT.lock().expect("no panic").push(need);
            Ok(Thing::File("there".into()))
        });
        assert_eq!(run(STEPS, &needs), Ok(()));
    }

    #[test]
    fn a_need_that_cannot_be_had_is_one_line_and_tried_once() {
        static TRIED: AtomicUsize = AtomicUsize::new(0);
        const STEPS: &[Step] = &[
            step("page", &[Need::Page], |_| panic!("it ran")),
            step("page", &[Need::Page], |_| panic!("it ran")),
        ];
        let needs = Needs::new(Extent::Usual, |need, _| {
            TRIED.fetch_add(1, Ordering::Relaxed);
            assert_eq!(need, Need::Node);
            Err(Error::Failed("no `node` on the path: install Node.js\nnode: not found".into()))
        });
        let line = "\n  page: needs Node.js: no `node` on the path: install Node.js";
        assert_eq!(failure(STEPS, &needs), format!("2 failed:{line}{line}"));
        assert_eq!(TRIED.load(Ordering::Relaxed), 1);
    }

    #[test]
    fn what_is_not_declared_is_not_given_though_it_is_there() {
        const STEPS: &[Step] = &[
            step("declares", &[Need::Chromium], |_| Ok(Done::Ran)),
            step("uses", &[], |given| given.file(Need::Chromium).map(|_| Done::Ran)),
        ];
        let needs = Needs::new(Extent::Usual, |_, _| Ok(Thing::File("there".into())));
        assert_eq!(failure(STEPS, &needs), "1 failed:\n  uses: uses Chromium and doesn't declare it");
    }

    #[test]
    fn tables_run_beside_each_other_and_bring_once_what_both_need() {
        static BROUGHT: AtomicUsize = AtomicUsize::new(0);
        static BOTH: std::sync::Barrier = std::sync::Barrier::new(2);
        // Neither ends unless both run at the same time.
        const WAITS: Work = |given| {
            BOTH.wait();
            say!("{}", given.file(Need::Sandbox)?.display());
            Ok(Done::Ran)
        };
        const FIRST: &[Step] = &[
            step("beside/first", &[Need::Sandbox], WAITS),
            step("beside/broken", &[], |_| Err(Error::Failed("it broke".to_owned()))),
        ];
        const SECOND: &[Step] = &[step("beside/second", &[Need::Sandbox], WAITS)];
        let needs = Needs::new(Extent::Usual, |_, _| {
            BROUGHT.fetch_add(1, Ordering::Relaxed);
            Ok(Thing::File("there".into()))
        });
        let result = run_beside(&[FIRST, SECOND], &needs, 2);
        assert_eq!(result, Err(Error::Failed("1 failed:\n  beside/broken: it broke".into())));
        assert_eq!(BROUGHT.load(Ordering::Relaxed), 1);
    }
}
