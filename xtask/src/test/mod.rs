//! `cargo xtask test`: the tests of every language, or of those named.

mod js;
mod kotlin;
mod python;
mod python_examples;
mod rust;
mod swift;

use crate::error::{Error, Result};
use crate::steps::Steps;

/// How much is run.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) enum Extent {
    /// Fast enough for every change.
    Usual,
    /// With what is too slow for every run.
    Full,
}

/// Adds a language's steps to the run.
type Language = fn(&mut Steps, Extent);

/// All of them, in the order in which they run. One file for each, one row here.
const LANGUAGES: &[(&str, Language)] = &[
    ("rust", rust::steps),
    ("js", js::steps),
    ("python", python::steps),
    ("kotlin", kotlin::steps),
    ("swift", swift::steps),
];

pub(crate) fn main(args: &[String]) -> Result {
    let (languages, extent) = parse(args)?;
    let mut steps = Steps::default();
    for language in languages {
        language(&mut steps, extent);
    }
    steps.finish()
}

pub(crate) fn known() -> String {
    LANGUAGES.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
}

fn parse(args: &[String]) -> Result<(Vec<Language>, Extent)> {
    let mut extent = Extent::Usual;
    let mut chosen = Vec::new();
    for arg in args {
        if arg == "--full" {
            extent = Extent::Full;
        } else if let Some((_, language)) = LANGUAGES.iter().find(|(name, _)| name == arg) {
            chosen.push(*language);
        } else if arg.starts_with('-') {
            return Err(Error::Usage(format!("`test` has no option `{arg}`; there is: --full")));
        } else {
            return Err(Error::Usage(format!("no tests for `{arg}`; there are: {}", known())));
        }
    }
    if chosen.is_empty() {
        chosen = LANGUAGES.iter().map(|(_, language)| *language).collect();
    }
    Ok((chosen, extent))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_language_means_all_of_them() {
        let (languages, extent) = parse(&["--full".to_owned()]).expect("a valid command line");
        assert_eq!((languages.len(), extent), (LANGUAGES.len(), Extent::Full));
    }

    #[test]
    fn an_unknown_language_is_answered_with_the_known_ones() {
        let Err(Error::Usage(text)) = parse(&["cobol".to_owned()]) else { panic!("cobol was accepted") };
        assert_eq!(text, format!("no tests for `cobol`; there are: {}", known()));
    }
}
