//! `cargo xtask package`: what a registry would get, into `dist/`.

use crate::error::{Error, Result};
use crate::{android, kotlin, npm, python, swift};

type Package = fn() -> Result;

/// One row for each package.
const PACKAGES: &[(&str, Package)] = &[
    ("npm", || npm::package().map(drop)),
    ("python", || python::package().map(drop)),
    ("kotlin", || kotlin::package().map(drop)),
    ("android", android::package),
    ("swift", swift::package),
];

pub(crate) fn main(args: &[String]) -> Result {
    let [name] = args else {
        return Err(Error::Usage(format!("`package` takes one name; there are: {}", known())));
    };
    match PACKAGES.iter().find(|(known, _)| known == name) {
        Some((_, package)) => package(),
        None => Err(Error::Usage(format!("no package `{name}`; there are: {}", known()))),
    }
}

pub(crate) fn known() -> String {
    PACKAGES.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
}
