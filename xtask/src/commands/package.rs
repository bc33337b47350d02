//! `cargo xtask package`: what a registry would get, into `dist/`.

use crate::bring;
use crate::languages::{android, swift};
use crate::run::error::{Error, Result};
use crate::steps::{Extent, Given, Need};

struct Package {
    name: &'static str,
    needs: &'static [Need],
    /// What is left to do when the needs are there.
    rest: fn(&Given<'_>) -> Result,
}

/// One row for each package.
const PACKAGES: &[Package] = &[
    Package { name: "npm", needs: &[Need::NpmPackage], rest: |_| Ok(()) },
    Package { name: "python", needs: &[Need::Wheel], rest: |_| Ok(()) },
    Package { name: "kotlin", needs: &[Need::Jar], rest: |_| Ok(()) },
    Package { name: "android", needs: android::NEEDS, rest: |_| android::package() },
    Package { name: "swift", needs: swift::NEEDS, rest: |_| swift::package() },
];

pub(crate) fn main(args: &[String]) -> Result {
    let [name] = args else {
        return Err(Error::Usage(format!("`package` takes one name; there are: {}", known())));
    };
    let Some(package) = PACKAGES.iter().find(|package| package.name == name) else {
        return Err(Error::Usage(format!("no package `{name}`; there are: {}", known())));
    };
    let needs = bring::needs(Extent::Usual);
    (package.rest)(&needs.bring(package.needs)?)
}

pub(crate) fn known() -> String {
    PACKAGES.iter().map(|package| package.name).collect::<Vec<_>>().join(", ")
}
