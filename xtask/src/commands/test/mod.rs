//! `cargo xtask test`: the tests of every language, or of those named.
//!
//! A new test is a row in the table of its language, with what it needs; what one can need is listed in [`crate::steps::Need`].

mod js;
mod kotlin;
mod python;
mod python_examples;
mod rust;
mod swift;

use std::num::NonZero;
use std::thread;

use crate::bring;
use crate::run::error::{Error, Result};
use crate::steps::{self, Extent, Step};

/// All of them. One row here for each, with its tables: those run beside each other, the steps of one in their order. Long
/// tables come first, so that the workers end at about the same time.
const LANGUAGES: &[(&str, Tables)] = &[
    ("rust", &[rust::STEPS]),
    ("js", &[js::STEPS, js::ACCEPTANCE]),
    ("swift", &[swift::STEPS]),
    ("kotlin", &[kotlin::STEPS]),
    ("python", &[python_examples::STEPS, python::STEPS, python::OTHERS]),
];

type Tables = &'static [&'static [Step]];

/// Most of the time, a step keeps one core busy. More at a time would be in each other's way: they measure memory, and wait
/// for servers and browsers.
const WORKERS: usize = 2;

pub(crate) fn main(args: &[String]) -> Result {
    let (tables, extent) = parse(args)?;
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    steps::run_beside(&tables, &bring::needs(extent), WORKERS.min(cores))
}

pub(crate) fn known() -> String {
    LANGUAGES.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
}

fn parse(args: &[String]) -> Result<(Vec<&'static [Step]>, Extent)> {
    let mut extent = Extent::Usual;
    let mut named = Vec::new();
    for arg in args {
        if arg == "--full" {
            extent = Extent::Full;
        } else if LANGUAGES.iter().any(|(name, _)| name == arg) {
            named.push(arg.as_str());
        } else if arg.starts_with('-') {
            return Err(Error::Usage(format!("`test` has no option `{arg}`; there is: --full")));
        } else {
            return Err(Error::Usage(format!("no tests for `{arg}`; there are: {}", known())));
        }
    }
    let chosen = LANGUAGES.iter().filter(|(name, _)| named.is_empty() || named.contains(name));
    Ok((chosen.flat_map(|(_, tables)| tables.iter().copied()).collect(), extent))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::run::paths;
    use crate::steps::{self, Need};
    use crate::tools::{node, python};

    fn steps(args: &[&str]) -> Vec<&'static Step> {
        let args: Vec<String> = args.iter().map(|arg| (*arg).to_owned()).collect();
        parse(&args).expect("a valid command line").0.into_iter().flatten().collect()
    }

    #[test]
    fn no_language_means_all_of_them() {
        let all = steps(&["--full"]);
        let names: BTreeSet<&str> = all.iter().map(|step| step.name).collect();
        // A name is how a failure is found.
        assert_eq!(names.len(), all.len());
        for (language, _) in LANGUAGES {
            let own = steps(&[language]);
            assert!(!own.is_empty() && own.iter().all(|step| names.contains(step.name)), "{language}");
        }
    }

    #[test]
    fn an_unknown_language_is_answered_with_the_known_ones() {
        let Err(Error::Usage(text)) = parse(&["cobol".to_owned()]) else { panic!("cobol was accepted") };
        assert_eq!(text, format!("no tests for `cobol`; there are: {}", known()));
    }

    #[test]
    fn what_steps_need_is_declared_in_this_repository() {
        let needs: BTreeSet<Need> = steps(&[]).iter().flat_map(|step| steps::in_order(step.needs)).collect();
        assert!(needs.len() > 10);
        for need in needs {
            match need {
                Need::NpmPackages(folder) => assert!(node::listed(folder).is_ok(), "{folder}"),
                Need::PythonPackages(list) => assert!(python::folder().join(list).is_file(), "{list}"),
                Need::NpmProject(folder) => assert!(paths::root().join(folder).is_dir(), "{folder}"),
                _ => {}
            }
        }
    }
}
