//! What comes from elsewhere is fetched while steps run: a step that waits for a download is a core that idles.

use std::path::Path;

use super::extent::Extent;
use super::given::{Needs, in_order};
use super::need::Need;
use super::step::Step;
use crate::run::log;

/// Where it is said what was fetched, beside the logs of steps.
const LOG: &str = "fetched-ahead.log";

/// Brings, one after the other, what the steps of these tables want of it, in the order in which they will.
pub(super) fn fetch(tables: &[&'static [Step]], needs: &Needs, logs: &Path) {
    let work = || {
        for need in fetched(tables, needs.extent()) {
            // What can't be had is told to each step that is in want of it.
            drop(needs.bring(&[need]));
        }
    };
    if let Err(error) = log::kept(&logs.join(LOG), work) {
        // Then steps fetch what they need themselves.
        eprintln!("{}", error.text());
    }
}

fn fetched(tables: &[&'static [Step]], extent: Extent) -> Vec<Need> {
    let steps = tables.iter().copied().flatten().filter(|step| step.extent <= extent);
    let declared: Vec<Need> = steps.flat_map(|step| step.needs.iter().chain(step.wants)).copied().collect();
    in_order(&declared).into_iter().filter(|need| need.is_fetched()).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::{Condvar, Mutex};

    use super::*;
    use crate::run::error::{Error, Result};
    use crate::steps::{Done, Given, Thing, run_beside};

    const PACKAGES: Need = Need::NpmPackages("examples/web");

    const fn step(name: &'static str, needs: &'static [Need], run: fn(&Given<'_>) -> Result<Done>) -> Step {
        Step::new(name, "to be run", needs, run)
    }

    #[test]
    fn only_what_is_fetched_is_brought_ahead_in_the_order_of_steps() {
        const STEPS: &[Step] = &[
            step("first", &[Need::Page], |_| Ok(Done::Ran)).wants(&[Need::Chromium]),
            step("slow", &[Need::Swift], |_| Ok(Done::Ran)).full(),
        ];
        let ahead = |extent| fetched(&[STEPS], extent);
        let usual = ahead(Extent::Usual);
        assert!(usual.contains(&PACKAGES) && usual.last() == Some(&Need::Chromium), "{usual:?}");
        assert!(!usual.contains(&Need::Page) && !usual.contains(&Need::NpmPackage), "{usual:?}");
        assert_eq!(ahead(Extent::Full), [&usual[..], &[Need::Swift]].concat());
    }

    #[test]
    fn what_a_later_step_needs_is_fetched_while_an_earlier_one_runs() {
        static FETCHED: (Mutex<bool>, Condvar) = (Mutex::new(false), Condvar::new());
        const FIRST: &[Step] = &[
            step("ahead/earlier", &[], |_| {
                let lock = FETCHED.0.lock().expect("no panic");
                drop(FETCHED.1.wait_while(lock, |fetched| !*fetched).expect("no panic"));
                Ok(Done::Ran)
            }),
            step("ahead/later", &[PACKAGES], |_| Ok(Done::Ran)),
        ];
        const SECOND: &[Step] = &[step("ahead/beside", &[], |_| Ok(Done::Ran))];
        let needs = Needs::new(Extent::Usual, |need, _| {
            if need == PACKAGES {
                *FETCHED.0.lock().expect("no panic") = true;
                FETCHED.1.notify_all();
            }
            Ok(Thing::Ready)
        });
        assert_eq!(run_beside(&[FIRST, SECOND], &needs, 2), Ok(()));
    }

    #[test]
    fn what_cannot_be_fetched_is_said_by_the_step_that_needs_it() {
        const FIRST: &[Step] = &[step("ahead/without", &[PACKAGES], |_| panic!("it ran"))];
        const SECOND: &[Step] = &[step("ahead/other", &[], |_| Ok(Done::Ran))];
        let needs = Needs::new(Extent::Usual, |need, _| match need {
            PACKAGES => Err(Error::Failed("npm ci".into())),
            _ => Ok(Thing::Ready),
        });
        let result = run_beside(&[FIRST, SECOND], &needs, 2);
        let said = "1 failed:\n  ahead/without: needs npm packages of examples/web: npm ci";
        assert_eq!(result, Err(Error::Failed(said.into())));
    }
}
